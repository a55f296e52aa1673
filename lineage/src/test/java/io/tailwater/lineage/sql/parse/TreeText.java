package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.LiteralKind;
import io.tailwater.lineage.sql.tree.Node;
import io.tailwater.lineage.sql.tree.Operator;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes trees in short, for tests: names and literals as in SQL, other nodes as {@code Type(component: value)} without ranges and what is empty. */
final class TreeText {

    private TreeText() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Identifier name -> name.quote() == QuoteStyle.NONE ? name.text() : "\"" + name.text() + "\"";
            case QualifiedName name -> dotted(name.parts());
            case Expression.ColumnReference column -> dotted(column.parts()) + (column.outerJoinMark() ? "(+)" : "");
            case Expression.Literal literal ->
                literal.kind() == LiteralKind.STRING ? "'" + literal.text() + "'" : literal.text();
            case Expression.Operation operation -> operation(operation);
            case Expression.Parameter parameter -> parameter.text();
            case Expression.Symbol symbol -> "`" + symbol.word() + "`";
            case Operator operator -> operator.symbol();
            case Node node -> node(node);
            case Collection<?> many -> many.stream().map(TreeText::of).collect(Collectors.joining(", ", "[", "]"));
            default -> String.valueOf(value);
        };
    }

    private static String dotted(List<Identifier> parts) {
        return parts.stream().map(TreeText::of).collect(Collectors.joining("."));
    }

    private static String operation(Expression.Operation operation) {
        StringBuilder text =
                new StringBuilder("(").append(of(operation.operands().get(0)));
        for (int i = 0; i < operation.operators().size(); i++) {
            text.append(' ')
                    .append(operation.operators().get(i).symbol())
                    .append(' ')
                    .append(of(operation.operands().get(i + 1)));
        }
        return text.append(')').toString();
    }

    private static String node(Node node) {
        List<String> parts = new ArrayList<>();
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            Object value = valueOf(node, component);
            if (!isEmpty(value)) {
                parts.add(component.getName() + ": " + of(value));
            }
        }
        return node.getClass().getSimpleName() + "(" + String.join(", ", parts) + ")";
    }

    private static @Nullable Object valueOf(Node node, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value instanceof SourceRange
                || value instanceof Collection<?> many && many.isEmpty()
                || Boolean.FALSE.equals(value)
                || value instanceof Integer number && number == 0
                || value instanceof Enum<?> word
                        && (word.name().equals("UNSPECIFIED") || word.name().equals("ROWS"));
    }
}
