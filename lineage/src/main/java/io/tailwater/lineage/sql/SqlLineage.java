package io.tailwater.lineage.sql;

import io.tailwater.lineage.sql.result.SqlAnalysis;

/** Column lineage of SQL text. Stateless; safe to call from many threads. */
public final class SqlLineage {

    private SqlLineage() {}

    /**
     * Analyses all statements of a text, later ones seeing the tables that earlier ones create.
     *
     * @param sql rendered SQL, without template syntax
     * @throws IllegalArgumentException when the dialect is unknown; nothing else, whatever the text is
     */
    public static SqlAnalysis analyze(String sql, SqlOptions options) {
        throw new UnsupportedOperationException("being written");
    }
}
