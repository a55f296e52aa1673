package io.tailwater.lineage.sql;

import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.derive.TextDeriver;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import org.jspecify.annotations.Nullable;

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
        return session(options).derive(sql);
    }

    /** A session that analyses one text after the other, each seeing the tables that those before it created. For one thread at a time. */
    public static TextDeriver session(SqlOptions options) {
        NameRules names = options.nameRules();
        return new TextDeriver(
                Dialect.named(options.dialect()),
                options.catalog(),
                normalised(options.defaultDatabase(), names),
                normalised(options.defaultSchema(), names),
                options.limits().maximumDependencies(),
                options.limits().maximumViewDepth());
    }

    private static @Nullable String normalised(@Nullable String name, NameRules names) {
        return name == null || name.isEmpty() ? null : names.table(name).qualifiedName();
    }
}
