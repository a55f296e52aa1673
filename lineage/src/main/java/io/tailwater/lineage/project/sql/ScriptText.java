package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL while it is put together, with the place that each of its lines comes from. */
public class ScriptText {
    private static final Set<String> BACKTICKS = Set.of("bigquery", "databricks", "spark", "hive", "mysql", "mariadb");
    private static final Set<String> UPPER = Set.of("snowflake", "oracle");

    private final String dialect;
    private final StringBuilder sql = new StringBuilder();
    private final List<SourceLocation> lines = new ArrayList<>();
    private boolean lineEmpty = true;
    private SourceLocation current;

    /**
     * An empty text.
     *
     * @param dialect decides how names are quoted; by its command-line name
     * @param first the place that stands for an empty text
     */
    public ScriptText(String dialect, SourceLocation first) {
        this.dialect = dialect;
        this.current = first;
    }

    /** The text so far. */
    public final String sql() {
        return sql.toString();
    }

    /** Whether nothing was added. */
    public final boolean isEmpty() {
        return sql.isEmpty();
    }

    /** Characters so far. */
    public final int length() {
        return sql.length();
    }

    /** Where each line comes from. */
    public final List<SourceLocation> lines() {
        List<SourceLocation> all = new ArrayList<>(lines);
        all.add(current);
        return all;
    }

    /** The text as a script. */
    public final SqlScript script(String path, SqlScript.Kind kind) {
        return new SqlScript(path, kind, dialect, sql(), lines());
    }

    /** Words of our own, on a line of their own if they come from another place than those before. */
    public ScriptText add(String words, SourceLocation at) {
        if (!lineEmpty && !at.equals(current)) {
            lineEnd();
        }
        raw(words, at);
        return this;
    }

    /** SQL of an author from one line of a file: stands on a line of its own where a blank allows that. */
    public final ScriptText addWritten(String words, SourceLocation at) {
        boolean blank = words.isEmpty()
                || Character.isWhitespace(words.charAt(0))
                || sql.isEmpty()
                || Character.isWhitespace(sql.charAt(sql.length() - 1));
        if (!lineEmpty && !at.equals(current) && blank) {
            lineEnd();
        }
        raw(words, at);
        return this;
    }

    /** SQL of an author that stands in lines of a file, from the given line on. */
    public final ScriptText addLines(String written, String path, int firstLine) {
        int line = firstLine;
        for (String each : written.split("\n", -1)) {
            addWritten(each + "\n", SourceLocation.of(path, line));
            line++;
        }
        return this;
    }

    /** Everything of another text. */
    public ScriptText add(ScriptText other) {
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
    public final String quoted(String name) {
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
    public final String table(@Nullable String schema, String table) {
        StringBuilder name = new StringBuilder();
        if (schema != null) {
            for (String part : schema.split("\\.")) {
                name.append(quoted(part)).append('.');
            }
        }
        return name.append(quoted(table)).toString();
    }
}
