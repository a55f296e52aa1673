package io.tailwater.lineage.sql.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes the text of a type apart that has fields: {@code struct<a int64, b array<string>>}, also inside {@code array<…>}. */
final class StructType {
    private static final int MOST_FIELDS = 10_000;

    private StructType() {}

    /**
     * A field.
     *
     * @param name as written, without quotes
     * @param type the rest; null if there is none
     */
    record Field(String name, @Nullable String type) {}

    /** The fields of a structure, or of the elements of an array; empty for every other type. */
    static List<Field> fields(@Nullable String type) {
        String inside = type == null ? null : inside(type.strip(), "array", "list");
        String struct = inside == null ? type : inside;
        String body = struct == null ? null : inside(struct.strip(), "struct", "record", "row");
        if (body == null) {
            return List.of();
        }
        List<Field> fields = new ArrayList<>();
        int start = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i <= body.length() && fields.size() < MOST_FIELDS; i++) {
            char each = i < body.length() ? body.charAt(i) : ',';
            if (each == '`') {
                quoted = !quoted;
            } else if (!quoted && (each == '<' || each == '(')) {
                depth++;
            } else if (!quoted && (each == '>' || each == ')')) {
                depth--;
            } else if (!quoted && each == ',' && depth <= 0) {
                Field field = field(body.substring(start, i).strip());
                if (field == null) {
                    return List.of();
                }
                fields.add(field);
                start = i + 1;
            }
        }
        return fields;
    }

    /** What stands in the brackets behind one of the words; null if the type is none of these. */
    private static @Nullable String inside(String type, String... words) {
        String lower = type.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (lower.startsWith(word)) {
                String rest = type.substring(word.length()).strip();
                boolean angles = rest.startsWith("<") && rest.endsWith(">");
                boolean rounds = rest.startsWith("(") && rest.endsWith(")");
                return angles || rounds ? rest.substring(1, rest.length() - 1) : null;
            }
        }
        return null;
    }

    private static @Nullable Field field(String text) {
        if (text.startsWith("`")) {
            int end = text.indexOf('`', 1);
            return end < 2 ? null : new Field(text.substring(1, end), rest(text, end + 1));
        }
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != ':') {
            end++;
        }
        String name = text.substring(0, end);
        String type = rest(text, end);
        return name.isEmpty() || type == null ? null : new Field(name, type);
    }

    private static @Nullable String rest(String text, int from) {
        String rest = text.substring(from).strip();
        rest = rest.startsWith(":") ? rest.substring(1).strip() : rest;
        return rest.isEmpty() ? null : rest;
    }
}
