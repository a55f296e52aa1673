package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Prints which share of the statements in JSON Lines files parses without recovery, for each dialect. Arguments: a file or folder, then how many failures to
 * show, then dialects to look at (all when none is named). A line is an object with {@code dialect} and {@code statements}.
 */
final class ParseCoverage {

    private int shown;
    private final int show;
    private final List<String> only;
    private final Map<String, int[]> counts = new TreeMap<>();

    private ParseCoverage(int show, List<String> only) {
        this.show = show;
        this.only = only;
    }

    public static void main(String[] arguments) throws IOException {
        int show = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        List<String> only = arguments.length > 2 ? List.of(arguments).subList(2, arguments.length) : List.of();
        ParseCoverage coverage = new ParseCoverage(show, only);
        for (Path file : files(Path.of(arguments[0]))) {
            for (String line : Files.readAllLines(file)) {
                coverage.line(JsonLines.object(line));
            }
        }
        coverage.print();
    }

    private static List<Path> files(Path start) throws IOException {
        if (Files.isRegularFile(start)) {
            return List.of(start);
        }
        try (var files = Files.list(start)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList());
        }
    }

    private void line(Map<?, ?> object) {
        String name = String.valueOf(object.get("dialect"));
        if (!only.isEmpty() && !only.contains(name)) {
            return;
        }
        Dialect dialect = Dialect.named(name);
        int[] count = counts.computeIfAbsent(name, any -> new int[2]);
        for (Object sql : (List<?>) Objects.requireNonNull(object.get("statements"))) {
            ParseResult result = SqlParser.parse((String) sql, dialect, ParseLimits.DEFAULT);
            count[0]++;
            if (result.recoveries().isEmpty()) {
                count[1]++;
            } else if (shown++ < show) {
                Recovery first = result.recoveries().get(0);
                int from = Math.max(0, first.range().start() - 60);
                int to = Math.min(((String) sql).length(), first.range().start() + 160);
                System.out.printf(
                        "--- %s%n%s%n    ==> %s%n",
                        object.get("id"), ((String) sql).substring(from, to), first.reason());
            }
        }
    }

    private void print() {
        int all = 0;
        int good = 0;
        for (Map.Entry<String, int[]> entry : counts.entrySet()) {
            int[] count = entry.getValue();
            all += count[0];
            good += count[1];
            System.out.printf(
                    "%-14s %6d %6.1f %%  (%d missed)%n",
                    entry.getKey(), count[0], 100.0 * count[1] / count[0], count[0] - count[1]);
        }
        System.out.printf("%-14s %6d %6.1f %%%n", "all", all, all == 0 ? 0 : 100.0 * good / all);
    }
}
