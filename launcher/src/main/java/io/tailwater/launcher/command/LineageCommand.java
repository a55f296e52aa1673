package io.tailwater.launcher.command;

import io.tailwater.launcher.lineage.LineageJson;
import io.tailwater.launcher.lineage.OpenLineageJson;
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
import java.time.Instant;
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

    /** What is written. */
    enum Format {
        /** Tailwater's own JSON. */
        JSON,
        /** An OpenLineage JobEvent. */
        OPENLINEAGE
    }

    @Option(
            names = "--format",
            defaultValue = "json",
            description = "json, or openlineage: a JobEvent with the columnLineage facet (default: ${DEFAULT-VALUE}).")
    private Format format = Format.JSON;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "OpenLineage namespace of the tables, e.g. snowflake://account (default: the dialect).")
    private @Nullable String namespace;

    @Option(
            names = "--job-namespace",
            paramLabel = "NAME",
            defaultValue = "tailwater",
            description = "OpenLineage namespace of the job (default: ${DEFAULT-VALUE}).")
    private String jobNamespace = "tailwater";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "SQL, or cases with --batch; standard input when left out.")
    private @Nullable Path file;

    private final LineageJson json = new LineageJson();
    private final OpenLineageJson openLineage = new OpenLineageJson();

    @Override
    public Integer call() throws IOException {
        try (BufferedReader input = open()) {
            PrintWriter out = spec.commandLine().getOut();
            if (batch) {
                runCases(input, out);
            } else {
                out.println(single(singleCase(input)));
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
                out.println(runCase(line, lineNumber));
            }
        }
    }

    private String single(BatchCase lineageCase) {
        return switch (format) {
            case JSON -> json.writePretty(BatchLineage.answer(lineageCase));
            case OPENLINEAGE -> {
                try {
                    yield openLineage.writePretty(job(lineageCase), BatchLineage.analyses(lineageCase), Instant.now());
                } catch (IllegalArgumentException unknownDialect) {
                    throw new ParameterException(
                            spec.commandLine(), String.valueOf(unknownDialect.getMessage()), unknownDialect);
                }
            }
        };
    }

    private OpenLineageJson.SqlJob job(BatchCase lineageCase) {
        String spoken = lineageCase.dialect() == null ? "ansi" : lineageCase.dialect();
        return new OpenLineageJson.SqlJob(
                jobNamespace,
                namespace == null ? spoken : namespace,
                lineageCase.id(),
                spoken,
                String.join(";\n", lineageCase.statements()));
    }

    private String runCase(String line, int lineNumber) {
        BatchCase lineageCase;
        try {
            lineageCase = json.readCase(line);
        } catch (IllegalArgumentException e) {
            return json.write(BatchResult.failed(json.idOf(line), "line " + lineNumber + ": " + e.getMessage()));
        }
        return switch (format) {
            case JSON -> json.write(BatchLineage.answer(lineageCase));
            case OPENLINEAGE -> {
                try {
                    yield openLineage.write(job(lineageCase), BatchLineage.analyses(lineageCase), Instant.now());
                } catch (IllegalArgumentException unknownDialect) {
                    yield json.write(BatchResult.failed(lineageCase.id(), String.valueOf(unknownDialect.getMessage())));
                }
            }
        };
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
