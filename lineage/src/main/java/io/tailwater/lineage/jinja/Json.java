package io.tailwater.lineage.jinja;

import java.util.Map;

/** Python's {@code json.dumps}. */
final class Json {
    private static final int DEEPEST = 60;

    private Json() {}

    static String write(Value value, boolean sortKeys) {
        StringBuilder out = new StringBuilder();
        write(value, out, sortKeys, 0);
        return out.toString();
    }

    private static void write(Value value, StringBuilder out, boolean sortKeys, int depth) {
        if (depth > DEEPEST) {
            throw new TemplateException("a value is nested deeper than " + DEEPEST);
        }
        switch (value) {
            case Value.None none -> out.append("null");
            case Value.Bool bool -> out.append(bool == Value.Bool.TRUE);
            case Value.Int number -> out.append(number.value());
            case Value.Real number -> out.append(Printer.real(number.value()));
            case Value.Str string -> string(string.value(), out);
            case Value.Dict dict -> {
                String separator = "{";
                for (Map.Entry<Value, Value> entry : entries(dict, sortKeys)) {
                    out.append(separator);
                    string(Printer.display(entry.getKey()), out);
                    out.append(": ");
                    write(entry.getValue(), out, sortKeys, depth + 1);
                    separator = ", ";
                }
                out.append(dict.entries().isEmpty() ? "{}" : "}");
            }
            case Value.Items list -> sequence(list.items(), out, sortKeys, depth);
            case Value.Tuple tuple -> sequence(tuple.items(), out, sortKeys, depth);
            default ->
                throw new TemplateException(
                        "Object of type " + Operators.typeName(value) + " is not JSON serializable");
        }
    }

    private static Iterable<Map.Entry<Value, Value>> entries(Value.Dict dict, boolean sortKeys) {
        return sortKeys
                ? dict.entries().entrySet().stream()
                        .sorted((left, right) -> Operators.compare(left.getKey(), right.getKey(), "<"))
                        .toList()
                : dict.entries().entrySet();
    }

    private static void sequence(Iterable<Value> items, StringBuilder out, boolean sortKeys, int depth) {
        out.append('[');
        String separator = "";
        for (Value item : items) {
            out.append(separator);
            write(item, out, sortKeys, depth + 1);
            separator = ", ";
        }
        out.append(']');
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c > 0x7e) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
