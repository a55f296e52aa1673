package io.tailwater.lineage.project.lookml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names a field can be asked for by: one, or for a dimension group one for each timeframe or interval. */
final class FieldColumns {
    private static final List<String> TIMEFRAMES = List.of(
            "raw",
            "time",
            "time_of_day",
            "second",
            "minute",
            "hour",
            "hour_of_day",
            "date",
            "day_of_week",
            "day_of_week_index",
            "day_of_month",
            "day_of_year",
            "week",
            "week_of_year",
            "month",
            "month_num",
            "month_name",
            "quarter",
            "quarter_of_year",
            "year");
    private static final List<String> INTERVALS =
            List.of("second", "minute", "hour", "day", "week", "month", "quarter", "year");
    private static final Pattern RARER = Pattern.compile(
            "(millisecond|microsecond|second|minute|hour)\\d*|fiscal_\\w+|yesno|week_of_year|time_of_day|hour_of_day");
    private static final Set<String> NO_GROUP = Set.of("dimension", "measure", "filter", "parameter", "field");

    private FieldColumns() {}

    /** Names of a field, as they are used in queries. */
    static List<String> of(Part field) {
        if (NO_GROUP.contains(field.kind)) {
            return List.of(field.name);
        }
        List<String> names = new ArrayList<>();
        if ("duration".equals(field.text("type"))) {
            List<String> listed = listed(field, "intervals");
            for (String interval : listed.isEmpty() ? INTERVALS : listed) {
                names.add(interval + "s_" + field.name);
            }
            return names;
        }
        List<String> listed = listed(field, "timeframes");
        for (String timeframe : listed.isEmpty() ? TIMEFRAMES : listed) {
            names.add(field.name + "_" + timeframe);
        }
        return names;
    }

    private static List<String> listed(Part field, String key) {
        return field.items(key).stream().map(item -> item.node().key()).toList();
    }

    /** Whether a name is one that a group without a list of timeframes offers, though it is seldom used. */
    static boolean offers(Map<String, Part> fields, String column) {
        for (Part field : fields.values()) {
            if (field.kind.equals("dimension_group")
                    && column.startsWith(field.name + "_")
                    && listed(field, "timeframes").isEmpty()
                    && RARER.matcher(column.substring(field.name.length() + 1)).matches()) {
                return true;
            }
        }
        return false;
    }
}
