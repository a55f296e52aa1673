package io.tailwater.lineage.sql.parse;

import java.util.Set;

/** Words for parts of dates and times. */
final class Units {

    private static final Set<String> WORDS = Set.of(
            "YEAR", "YEARS", "QUARTER", "QUARTERS", "MONTH", "MONTHS", "WEEK", "WEEKS", "DAY", "DAYS", "HOUR", "HOURS", "MINUTE", "MINUTES", "SECOND",
            "SECONDS", "MILLISECOND", "MILLISECONDS", "MICROSECOND", "MICROSECONDS", "NANOSECOND", "NANOSECONDS", "ISOWEEK", "ISOYEAR", "DAYOFWEEK",
            "DAYOFYEAR", "DOW", "DOY", "EPOCH", "DECADE", "CENTURY", "MILLENNIUM", "ISODOW", "TIMEZONE", "TIMEZONE_HOUR", "TIMEZONE_MINUTE", "DATE",
            "TIME", "DATETIME", "YY", "YYYY", "QQ", "Q", "MM", "M", "DY", "DD", "D", "WK", "WW", "W", "HH", "MI", "N", "SS", "S", "MS", "MCS", "NS",
            "US", "DW", "DAYOFMONTH", "WEEKDAY", "WEEKOFYEAR", "WEEKISO", "DAYOFWEEKISO", "YEAROFWEEK", "YEAROFWEEKISO", "EPOCH_SECOND",
            "EPOCH_MILLISECOND", "EPOCH_MICROSECOND", "EPOCH_NANOSECOND", "ISO_WEEK", "TZOFFSET", "TZ", "JULIAN", "SQL_TSI_DAY", "SQL_TSI_MONTH", "SQL_TSI_YEAR", "SQL_TSI_WEEK",
            "SQL_TSI_HOUR", "SQL_TSI_MINUTE", "SQL_TSI_SECOND", "SQL_TSI_QUARTER", "DAY_HOUR", "DAY_MINUTE", "DAY_SECOND", "DAY_MICROSECOND",
            "HOUR_MINUTE", "HOUR_SECOND", "HOUR_MICROSECOND", "MINUTE_SECOND", "MINUTE_MICROSECOND", "SECOND_MICROSECOND", "YEAR_MONTH",
            "MON", "YR", "MINS", "SECS", "HRS", "MIN", "SEC", "HR");

    private Units() {}

    /** Whether {@code word}, in any case, names a part of a date or time. */
    static boolean isUnit(String word) {
        return WORDS.contains(Upper.of(word));
    }
}
