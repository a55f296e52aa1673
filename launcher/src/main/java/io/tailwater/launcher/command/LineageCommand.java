package io.tailwater.launcher.command;

import io.tailwater.launcher.lineage.LineageJson;
import io.tailwater.lineage.sql.batch.BatchCase;
import io.tailwater.lineage.sql.batch.BatchLineage;
import io.tailwater.lineage.sql.batch.BatchResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Column lineage of SQL text. */
@Command(name = "lineage", description = "Column lineage of SQL from a file or standard input, as JSON.")
public final class LineageCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--batch", description = "JSON Lines in, JSON Lines out, in order, one object a case.")
    private boolean batch;

    @Option(names = "--dialect", defaultValue = "ansi", description = "SQL dialect (default: ${DEFAULT-VALUE}).")
    private String dialect = "ansi";

    @Option(names = "--schema", paramLabel = "FILE", description = "JSON object: table name to list of column names.")
    private @Nullable Path schema;

    @Option(names = "--default-database", paramLabel = "NAME", description = "Database of tables named without one.")
    private @Nullable String defaultDatabase;

    @Option(names = "--default-schema", paramLabel = "NAME", description = "Schema of tables named without one.")
    private @Nullable String defaultSchema;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "SQL, or cases with --batch; standard input when left out.")
    private @Nullable Path file;

    private final LineageJson json = new LineageJson();

    @Override
    public Integer call() throws IOException {
        try (BufferedReader input = open()) {
            PrintWriter out = spec.commandLine().getOut();
            if (batch) {
                runCases(input, out);
            } else {
                out.println(json.writePretty(BatchLineage.answer(singleCase(input))));
            }
            out.flush();
            return ExitCode.PASSED;
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec.commandLine(), "no such file: " + e.getFile(), e);
        }
    }

    private BufferedReader open() throws IOException {
        return file == null
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(file);
    }

    private void runCases(BufferedReader input, PrintWriter out) throws IOException {
        int lineNumber = 0;
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            lineNumber++;
            if (!line.isBlank()) {
                out.println(json.write(runCase(line, lineNumber)));
            }
        }
    }

    private BatchResult runCase(String line, int lineNumber) {
        BatchCase lineageCase;
        try {
            lineageCase = json.readCase(line);
        } catch (IllegalArgumentException e) {
            return BatchResult.failed(json.idOf(line), "line " + lineNumber + ": " + e.getMessage());
        }
        return BatchLineage.answer(lineageCase);
    }

    private BatchCase singleCase(BufferedReader input) throws IOException {
        Map<String, List<String>> columns = schema == null ? Map.of() : json.readSchema(Files.readString(schema));
        String sql = String.join("\n", input.lines().toList());
        return new BatchCase(
                file == null ? "standard input" : file.toString(),
                dialect,
                defaultDatabase,
                defaultSchema,
                columns,
                Map.of(),
                List.of(sql),
                List.of());
    }
}
