package io.tailwater.lineage.sql.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one line of JSON into maps, lists, strings; just enough for case files. */
final class JsonLines {

    private final String text;
    private int position;

    private JsonLines(String text) {
        this.text = text;
    }

    static Map<?, ?> object(String line) {
        return (Map<?, ?>) Objects.requireNonNull(new JsonLines(line).value());
    }

    private @Nullable Object value() {
        skipSpace();
        char c = text.charAt(position);
        return switch (c) {
            case '{' -> map();
            case '[' -> list();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        position++;
        while (peek() != '}') {
            String key = string();
            expect(':');
            map.put(key, value());
            if (peek() == ',') {
                position++;
            }
        }
        position++;
        return map;
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        position++;
        while (peek() != ']') {
            list.add(value());
            if (peek() == ',') {
                position++;
            }
        }
        position++;
        return list;
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (text.charAt(position) != '"') {
            char c = text.charAt(position++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = text.charAt(position++);
            switch (escape) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text.substring(position, position + 4), 16));
                    position += 4;
                }
                default -> out.append(escape);
            }
        }
        position++;
        return out.toString();
    }

    private @Nullable Object word() {
        int start = position;
        while (position < text.length() && ",]} \n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        return word.equals("null") ? null : word;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw new IllegalArgumentException("expected " + c + " at " + position);
        }
        position++;
    }

    private char peek() {
        skipSpace();
        return text.charAt(position);
    }

    private void skipSpace() {
        while (Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }
}
