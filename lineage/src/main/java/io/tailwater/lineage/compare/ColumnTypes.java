package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the types of columns where both sides tell one: by a cast, a contract or a declaration. */
final class ColumnTypes {
    /** Spellings of one type over the dialects, by the family whose values a reader can go on using. */
    private static final Map<String, List<String>> FAMILIES = Map.of(
            "text",
            List.of("varchar", "char", "character", "text", "string", "nvarchar", "nchar", "bpchar", "clob"),
            "number",
            List.of(
                    "int",
                    "integer",
                    "bigint",
                    "smallint",
                    "tinyint",
                    "int64",
                    "int32",
                    "number",
                    "numeric",
                    "decimal",
                    "float",
                    "float64",
                    "float32",
                    "double",
                    "real",
                    "bignumeric",
                    "uint64",
                    "uint32",
                    "int4",
                    "int8",
                    "int2",
                    "float4",
                    "float8"),
            "boolean",
            List.of("bool", "boolean", "bit"),
            "time",
            List.of(
                    "timestamp",
                    "timestamptz",
                    "timestamp_ntz",
                    "timestamp_ltz",
                    "timestamp_tz",
                    "datetime",
                    "datetime2",
                    "datetime64"),
            "date",
            List.of("date", "date32"));

    private ColumnTypes() {}

    /**
     * Notes types that differ; columns that have another name now are compared under both.
     *
     * @param fieldwise columns whose fields are compared one by one instead
     */
    static void compare(OwnChange change, Set<String> fieldwise) {
        for (Column then : change.before.columns()) {
            String name = change.renamed.getOrDefault(then.name(), then.name());
            if (fieldwise.contains(name)) {
                continue;
            }
            Optional<Column> now = change.after.column(name);
            String old = then.type();
            String fresh = now.map(Column::type).orElse(null);
            if (old != null && fresh != null && !normal(old).equals(normal(fresh))) {
                change.types.putIfAbsent(name, "the type is " + fresh + " now, was " + old);
                if (!alike(old, fresh)) {
                    change.otherFamilies.add(name);
                }
            }
        }
    }

    private static String normal(String type) {
        return type.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
    }

    /** Whether values of both are used alike: numbers of any width, texts of any length. */
    private static boolean alike(String old, String fresh) {
        String family = family(old);
        return family != null && family.equals(family(fresh));
    }

    private static @Nullable String family(String type) {
        String word = type.toLowerCase(Locale.ROOT).replaceAll("\\(.*", "").strip();
        String first = word.contains(" ") ? word.substring(0, word.indexOf(' ')) : word;
        for (Map.Entry<String, List<String>> family : FAMILIES.entrySet()) {
            if (family.getValue().contains(first)) {
                return family.getKey();
            }
        }
        return null;
    }
}
