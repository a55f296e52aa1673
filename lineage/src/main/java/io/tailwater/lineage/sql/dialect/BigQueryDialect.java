package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Google BigQuery. */
final class BigQueryDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("bigquery")
            .aliases("bq", "googlesql", "zetasql", "spanner")
            .folding(IdentifierFolding.SENSITIVE, IdentifierFolding.INSENSITIVE)
            .with(
                    DOUBLE_QUOTED_STRINGS,
                    BACKSLASH_ESCAPES,
                    TRIPLE_QUOTED_STRINGS,
                    HASH_COMMENTS,
                    DASHES_IN_TABLE_NAMES,
                    FROM_FIRST,
                    DOTTED_BACKTICK_NAMES)
            .without(Feature.TOP, HIVE_CLAUSES)
            .punctuation("|>")
            .datePartLast(
                    "DATE_TRUNC",
                    "TIMESTAMP_TRUNC",
                    "DATETIME_TRUNC",
                    "TIME_TRUNC",
                    "DATE_DIFF",
                    "TIMESTAMP_DIFF",
                    "DATETIME_DIFF",
                    "TIME_DIFF",
                    "LAST_DAY",
                    "TIMESTAMP_BUCKET",
                    "DATE_BUCKET")
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private BigQueryDialect() {}
}
