package io.tailwater.lineage.sql;

import io.tailwater.lineage.sql.catalog.Catalog;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * How a text is to be read.
 *
 * @param dialect name or alias of the dialect, any case
 * @param catalog what is known of tables
 * @param defaultDatabase put in front of names that lack a database, or null
 * @param defaultSchema put in front of names that lack a schema, or null
 * @param limits where the analysis gives up
 */
public record SqlOptions(
        String dialect,
        Catalog catalog,
        @Nullable String defaultDatabase,
        @Nullable String defaultSchema,
        SqlLimits limits) {

    /** @throws IllegalArgumentException when there is no such dialect */
    public SqlOptions {
        dialect = Dialect.named(dialect).name();
    }

    /**
     * Options of a dialect that know no tables.
     *
     * @throws IllegalArgumentException when there is no such dialect
     */
    public static SqlOptions of(String dialect) {
        return new SqlOptions(dialect, Catalog.EMPTY, null, null, SqlLimits.DEFAULT);
    }

    /** The same with this catalog. */
    public SqlOptions withCatalog(Catalog newCatalog) {
        return new SqlOptions(dialect, newCatalog, defaultDatabase, defaultSchema, limits);
    }

    /** The same with these defaults for names that are not fully qualified. */
    public SqlOptions withDefaults(@Nullable String database, @Nullable String schema) {
        return new SqlOptions(dialect, catalog, database, schema, limits);
    }

    /** The same with these limits. */
    public SqlOptions withLimits(SqlLimits newLimits) {
        return new SqlOptions(dialect, catalog, defaultDatabase, defaultSchema, newLimits);
    }

    /** How this dialect compares names: what to build a catalog with. */
    public NameRules nameRules() {
        return NameRules.of(Dialect.named(dialect));
    }
}
