package io.tailwater.lineage.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code %} formatting and {@code str.format}. */
final class Formats {
    private static final Pattern PERCENT = Pattern.compile(
            "%(?:\\((?<key>[^)]*)\\))?(?<flags>[-+ #0]*)(?<width>\\d{0,5})(?:\\.(?<precision>\\d{0,4}))?(?<type>.)",
            Pattern.DOTALL);
    private static final Pattern FIELD =
            Pattern.compile("\\{\\{|\\}\\}|\\{(?<name>[^{}:!]*)(?:!(?<conversion>[rsa]))?(?::(?<spec>[^{}]*))?\\}");
    private static final Pattern SPEC = Pattern.compile(
            "(?:(?<fill>.)?(?<align>[<>^=]))?(?<sign>[-+ ])?#?(?<zero>0)?(?<width>\\d{0,5})(?<comma>[,_])?(?:\\.(?<precision>\\d{1,4}))?(?<type>[a-zA-Z%])?");

    private Formats() {}

    /** {@code template % argument}. */
    static String percent(String template, Value argument) {
        List<Value> arguments = argument instanceof Value.Tuple tuple ? tuple.items() : List.of(argument);
        StringBuilder out = new StringBuilder();
        Matcher matcher = PERCENT.matcher(template);
        int next = 0;
        while (matcher.find()) {
            char type = matcher.group("type").charAt(0);
            if (type == '%') {
                matcher.appendReplacement(out, "%");
                continue;
            }
            Value value;
            String key = matcher.group("key");
            if (key != null) {
                value = argument instanceof Value.Dict dict ? dict.get(key) : null;
                if (value == null) {
                    throw new TemplateException("the format needs the key '" + key + "'");
                }
            } else if (next < arguments.size()) {
                value = arguments.get(next++);
            } else {
                throw new TemplateException("not enough arguments for format string");
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(percentField(matcher, type, value)));
        }
        matcher.appendTail(out);
        if (next < arguments.size()
                && !(argument instanceof Value.Dict)
                && !(next == 0 && argument instanceof Value.Items)) {
            throw new TemplateException("not all arguments converted during string formatting");
        }
        return out.toString();
    }

    private static String percentField(Matcher matcher, char type, Value value) {
        String flags = matcher.group("flags");
        String precision = matcher.group("precision");
        String text = switch (type) {
            case 's' -> Printer.display(value);
            case 'r', 'a' -> Printer.representation(value);
            case 'd', 'i', 'u' ->
                String.valueOf(value instanceof Value.Real number ? (long) number.value() : Operators.integer(value));
            case 'x' -> Long.toHexString(Operators.integer(value));
            case 'X' -> Long.toHexString(Operators.integer(value)).toUpperCase(Locale.ROOT);
            case 'o' -> Long.toOctalString(Operators.integer(value));
            case 'f', 'F' -> fixed(Operators.real(value), digits(precision));
            case 'e', 'E', 'g', 'G' ->
                String.format(Locale.ROOT, "%." + digits(precision) + type, Operators.real(value));
            case 'c' ->
                value instanceof Value.Str string ? string.value() : Character.toString((int) Operators.integer(value));
            default -> throw new TemplateException("unsupported format character '" + type + "'");
        };
        if (type == 's' && precision != null && !precision.isEmpty()) {
            text = text.substring(0, Math.min(text.length(), Integer.parseInt(precision)));
        }
        boolean number = type != 's' && type != 'r' && type != 'a' && type != 'c';
        if (number && flags.contains("+") && !text.startsWith("-")) {
            text = "+" + text;
        }
        int width = matcher.group("width").isEmpty() ? 0 : Integer.parseInt(matcher.group("width"));
        if (flags.contains("-")) {
            return pad(text, width, ' ', '<');
        }
        return pad(text, width, number && flags.contains("0") ? '0' : ' ', number && flags.contains("0") ? '=' : '>');
    }

    private static int digits(String precision) {
        return precision == null ? 6 : precision.isEmpty() ? 0 : Integer.parseInt(precision);
    }

    private static String fixed(double number, int digits) {
        return Double.isNaN(number) || Double.isInfinite(number)
                ? Printer.real(number)
                : new BigDecimal(number)
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    static String pad(String text, int width, char fill, char align) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        String filling = String.valueOf(fill);
        return switch (align) {
            case '<' -> text + filling.repeat(missing);
            case '^' -> filling.repeat(missing / 2) + text + filling.repeat(missing - missing / 2);
            case '=' -> {
                boolean signed = text.startsWith("-") || text.startsWith("+");
                yield (signed ? text.substring(0, 1) : "")
                        + filling.repeat(missing)
                        + (signed ? text.substring(1) : text);
            }
            default -> filling.repeat(missing) + text;
        };
    }

    /** {@code template.format(*positional, **named)}. */
    static String format(Interpreter interpreter, String template, List<Value> positional, Map<String, Value> named) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = FIELD.matcher(template);
        int next = 0;
        while (matcher.find()) {
            String field = matcher.group();
            if (field.equals("{{") || field.equals("}}")) {
                matcher.appendReplacement(out, Matcher.quoteReplacement(field.substring(1)));
                continue;
            }
            String name = matcher.group("name");
            Value value = field(interpreter, name.isEmpty() ? String.valueOf(next++) : name, positional, named);
            String spec = matcher.group("spec");
            String conversion = matcher.group("conversion");
            Value shown = conversion == null
                    ? value
                    : Value.Str.of(conversion.equals("s") ? Printer.display(value) : Printer.representation(value));
            matcher.appendReplacement(
                    out,
                    Matcher.quoteReplacement(
                            spec == null || spec.isEmpty() ? Printer.display(shown) : apply(spec, shown)));
        }
        matcher.appendTail(out);
        return out.toString();
    }

    private static Value field(Interpreter interpreter, String name, List<Value> positional, Map<String, Value> named) {
        String[] parts = name.split("\\.|\\[|\\]\\.?", -1);
        Value value;
        if (parts[0].matches("\\d{1,6}")) {
            int index = Integer.parseInt(parts[0]);
            if (index >= positional.size()) {
                throw new TemplateException("the format needs " + (index + 1) + " positional arguments");
            }
            value = positional.get(index);
        } else {
            Value argument = named.get(parts[0]);
            if (argument == null) {
                throw new TemplateException("the format needs the argument '" + parts[0] + "'");
            }
            value = argument;
        }
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                value = interpreter.item(
                        value,
                        parts[i].matches("\\d{1,6}") ? Value.Int.of(Long.parseLong(parts[i])) : Value.Str.of(parts[i]));
            }
        }
        return value;
    }

    private static String apply(String spec, Value value) {
        Matcher matcher = SPEC.matcher(spec);
        if (!matcher.matches()) {
            throw new TemplateException("invalid format specifier '" + spec + "'");
        }
        String precision = matcher.group("precision");
        String type = matcher.group("type");
        boolean number = Operators.isNumber(value) && !"s".equals(type);
        String text;
        if (!number) {
            text = Printer.display(value);
            if (precision != null) {
                text = text.substring(0, Math.min(text.length(), Integer.parseInt(precision)));
            }
        } else {
            text = number(value, precision, type);
            if (matcher.group("comma") != null) {
                text = grouped(text, matcher.group("comma"));
            }
            if ("+".equals(matcher.group("sign")) && !text.startsWith("-")) {
                text = "+" + text;
            }
        }
        int width = matcher.group("width").isEmpty() ? 0 : Integer.parseInt(matcher.group("width"));
        boolean zero = matcher.group("zero") != null;
        String align = matcher.group("align");
        String fill = matcher.group("fill");
        char alignment = align != null ? align.charAt(0) : zero ? '=' : number ? '>' : '<';
        return pad(text, width, fill != null ? fill.charAt(0) : zero ? '0' : ' ', alignment);
    }

    private static String number(Value value, String precision, String type) {
        if (type == null) {
            return precision == null
                    ? Printer.display(value)
                    : String.format(Locale.ROOT, "%." + precision + "g", Operators.real(value));
        }
        return switch (type) {
            case "d" -> String.valueOf(Operators.integer(value));
            case "f", "F" -> fixed(Operators.real(value), precision == null ? 6 : Integer.parseInt(precision));
            case "%" -> fixed(Operators.real(value) * 100, precision == null ? 6 : Integer.parseInt(precision)) + "%";
            case "x" -> Long.toHexString(Operators.integer(value));
            case "X" -> Long.toHexString(Operators.integer(value)).toUpperCase(Locale.ROOT);
            case "b" -> Long.toBinaryString(Operators.integer(value));
            case "o" -> Long.toOctalString(Operators.integer(value));
            case "e", "E", "g", "G" ->
                String.format(Locale.ROOT, "%." + (precision == null ? "6" : precision) + type, Operators.real(value));
            default -> throw new TemplateException("unknown format code '" + type + "'");
        };
    }

    private static String grouped(String text, String separator) {
        int end = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        StringBuilder out = new StringBuilder(text);
        for (int i = end - 3; i > (text.startsWith("-") ? 1 : 0); i -= 3) {
            out.insert(i, separator);
        }
        return out.toString();
    }
}
