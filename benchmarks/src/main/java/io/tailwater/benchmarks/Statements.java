package io.tailwater.benchmarks;

import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.parse.ParseLimits;
import io.tailwater.lineage.sql.parse.ParseResult;
import io.tailwater.lineage.sql.parse.SqlParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Prints statements a second, the cost of long texts and the memory of trees. */
public final class Statements {
    private Statements() {}

    /**
     * Runs.
     *
     * @param arguments a folder of clones, a folder of JSON Lines cases, optionally seconds for each measurement, and
     *     optionally a folder of SQL files that create tables and query them
     */
    public static void main(String[] arguments) throws RunnerException, IOException {
        if (arguments.length < 2 || arguments.length > 4) {
            System.err.println(
                    "usage: statements <folder of clones> <folder of cases> [seconds for each measurement] [folder of SQL files]");
            System.exit(2);
        }
        TimeValue time = TimeValue.seconds(arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10);
        Map<String, String> folders = new LinkedHashMap<>();
        folders.put(StatementBenchmark.CLONES, arguments[0]);
        folders.put(StatementBenchmark.CASES, arguments[1]);
        List<String> workloads = new ArrayList<>(
                List.of(StatementBenchmark.Source.DBT.parameter(), StatementBenchmark.Source.CASES.parameter()));
        if (arguments.length > 3) {
            folders.put(StatementBenchmark.SCHEMA, arguments[3]);
            workloads.add(StatementBenchmark.Source.SCHEMA.parameter());
        }
        folders.forEach(System::setProperty);
        List<String> options = new ArrayList<>(List.of("-Xmx2g"));
        folders.forEach((name, folder) -> options.add("-D" + name + "=" + folder));
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(StatementBenchmark.class.getName())
                        .param("workload", workloads.toArray(String[]::new))
                        .forks(1)
                        .threads(1)
                        .warmupIterations(3)
                        .warmupTime(time)
                        .measurementIterations(3)
                        .measurementTime(time)
                        .jvmArgsAppend(options.toArray(String[]::new))
                        .build())
                .run();
        print(results);
        longTexts();
        memory();
    }

    private static void print(Collection<RunResult> results) throws IOException {
        Map<String, Map<String, Double>> rates = new LinkedHashMap<>();
        Map<String, Workload> workloads = new HashMap<>();
        for (RunResult result : results) {
            String workload = result.getParams().getParam("workload");
            if (!workloads.containsKey(workload)) {
                workloads.put(workload, StatementBenchmark.load(workload));
            }
            Workload loaded = workloads.getOrDefault(workload, new Workload(workload, List.of()));
            int count = loaded.statements().size();
            String name = "%s (%,d statements, %,d characters)".formatted(loaded.name(), count, loaded.characters());
            rates.computeIfAbsent(name, any -> new HashMap<>())
                    .put(
                            result.getPrimaryResult().getLabel(),
                            count * 1e6 / result.getPrimaryResult().getScore());
        }
        rates.forEach((workload, rate) -> {
            double lineage = rate.getOrDefault("lineage", 0.0);
            double parsing = rate.getOrDefault("jsqlparserParsing", 0.0);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,.0f statements/s with column lineage; JSqlParser's mere parsing %,.0f; ratio %.2f%n",
                    workload,
                    lineage,
                    parsing,
                    lineage / parsing);
        });
    }

    private static void longTexts() {
        SqlLineage.analyze(text(200_000), SqlOptions.of("ansi"));
        for (int length : List.of(250_000, 500_000, 1_000_000)) {
            String sql = text(length);
            long start = System.nanoTime();
            SqlLineage.analyze(sql, SqlOptions.of("ansi"));
            System.out.printf(
                    Locale.ROOT,
                    "one statement of %,d characters: %.2f s%n",
                    length,
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private static String text(int length) {
        StringBuilder sql = new StringBuilder("select a_0.id");
        for (int i = 0; sql.length() < length; i++) {
            sql.append(",\n  coalesce(a_0.amount_")
                    .append(i)
                    .append(", 0) * a_0.rate as total_")
                    .append(i);
        }
        return sql.append("\nfrom shop.orders as a_0 where a_0.kind = 'x'").toString();
    }

    private static void memory() {
        String sql = text(1_000_000);
        List<ParseResult> trees = new ArrayList<>();
        SqlParser.parse(sql, Dialect.named("ansi"), ParseLimits.DEFAULT);
        long before = used();
        for (int i = 0; i < 5; i++) {
            trees.add(SqlParser.parse(sql, Dialect.named("ansi"), ParseLimits.DEFAULT));
        }
        System.out.printf(
                Locale.ROOT,
                "memory: %.1f bytes of tree for each byte of text%n",
                (double) (used() - before) / trees.size() / sql.length());
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
