package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;
import static io.tailwater.lineage.sql.dialect.Keyword.*;

/** The common ground, and what an unnamed database is taken for. */
final class AnsiDialect {

    static final Dialect INSTANCE = new Dialect.Builder("ansi", IdentifierFolding.INSENSITIVE)
            .aliases(
                    "generic",
                    "standard",
                    "sql",
                    "",
                    "flink",
                    "flinksql",
                    "calcite",
                    "soql",
                    "dremio",
                    "drill",
                    "druid",
                    "pinot")
            .infixes(Operators.common())
            .punctuation(Operators.PUNCTUATION)
            .with(BACKTICK_NAMES, AT_VARIABLES, Feature.TOP, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .reserve(
                    SELECT, FROM, WHERE, GROUP, HAVING, ORDER, UNION, INTERSECT, EXCEPT, ON, USING, JOIN, INNER, LEFT,
                    RIGHT, FULL, CROSS, NATURAL, AND, OR, NOT, IN, IS, LIKE, BETWEEN)
            .reserve(
                    CASE,
                    WHEN,
                    THEN,
                    ELSE,
                    END,
                    AS,
                    BY,
                    WITH,
                    INTO,
                    FOR,
                    FETCH,
                    NULL,
                    TRUE,
                    FALSE,
                    DISTINCT,
                    LATERAL,
                    ASC,
                    DESC,
                    Keyword.LIMIT,
                    Keyword.QUALIFY)
            .callsWithoutParentheses(
                    "CURRENT_DATE",
                    "CURRENT_TIME",
                    "CURRENT_TIMESTAMP",
                    "LOCALTIME",
                    "LOCALTIMESTAMP",
                    "CURRENT_USER",
                    "SESSION_USER",
                    "CURRENT_SCHEMA",
                    "CURRENT_CATALOG",
                    "CURRENT_ROLE",
                    "SYSDATE",
                    "SYSTIMESTAMP")
            .datePartFirst("DATEDIFF", "DATEADD", "DATEPART", "DATENAME", "TIMESTAMPADD", "TIMESTAMPDIFF", "DATE_PART")
            .build();

    private AnsiDialect() {}
}
