package io.tailwater.lineage.jinja;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;

/** Python's {@code str()} and {@code repr()}. */
final class Printer {
    private static final int DEEPEST = 60;
    private static final int LONGEST = 5_000_000;

    private Printer() {}

    /** What {@code str(value)} gives; a placeholder is the caller's business. */
    static String display(Value value) {
        return switch (value) {
            case Value.Str string -> string.value();
            case Value.Undefined undefined -> "";
            default -> {
                StringBuilder out = new StringBuilder();
                representation(value, out, 0);
                yield out.toString();
            }
        };
    }

    /** What {@code repr(value)} gives. */
    static String representation(Value value) {
        StringBuilder out = new StringBuilder();
        representation(value, out, 0);
        return out.toString();
    }

    private static void representation(Value value, StringBuilder out, int depth) {
        if (depth > DEEPEST) {
            throw new TemplateException("a value is nested deeper than " + DEEPEST);
        }
        if (out.length() > LONGEST) {
            throw new TemplateException("a value is longer than " + LONGEST + " characters when shown");
        }
        switch (value) {
            case Value.None none -> out.append("None");
            case Value.Bool bool -> out.append(bool == Value.Bool.TRUE ? "True" : "False");
            case Value.Int number -> out.append(number.value());
            case Value.Real number -> out.append(real(number.value()));
            case Value.Str string -> quoted(string.value(), out);
            case Value.Items list -> sequence(list.items(), "[", "]", out, depth);
            case Value.Tuple tuple -> sequence(tuple.items(), "(", tuple.items().size() == 1 ? ",)" : ")", out, depth);
            case Value.Dict dict -> dictionary(dict, out, depth);
            case Value.Unique set -> {
                if (set.items().isEmpty()) {
                    out.append("set()");
                } else {
                    sequence(set.items(), "{", "}", out, depth);
                }
            }
            case Value.Host host -> out.append(host.display());
            case Value.Function function ->
                out.append("<function ").append(function.name()).append('>');
            case Value.Namespace namespace -> out.append("<Namespace>");
            case Value.Undefined undefined -> out.append("Undefined");
            case Value.Unknown unknown -> out.append("unknown");
        }
    }

    private static void sequence(Iterable<Value> items, String open, String close, StringBuilder out, int depth) {
        out.append(open);
        for (Iterator<Value> item = items.iterator(); item.hasNext(); ) {
            representation(item.next(), out, depth + 1);
            if (item.hasNext()) {
                out.append(", ");
            }
        }
        out.append(close);
    }

    private static void dictionary(Value.Dict dict, StringBuilder out, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
            out.append(separator);
            representation(entry.getKey(), out, depth + 1);
            out.append(": ");
            representation(entry.getValue(), out, depth + 1);
            separator = ", ";
        }
        out.append('}');
    }

    private static void quoted(String value, StringBuilder out) {
        char quote = value.indexOf('\'') >= 0 && value.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        value.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(quote);
                    } else if (c < 0x20 || c == 0x7f) {
                        out.append(String.format("\\x%02x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        out.append(quote);
    }

    /** The shortest digits that give the number back, as {@code repr(float)} does. */
    static String real(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String unscaled = digits.unscaledValue().abs().toString();
        String mantissa = unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
        return (number < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
