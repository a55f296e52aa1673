package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.List;

/**
 * SQL that a file of another language carries or amounts to.
 *
 * @param path the file
 * @param kind when it runs
 * @param dialect dialect by its command-line name
 * @param sql the statements
 * @param lines for each line of {@code sql} where it comes from
 */
public record SqlScript(String path, Kind kind, String dialect, String sql, List<SourceLocation> lines) {
    /** When a script runs. */
    public enum Kind {
        /** Once, after the migrations given before it. */
        MIGRATION,
        /** Again and again: it fills what it names. */
        JOB
    }

    public SqlScript {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("SQL without the place of its lines: " + path);
        }
    }
}
