package io.tailwater.lineage.sql.dialect;

/** MariaDB. */
final class MariadbDialect {

    static final Dialect INSTANCE =
            MysqlDialect.INSTANCE.variant("mariadb").aliases("maria").build();

    private MariadbDialect() {}
}
