package io.tailwater.lineage.sql;

import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.derive.ProvenColumns;
import io.tailwater.lineage.sql.derive.TextDeriver;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import org.jspecify.annotations.Nullable;

/** Column lineage of SQL text. Stateless; safe to call from many threads. */
public final class SqlLineage {

    /** How often a text is read again at most, with what the reading before proved about its tables. */
    private static final int MOST_READINGS = 3;

    private SqlLineage() {}

    /**
     * Analyses all statements of a text, later ones seeing the tables that earlier ones create.
     *
     * @param sql rendered SQL, without template syntax
     * @throws IllegalArgumentException when the dialect is unknown; nothing else, whatever the text is
     */
    public static SqlAnalysis analyze(String sql, SqlOptions options) {
        ProvenColumns proven = new ProvenColumns(options.catalog());
        SqlAnalysis analysis = session(options, proven).derive(sql);
        for (int i = 1; i < MOST_READINGS && proven.learn(analysis); i++) {
            analysis = session(options, proven).derive(sql);
        }
        return analysis;
    }

    /** A session that analyses one text after the other, each seeing the tables that those before it created. For one thread at a time. */
    public static TextDeriver session(SqlOptions options) {
        return session(options, new ProvenColumns(options.catalog()));
    }

    private static TextDeriver session(SqlOptions options, ProvenColumns proven) {
        NameRules names = options.nameRules();
        return new TextDeriver(
                Dialect.named(options.dialect()),
                options.catalog(),
                proven,
                normalised(options.defaultDatabase(), names),
                normalised(options.defaultSchema(), names),
                options.limits().maximumDependencies(),
                options.limits().maximumViewDepth());
    }

    private static @Nullable String normalised(@Nullable String name, NameRules names) {
        return name == null || name.isEmpty() ? null : names.table(name).qualifiedName();
    }
}
