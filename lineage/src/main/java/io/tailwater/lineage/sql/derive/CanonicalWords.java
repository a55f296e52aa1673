package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.LiteralKind;
import io.tailwater.lineage.sql.tree.Operator;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.TypeField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One spelling for words that have several. */
final class CanonicalWords {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("int2", "smallint"),
            Map.entry("bool", "boolean"),
            Map.entry("character varying", "varchar"),
            Map.entry("char varying", "varchar"),
            Map.entry("character", "char"),
            Map.entry("dec", "decimal"),
            Map.entry("numeric", "decimal"),
            Map.entry("float8", "double"),
            Map.entry("double precision", "double"),
            Map.entry("float4", "real"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamptz", "timestamp with time zone"));

    /** A longer chain of operators that differ is written flat, since nesting it would make it as deep as it is long. */
    private static final int LONGEST_NESTED = 100;

    /** Chains are joined into one up to this length; a value used twice in the next, used twice in the next, would double for ever. */
    private static final int LONGEST_FLAT = 4_096;

    private CanonicalWords() {}

    static String literal(Expression.Literal literal) {
        return switch (literal.kind()) {
            case STRING -> "'" + literal.text() + "'";
            case NUMBER, BOOLEAN, NULL, DEFAULT -> literal.text().toLowerCase(Locale.ROOT);
            case BYTES -> "b'" + literal.text() + "'";
            case JSON -> LiteralKind.JSON.name() + " " + literal.text();
        };
    }

    static String type(DataType type) {
        String name = type.name().toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder(TYPES.getOrDefault(name, name));
        if (!type.parameters().isEmpty()) {
            text.append(type.parameters().stream()
                    .map(parameter -> parameter instanceof Expression.Literal literal
                            ? literal.text()
                            : parameter instanceof Expression.Symbol symbol ? symbol.word() : "?")
                    .collect(Collectors.joining(",", "(", ")")));
        }
        if (!type.fields().isEmpty()) {
            text.append(type.fields().stream().map(CanonicalWords::field).collect(Collectors.joining(",", "<", ">")));
        }
        return text.append("[]".repeat(type.arrayDimensions())).toString();
    }

    private static String field(TypeField field) {
        String type = type(field.type());
        return field.name() == null ? type : field.name().text().toLowerCase(Locale.ROOT) + " " + type;
    }

    static String name(QualifiedName name) {
        return name.parts().stream()
                .map(part -> part.text().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("."));
    }

    /** A chain of operators: flat where they are all the same and free, from the left otherwise. */
    static Canon operation(List<Operator> operators, List<Canon> operands) {
        Operator first = operators.getFirst();
        if (operators.stream().allMatch(first::equals) && flat(first.kind())) {
            return flattened(symbol(first), free(first), operands);
        }
        if (operands.size() > LONGEST_NESTED) {
            return chain(operators, operands);
        }
        Canon result = operands.getFirst();
        for (int i = 0; i < operators.size(); i++) {
            result = binary(operators.get(i), result, operands.get(i + 1));
        }
        return result;
    }

    /** A chain too long to nest: flat, with its operators between the operands. */
    private static Canon chain(List<Operator> operators, List<Canon> operands) {
        List<Canon> parts = new ArrayList<>(2 * operands.size());
        parts.add(operands.getFirst());
        for (int i = 0; i < operators.size(); i++) {
            parts.add(Canon.text(symbol(operators.get(i))));
            parts.add(operands.get(i + 1));
        }
        return new Canon.Call("chain", parts);
    }

    private static Canon binary(Operator operator, Canon left, Canon right) {
        String symbol = symbol(operator);
        if (operator.kind() == Operator.Kind.COMPARE && symbol.startsWith(">")) {
            return new Canon.Operation(symbol.replace('>', '<'), false, List.of(right, left));
        }
        return new Canon.Operation(symbol, free(operator), List.of(left, right));
    }

    private static Canon flattened(String symbol, boolean free, List<Canon> operands) {
        List<Canon> flat = new ArrayList<>(operands.size());
        for (Canon operand : operands) {
            if (operand instanceof Canon.Operation inner
                    && inner.symbol().equals(symbol)
                    && flat.size() + inner.operands().size() <= LONGEST_FLAT) {
                flat.addAll(inner.operands());
            } else {
                flat.add(operand);
            }
        }
        return new Canon.Operation(symbol, free, flat);
    }

    private static boolean flat(Operator.Kind kind) {
        return kind == Operator.Kind.AND || kind == Operator.Kind.OR || kind == Operator.Kind.CONCATENATE;
    }

    private static boolean free(Operator operator) {
        return switch (operator.kind()) {
            case AND, OR, XOR, EQUAL, NOT_EQUAL, NULL_SAFE_EQUAL -> true;
            // a plus may put strings together
            case COMMUTATIVE_ARITHMETIC -> operator.symbol().equals("*");
            case COMPARE, ARITHMETIC, CONCATENATE, BITWISE, EXTRACT, ASSIGN, OTHER -> false;
        };
    }

    private static String symbol(Operator operator) {
        return switch (operator.kind()) {
            case AND -> "and";
            case OR -> "or";
            case EQUAL -> "=";
            case NOT_EQUAL -> "<>";
            case XOR,
                    NULL_SAFE_EQUAL,
                    COMPARE,
                    COMMUTATIVE_ARITHMETIC,
                    ARITHMETIC,
                    CONCATENATE,
                    BITWISE,
                    EXTRACT,
                    ASSIGN,
                    OTHER -> operator.symbol().toLowerCase(Locale.ROOT);
        };
    }

    /** The conditions that must all hold, one by one. */
    static List<Canon> conjuncts(Canon condition) {
        return condition instanceof Canon.Operation and && and.symbol().equals("and")
                ? and.operands()
                : List.of(condition);
    }
}
