package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.tree.CaseBranch;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.LiteralKind;
import io.tailwater.lineage.sql.tree.Operator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The type of an expression where it follows from the text or the catalog; null everywhere else. */
final class TypeInference {

    private TypeInference() {}

    static @Nullable String of(Expression expression, Env env, Derivation derivation) {
        return switch (expression) {
            case Expression.Cast cast -> CanonicalWords.type(cast.type());
            case Expression.TypedLiteral literal -> CanonicalWords.type(literal.type());
            case Expression.Literal literal -> literal.kind() == LiteralKind.BOOLEAN ? "boolean" : null;
            case Expression.In in -> "boolean";
            case Expression.Exists exists -> "boolean";
            case Expression.Between between -> "boolean";
            case Expression.Like like -> "boolean";
            case Expression.Is is -> "boolean";
            case Expression.ColumnReference reference ->
                derivation.resolver().resolve(reference, env) instanceof Resolution.Found found
                                && found.fields().isEmpty()
                        ? found.column().type()
                        : null;
            case Expression.Operation operation ->
                operation(operation.operators().getFirst());
            case Expression.FunctionCall call -> function(call, env, derivation);
            case Expression.Case choice -> choice(choice, env, derivation);
            default -> null;
        };
    }

    private static @Nullable String operation(Operator operator) {
        return switch (operator.kind()) {
            case AND, OR, XOR, EQUAL, NOT_EQUAL, NULL_SAFE_EQUAL, COMPARE -> "boolean";
            case CONCATENATE -> "varchar";
            case COMMUTATIVE_ARITHMETIC, ARITHMETIC, BITWISE, EXTRACT, ASSIGN, OTHER -> null;
        };
    }

    private static @Nullable String function(Expression.FunctionCall call, Env env, Derivation derivation) {
        String name = call.name().parts().getLast().text().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "count", "row_number", "rank", "dense_rank", "approx_count_distinct" -> "bigint";
            case "current_date" -> "date";
            case "lower", "upper", "trim", "ltrim", "rtrim", "concat", "substr", "substring", "replace" -> "varchar";
            case "min", "max", "coalesce", "any_value", "first_value", "last_value", "lag", "lead", "nullif" ->
                call.arguments().isEmpty() ? null : of(call.arguments().getFirst(), env, derivation);
            default -> null;
        };
    }

    private static boolean isNull(Expression expression) {
        return expression instanceof Expression.Literal literal && literal.kind() == LiteralKind.NULL;
    }

    private static @Nullable String choice(Expression.Case choice, Env env, Derivation derivation) {
        String type = null;
        for (CaseBranch branch : choice.branches()) {
            if (isNull(branch.result())) {
                continue;
            }
            String each = of(branch.result(), env, derivation);
            if (each == null || type != null && !type.equals(each)) {
                return null;
            }
            type = each;
        }
        // without ELSE the rest is null, which fits any type
        Expression otherwise = choice.otherwise();
        if (otherwise == null || isNull(otherwise)) {
            return type;
        }
        String rest = of(otherwise, env, derivation);
        return type == null || type.equals(rest) ? rest : null;
    }
}
