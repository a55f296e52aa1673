package io.tailwater.lineage.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Methods of Python's {@code str}. */
final class StringMethods {
    static final Set<String> NAMES = Set.of(
            "upper",
            "lower",
            "title",
            "capitalize",
            "swapcase",
            "casefold",
            "strip",
            "lstrip",
            "rstrip",
            "split",
            "rsplit",
            "splitlines",
            "join",
            "replace",
            "startswith",
            "endswith",
            "find",
            "rfind",
            "index",
            "rindex",
            "count",
            "format",
            "isdigit",
            "isnumeric",
            "isdecimal",
            "isalpha",
            "isalnum",
            "isupper",
            "islower",
            "isspace",
            "zfill",
            "ljust",
            "rjust",
            "center",
            "partition",
            "rpartition",
            "removeprefix",
            "removesuffix",
            "isidentifier");

    private StringMethods() {}

    static Value call(Value.Str target, String name, Call call) {
        String text = target.value();
        call.interpreter().chargeCharacters(text.length());
        return switch (name) {
            case "upper" -> string(text.toUpperCase(Locale.ROOT));
            case "lower", "casefold" -> string(text.toLowerCase(Locale.ROOT));
            case "title" -> string(title(text));
            case "capitalize" -> string(capitalize(text));
            case "swapcase" -> string(swapCase(text));
            case "strip" -> new Value.Str(target.text().strip(true, true, characters(call)));
            case "lstrip" -> new Value.Str(target.text().strip(true, false, characters(call)));
            case "rstrip" -> new Value.Str(target.text().strip(false, true, characters(call)));
            case "split" -> split(text, call, false);
            case "rsplit" -> split(text, call, true);
            case "splitlines" -> list(text.lines().toList());
            case "join" -> call.interpreter().join(target, call.interpreter().iterate(call.required(0, "iterable")));
            case "replace" -> replace(text, call);
            case "startswith" -> Value.Bool.of(affixes(call).stream().anyMatch(text::startsWith));
            case "endswith" -> Value.Bool.of(affixes(call).stream().anyMatch(text::endsWith));
            case "find" -> Value.Int.of(text.indexOf(argument(call, 0, "sub"), (int) number(call, 1, "start", 0)));
            case "rfind" -> Value.Int.of(text.lastIndexOf(argument(call, 0, "sub")));
            case "index" -> Value.Int.of(found(text.indexOf(argument(call, 0, "sub"))));
            case "rindex" -> Value.Int.of(found(text.lastIndexOf(argument(call, 0, "sub"))));
            case "count" -> Value.Int.of(count(text, argument(call, 0, "sub")));
            case "format" -> string(Formats.format(call.interpreter(), text, call.positional(), call.named()));
            case "isdigit", "isnumeric", "isdecimal" -> all(text, Character::isDigit);
            case "isalpha" -> all(text, Character::isLetter);
            case "isalnum" -> all(text, Character::isLetterOrDigit);
            case "isspace" -> all(text, Character::isWhitespace);
            case "isidentifier" -> Value.Bool.of(text.matches("[\\p{L}_][\\p{L}\\p{N}_]*"));
            case "isupper" ->
                Value.Bool.of(text.chars().anyMatch(Character::isUpperCase)
                        && text.chars().noneMatch(Character::isLowerCase));
            case "islower" ->
                Value.Bool.of(text.chars().anyMatch(Character::isLowerCase)
                        && text.chars().noneMatch(Character::isUpperCase));
            case "zfill" -> string(Formats.pad(text, width(call), '0', '='));
            case "ljust" -> string(Formats.pad(text, width(call), fill(call), '<'));
            case "rjust" -> string(Formats.pad(text, width(call), fill(call), '>'));
            case "center" -> string(Formats.pad(text, width(call), fill(call), '^'));
            case "partition" -> partition(text, argument(call, 0, "sep"), false);
            case "rpartition" -> partition(text, argument(call, 0, "sep"), true);
            case "removeprefix" -> {
                String prefix = argument(call, 0, "prefix");
                yield string(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
            }
            case "removesuffix" -> {
                String suffix = argument(call, 0, "suffix");
                yield string(text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
            }
            default -> throw new IllegalStateException("no method " + name);
        };
    }

    private static Value string(String text) {
        return Value.Str.of(text);
    }

    private static Value list(List<String> texts) {
        return new Value.Items(new ArrayList<>(texts.stream().map(Value.Str::of).toList()));
    }

    static String text(Value value) {
        if (value instanceof Value.Str string) {
            return string.value();
        }
        throw new TemplateException("expected a string, found " + Operators.typeName(value));
    }

    private static String argument(Call call, int position, String name) {
        return text(call.required(position, name));
    }

    private static long number(Call call, int position, String name, long otherwise) {
        Value value = call.argument(position, name);
        return value == null ? otherwise : Operators.integer(value);
    }

    private static int width(Call call) {
        long width = Operators.integer(call.required(0, "width"));
        call.interpreter().chargeCharacters(Math.max(0, width));
        return (int) Math.min(width, Integer.MAX_VALUE);
    }

    private static char fill(Call call) {
        Value fill = call.argument(1, "fillchar");
        return fill == null || text(fill).isEmpty() ? ' ' : text(fill).charAt(0);
    }

    private static @Nullable String characters(Call call) {
        Value characters = call.argument(0, "chars");
        return characters == null || characters instanceof Value.None ? null : text(characters);
    }

    private static List<String> affixes(Call call) {
        Value value = call.required(0, "prefix");
        return value instanceof Value.Tuple tuple
                ? tuple.items().stream().map(StringMethods::text).toList()
                : List.of(text(value));
    }

    private static Value all(String text, java.util.function.IntPredicate property) {
        return Value.Bool.of(!text.isEmpty() && text.codePoints().allMatch(property));
    }

    private static int found(int index) {
        if (index < 0) {
            throw new TemplateException("substring not found");
        }
        return index;
    }

    static int count(String text, String part) {
        if (part.isEmpty()) {
            return text.length() + 1;
        }
        int count = 0;
        for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + part.length())) {
            count++;
        }
        return count;
    }

    private static Value replace(String text, Call call) {
        String old = argument(call, 0, "old");
        String fresh = argument(call, 1, "new");
        long most = number(call, 2, "count", -1);
        return string(replace(call.interpreter(), text, old, fresh, most));
    }

    static String replace(Interpreter interpreter, String text, String old, String fresh, long most) {
        interpreter.chargeCharacters(text.length() + (long) count(text, old) * fresh.length());
        if (most < 0) {
            return text.replace(old, fresh);
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (long done = 0; done < most; done++) {
            int at = text.indexOf(old, from);
            if (at < 0 || old.isEmpty()) {
                break;
            }
            out.append(text, from, at).append(fresh);
            from = at + old.length();
        }
        return out.append(text.substring(from)).toString();
    }

    private static Value split(String text, Call call, boolean fromRight) {
        Value separator = call.argument(0, "sep");
        long most = number(call, 1, "maxsplit", -1);
        if (separator == null || separator instanceof Value.None) {
            return list(words(text, most, fromRight));
        }
        String cut = text(separator);
        if (cut.isEmpty()) {
            throw new TemplateException("empty separator");
        }
        List<String> parts = new ArrayList<>();
        if (fromRight) {
            int to = text.length();
            for (int at = text.lastIndexOf(cut);
                    at >= 0 && (most < 0 || parts.size() < most);
                    at = text.lastIndexOf(cut, to - cut.length())) {
                parts.add(0, text.substring(at + cut.length(), to));
                to = at;
                if (to < cut.length()) {
                    break;
                }
            }
            parts.add(0, text.substring(0, to));
            return list(parts);
        }
        int from = 0;
        for (int at = text.indexOf(cut); at >= 0 && (most < 0 || parts.size() < most); at = text.indexOf(cut, from)) {
            parts.add(text.substring(from, at));
            from = at + cut.length();
        }
        parts.add(text.substring(from));
        return list(parts);
    }

    private static List<String> words(String text, long most, boolean fromRight) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return List.of();
        }
        String[] all = stripped.split("\\s+");
        if (most < 0 || all.length <= most + 1) {
            return List.of(all);
        }
        if (!fromRight) {
            return List.of(stripped.split("\\s+", (int) most + 1));
        }
        List<String> parts = new ArrayList<>();
        String rest = stripped;
        for (int i = all.length - 1; i >= all.length - most; i--) {
            parts.add(0, all[i]);
            rest = rest.substring(0, rest.length() - all[i].length()).stripTrailing();
        }
        parts.add(0, rest);
        return parts;
    }

    private static Value partition(String text, String separator, boolean last) {
        int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) {
            return new Value.Tuple(
                    last
                            ? List.of(string(""), string(""), string(text))
                            : List.of(string(text), string(""), string("")));
        }
        return new Value.Tuple(List.of(
                string(text.substring(0, at)), string(separator), string(text.substring(at + separator.length()))));
    }

    static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetter(c);
        }
        return out.toString();
    }

    private static String swapCase(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(c -> out.appendCodePoint(
                        Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c)));
        return out.toString();
    }
}
