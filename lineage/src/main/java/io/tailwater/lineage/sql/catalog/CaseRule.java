package io.tailwater.lineage.sql.catalog;

import java.util.Locale;

/** How a dialect compares names of one kind. Normalised names compare equal exactly when the dialect finds the same object. */
public enum CaseRule {
    /** Unquoted names fold down, quoted ones keep their case (Postgres). */
    FOLDS_DOWN {
        @Override
        String normalise(String text, boolean quoted) {
            return quoted ? text : lower(text);
        }
    },
    /**
     * Unquoted names fold up, quoted ones keep their case (Snowflake, Oracle). Written the other way round here, so that what nearly everybody writes comes out
     * in lower case: {@code orders}, {@code ORDERS} and {@code "ORDERS"} are {@code orders}; {@code "orders"} is another table and keeps its quotes.
     */
    FOLDS_UP {
        @Override
        String normalise(String text, boolean quoted) {
            if (!quoted || text.equals(text.toUpperCase(Locale.ROOT))) {
                return lower(text);
            }
            return text.equals(lower(text)) ? '"' + text + '"' : text;
        }
    },
    /** Case never matters (T-SQL, Spark, DuckDB). */
    IGNORED {
        @Override
        String normalise(String text, boolean quoted) {
            return lower(text);
        }
    },
    /** Case always matters (ClickHouse). */
    KEPT {
        @Override
        String normalise(String text, boolean quoted) {
            return text;
        }
    };

    /** The form in which names of this rule are compared. */
    abstract String normalise(String text, boolean quoted);

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
