package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.sql.catalog.NameRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first line of a CSV file. */
final class SeedHeader {
    private static final int LONGEST = 100_000;

    private SeedHeader() {}

    static List<Column> columns(String text, String path, NameRules rules, @Nullable String delimiter) {
        char separator = delimiter == null || delimiter.isEmpty() ? ',' : delimiter.charAt(0);
        List<Column> columns = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                break;
            } else if (!quoted && c == separator) {
                add(name, columns, path, rules);
            } else {
                name.append(c);
            }
        }
        add(name, columns, path, rules);
        return columns;
    }

    private static void add(StringBuilder name, List<Column> columns, String path, NameRules rules) {
        String text = name.toString().strip();
        name.setLength(0);
        if (!text.isEmpty()) {
            columns.add(new Column(rules.column(text, false), null, SourceLocation.of(path, 1), List.of()));
        }
    }

    /** A hash over the rows behind the header. */
    static String rowsHash(String text) {
        int end = text.indexOf('\n');
        String rows =
                end < 0 ? "" : text.substring(end + 1).replace("\r\n", "\n").stripTrailing();
        return HexFormat.of().formatHex(ContextHash.sha256().digest(rows.getBytes(StandardCharsets.UTF_8)));
    }
}
