package io.tailwater.lineage.project.python;

import io.tailwater.lineage.project.python.Value.Called;
import io.tailwater.lineage.project.python.Value.External;
import io.tailwater.lineage.project.python.Value.Member;
import io.tailwater.lineage.project.python.Value.Plain;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types of SQLAlchemy as SQL writes them: https://docs.sqlalchemy.org/en/20/core/type_basics.html. */
final class ColumnTypes {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("String", "VARCHAR"),
            Map.entry("Unicode", "VARCHAR"),
            Map.entry("AutoString", "VARCHAR"),
            Map.entry("Enum", "VARCHAR"),
            Map.entry("ENUM", "VARCHAR"),
            Map.entry("UnicodeText", "TEXT"),
            Map.entry("LargeBinary", "BYTEA"),
            Map.entry("BigInteger", "BIGINT"),
            Map.entry("SmallInteger", "SMALLINT"),
            Map.entry("DateTime", "TIMESTAMP"),
            Map.entry("Double", "DOUBLE PRECISION"),
            Map.entry("DOUBLE_PRECISION", "DOUBLE PRECISION"),
            Map.entry("Uuid", "UUID"));

    private ColumnTypes() {}

    /** The type a value stands for; null if it is none. */
    static @Nullable String of(@Nullable Value value) {
        if (value instanceof Called called) {
            String base = name(called.function());
            if (base == null) {
                return null;
            }
            if (base.equals("ARRAY") && !called.arguments().isEmpty()) {
                String inner = of(called.arguments().getFirst());
                return inner == null ? null : inner + "[]";
            }
            Value zone = called.named().get("timezone");
            String suffix = zone instanceof Plain plain && Boolean.TRUE.equals(plain.value()) ? " WITH TIME ZONE" : "";
            return base + size(called) + suffix;
        }
        return name(value);
    }

    private static @Nullable String name(@Nullable Value value) {
        String name = switch (value) {
            case External external -> external.name();
            case Member member -> member.name();
            case null, default -> null;
        };
        if (name == null) {
            return null;
        }
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.matches("\\w{1,60}") ? NAMES.getOrDefault(last, last.toUpperCase(java.util.Locale.ROOT)) : null;
    }

    private static String size(Called called) {
        String name = called.name();
        if (name.equals("Enum") || name.equals("ENUM")) {
            return "";
        }
        Long first = number(called.argument(0, name.equals("Numeric") ? "precision" : "length"));
        Long second = number(called.argument(1, "scale"));
        return first == null ? "" : second == null ? "(" + first + ")" : "(" + first + ", " + second + ")";
    }

    private static @Nullable Long number(@Nullable Value value) {
        return value instanceof Plain plain && plain.value() instanceof Long number && number >= 0 ? number : null;
    }
}
