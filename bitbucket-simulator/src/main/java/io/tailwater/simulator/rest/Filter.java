package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bitbucket's {@code q} and {@code sort}, evaluated on the objects as they are answered. No parentheses. */
final class Filter {

    private static final Pattern CONDITION = Pattern.compile(
            "\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*(!=|=|!~|~|<=|>=|<|>)\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s\"()]+)\\s*");
    private static final Pattern JUNCTION = Pattern.compile("(AND|OR)\\b", Pattern.CASE_INSENSITIVE);

    private Filter() {}

    /**
     * Reads a {@code q} expression; AND binds tighter than OR.
     *
     * @throws RestException 400 when it cannot be read
     */
    static Predicate<JsonNode> parse(@Nullable String expression) {
        if (expression == null || expression.isBlank()) {
            return node -> true;
        }
        Matcher condition = CONDITION.matcher(expression);
        Matcher junction = JUNCTION.matcher(expression);
        List<Predicate<JsonNode>> alternatives = new ArrayList<>();
        Predicate<JsonNode> current = null;
        int at = 0;
        while (true) {
            if (!condition.region(at, expression.length()).lookingAt()) {
                throw RestException.of(400, "Invalid query: " + expression);
            }
            Predicate<JsonNode> next = test(condition.group(1), condition.group(2), value(condition.group(3)));
            current = current == null ? next : current.and(next);
            at = condition.end();
            if (at == expression.length()) {
                alternatives.add(current);
                return node -> alternatives.stream().anyMatch(alternative -> alternative.test(node));
            }
            if (!junction.region(at, expression.length()).lookingAt()) {
                throw RestException.of(400, "Invalid query: " + expression);
            }
            at = junction.end();
            if (junction.group(1).equalsIgnoreCase("OR")) {
                alternatives.add(current);
                current = null;
            }
        }
    }

    /** Reads a {@code sort} parameter, {@code field} or {@code -field}; null keeps the order. */
    static @Nullable Comparator<JsonNode> order(@Nullable String sort) {
        if (sort == null || sort.isBlank()) {
            return null;
        }
        boolean descending = sort.startsWith("-");
        String field = descending ? sort.substring(1) : sort;
        Comparator<JsonNode> ascending = (one, other) -> {
            JsonNode left = at(one, field);
            JsonNode right = at(other, field);
            return left.isNumber() && right.isNumber()
                    ? Double.compare(left.asDouble(), right.asDouble())
                    : left.asText().compareTo(right.asText());
        };
        return descending ? ascending.reversed() : ascending;
    }

    private static Predicate<JsonNode> test(String field, String operator, String value) {
        String folded = value.toLowerCase(Locale.ROOT);
        return switch (operator) {
            case "=" -> node -> equal(at(node, field), value);
            case "!=" -> node -> !equal(at(node, field), value);
            case "~" ->
                node -> at(node, field).asText().toLowerCase(Locale.ROOT).contains(folded);
            case "!~" ->
                node -> !at(node, field).asText().toLowerCase(Locale.ROOT).contains(folded);
            case "<" -> node -> compare(at(node, field), value) < 0;
            case "<=" -> node -> compare(at(node, field), value) <= 0;
            case ">" -> node -> compare(at(node, field), value) > 0;
            case ">=" -> node -> compare(at(node, field), value) >= 0;
            default -> throw RestException.of(400, "Invalid operator: " + operator);
        };
    }

    private static boolean equal(JsonNode node, String value) {
        return node.isMissingNode() || node.isNull()
                ? value.equals("null")
                : node.asText().equals(value);
    }

    private static int compare(JsonNode node, String value) {
        if (node.isNumber() && value.matches("-?\\d+")) {
            return Long.compare(node.asLong(), Long.parseLong(value));
        }
        Instant mine = time(node.asText());
        Instant other = time(value);
        return mine == null || other == null ? node.asText().compareTo(value) : mine.compareTo(other);
    }

    /** A time in whatever precision and zone, UTC where none is given; null when the text is none. */
    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException none) {
                return null;
            }
        }
    }

    private static JsonNode at(JsonNode node, String field) {
        JsonNode found = node;
        for (String part : field.split("\\.")) {
            found = found.path(part);
        }
        return found;
    }

    private static String value(String literal) {
        return literal.startsWith("\"")
                ? literal.substring(1, literal.length() - 1).replaceAll("\\\\(.)", "$1")
                : literal;
    }
}
