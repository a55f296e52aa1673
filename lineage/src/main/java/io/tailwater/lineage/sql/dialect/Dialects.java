package io.tailwater.lineage.sql.dialect;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All dialects, by name and alias. */
final class Dialects {

    private static final List<Dialect> ALL = List.of(
            AnsiDialect.INSTANCE,
            PostgresDialect.INSTANCE,
            RedshiftDialect.INSTANCE,
            SnowflakeDialect.INSTANCE,
            BigQueryDialect.INSTANCE,
            DatabricksDialect.INSTANCE,
            SparkDialect.INSTANCE,
            HiveDialect.INSTANCE,
            TrinoDialect.INSTANCE,
            PrestoDialect.INSTANCE,
            AthenaDialect.INSTANCE,
            TsqlDialect.INSTANCE,
            MysqlDialect.INSTANCE,
            MariadbDialect.INSTANCE,
            OracleDialect.INSTANCE,
            ExasolDialect.INSTANCE,
            DuckdbDialect.INSTANCE,
            ClickhouseDialect.INSTANCE,
            SqliteDialect.INSTANCE,
            TeradataDialect.INSTANCE,
            VerticaDialect.INSTANCE,
            Db2Dialect.INSTANCE);

    private static final Map<String, Dialect> BY_NAME = byName();

    private Dialects() {}

    private static Map<String, Dialect> byName() {
        Map<String, Dialect> dialects = new HashMap<>();
        for (Dialect dialect : ALL) {
            dialects.put(dialect.name(), dialect);
            dialect.aliases().forEach(alias -> dialects.put(alias, dialect));
        }
        return Map.copyOf(dialects);
    }

    static List<Dialect> all() {
        return ALL;
    }

    static Dialect named(String name) {
        Dialect dialect = BY_NAME.get(name.strip().toLowerCase(Locale.ROOT));
        if (dialect == null) {
            String known = String.join(", ", ALL.stream().map(Dialect::name).toList());
            throw new IllegalArgumentException("unknown SQL dialect \"" + name + "\"; known are " + known);
        }
        return dialect;
    }
}
