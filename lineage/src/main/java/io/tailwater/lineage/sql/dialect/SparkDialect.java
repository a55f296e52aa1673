package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Apache Spark SQL. */
final class SparkDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("spark")
            .aliases("sparksql", "spark2", "spark3", "fabric-spark", "synapse-spark")
            .with(
                    DOUBLE_QUOTED_STRINGS,
                    BACKSLASH_ESCAPES,
                    NAMES_START_WITH_DIGITS,
                    HIVE_CLAUSES,
                    NESTED_COMMENTS,
                    FROM_FIRST,
                    COLON_PATHS)
            .without(Feature.TOP, DOTTED_BACKTICK_NAMES)
            .datePartFirst("DATE_DIFF", "DATE_ADD")
            .punctuation("|>")
            .build();

    private SparkDialect() {}
}
