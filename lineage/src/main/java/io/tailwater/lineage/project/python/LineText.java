package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL while it is put together, with the place that each of its lines comes from. */
final class LineText {
    private static final Set<String> BACKTICKS = Set.of("bigquery", "databricks", "spark", "hive", "mysql", "mariadb");
    private static final Set<String> UPPER = Set.of("snowflake", "oracle");

    private final String dialect;
    private final StringBuilder sql = new StringBuilder();
    private final List<SourceLocation> lines = new ArrayList<>();
    private boolean lineEmpty = true;
    private SourceLocation current;

    LineText(String dialect, SourceLocation first) {
        this.dialect = dialect;
        this.current = first;
    }

    String sql() {
        return sql.toString();
    }

    boolean isEmpty() {
        return sql.isEmpty();
    }

    int length() {
        return sql.length();
    }

    /** Where each line comes from. */
    List<SourceLocation> lines() {
        List<SourceLocation> all = new ArrayList<>(lines);
        all.add(current);
        return all;
    }

    /** Words of our own, on a line of their own if they come from another place than those before. */
    LineText add(String words, SourceLocation at) {
        if (!lineEmpty && !at.equals(current)) {
            lineEnd();
        }
        raw(words, at);
        return this;
    }

    /** SQL of an author: breaks lines where the text comes from another line and a blank stands. */
    LineText add(Value.Text text) {
        for (Value.Run run : text.runs()) {
            boolean blank = run.text().isEmpty()
                    || Character.isWhitespace(run.text().charAt(0))
                    || sql.isEmpty()
                    || Character.isWhitespace(sql.charAt(sql.length() - 1));
            if (!lineEmpty && !run.at().equals(current) && blank) {
                lineEnd();
            }
            raw(run.text(), run.at());
        }
        return this;
    }

    /** Everything of another text. */
    LineText add(LineText other) {
        String[] texts = other.sql.toString().split("\n", -1);
        List<SourceLocation> places = other.lines();
        for (int i = 0; i < texts.length; i++) {
            if (i > 0 || !lineEmpty && !places.get(i).equals(current)) {
                lineEnd();
            }
            raw(texts[i], places.get(i));
        }
        return this;
    }

    private void raw(String words, SourceLocation at) {
        int from = 0;
        while (from <= words.length()) {
            int end = words.indexOf('\n', from);
            int stop = end < 0 ? words.length() : end;
            if (stop > from) {
                if (lineEmpty) {
                    current = at;
                }
                lineEmpty = false;
                sql.append(words, from, stop);
            }
            if (end < 0) {
                break;
            }
            lineEnd();
            from = end + 1;
        }
    }

    private void lineEnd() {
        sql.append('\n');
        lines.add(current);
        lineEmpty = true;
    }

    /** A name as the dialect quotes it: as its tools do, so that a lower-case name means what it means without quotes. */
    String quoted(String name) {
        if (name.isBlank()) {
            return "${name}";
        }
        if (name.startsWith("${") && name.endsWith("}")) {
            return name;
        }
        if (UPPER.contains(dialect) && name.equals(name.toLowerCase(Locale.ROOT)) && name.matches("[a-z_]\\w*")) {
            return name;
        }
        char quote = BACKTICKS.contains(dialect) ? '`' : '"';
        return quote + name.replace("\n", " ").replace(String.valueOf(quote), String.valueOf(quote) + quote) + quote;
    }

    /** A table's name with its schema. */
    String table(@Nullable String schema, String table) {
        StringBuilder name = new StringBuilder();
        if (schema != null) {
            for (String part : schema.split("\\.")) {
                name.append(quoted(part)).append('.');
            }
        }
        return name.append(quoted(table)).toString();
    }
}
