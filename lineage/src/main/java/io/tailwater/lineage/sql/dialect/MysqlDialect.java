package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

import io.tailwater.lineage.sql.tree.Operator;

/** MySQL. */
final class MysqlDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("mysql")
            .aliases(
                    "doris",
                    "starrocks",
                    "singlestore",
                    "memsql",
                    "tidb",
                    "aurora",
                    "percona",
                    "oceanbase",
                    "vitess",
                    "selectdb")
            .folding(IdentifierFolding.SENSITIVE, IdentifierFolding.INSENSITIVE)
            .with(
                    DOUBLE_QUOTED_STRINGS,
                    BACKSLASH_ESCAPES,
                    HASH_COMMENTS,
                    NAMES_START_WITH_DIGITS,
                    DELIMITER_COMMAND,
                    STRING_ALIASES)
            .without(Feature.TOP, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .infix(Operator.Kind.OR, Precedence.OR, "||")
            .infix(Operator.Kind.AND, Precedence.AND, "&&")
            .callsWithoutParentheses("UTC_DATE", "UTC_TIME", "UTC_TIMESTAMP")
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private MysqlDialect() {}
}
