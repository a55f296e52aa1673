package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.List;
import java.util.Set;

/**
 * SQL that a file of another language carries or amounts to.
 *
 * @param path the file
 * @param kind when it runs
 * @param dialect dialect by its command-line name
 * @param sql the statements
 * @param lines for each line of {@code sql} where it comes from
 * @param replaces of a {@link Kind#STATE}: the migrations that led to it; else empty
 */
public record SqlScript(
        String path, Kind kind, String dialect, String sql, List<SourceLocation> lines, Set<String> replaces) {
    /** When a script runs. */
    public enum Kind {
        /** Once, after the migrations given before it. */
        MIGRATION,
        /** A dump of all that exists after some migrations: it holds, whatever they leave. */
        STATE,
        /** Classes of a program that say what tables look like: they hold for tables that nothing else makes. */
        MODEL,
        /** Again and again: it fills what it names. */
        JOB
    }

    public SqlScript {
        lines = List.copyOf(lines);
        replaces = Set.copyOf(replaces);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("SQL without the place of its lines: " + path);
        }
    }

    /** A script that replaces no others. */
    public SqlScript(String path, Kind kind, String dialect, String sql, List<SourceLocation> lines) {
        this(path, kind, dialect, sql, lines, Set.of());
    }
}
