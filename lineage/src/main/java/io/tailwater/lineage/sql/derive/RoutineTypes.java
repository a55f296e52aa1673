package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What functions return, as far as their definition names the fields of a structure. */
public final class RoutineTypes {
    private static final String ANY = "any";
    private static final int DEEPEST = 20;

    private RoutineTypes() {}

    /** The type a function returns if it is a structure or an array of structures whose fields are named; else null. */
    public static @Nullable String of(Ddl.CreateRoutine routine) {
        if (routine.returns() != null) {
            String type = CanonicalWords.type(routine.returns());
            return StructType.fields(type).isEmpty() ? null : type;
        }
        Expression result = routine.result();
        String type = result == null ? ANY : typeOf(result, 0);
        return type.equals(ANY) ? null : type;
    }

    /** Whether a type says anything. */
    static boolean isKnown(@Nullable String type) {
        return type != null && !type.equals(ANY);
    }

    private static String typeOf(Expression value, int depth) {
        if (depth > DEEPEST) {
            return ANY;
        }
        return switch (value) {
            case Expression.Aliased aliased -> typeOf(aliased.value(), depth);
            case Expression.Cast cast -> CanonicalWords.type(cast.type());
            case Expression.StructConstructor struct -> struct(struct, depth);
            case Expression.FunctionCall call -> {
                String name = call.name().parts().getLast().text();
                boolean chooses = call.arguments().size() == 3 && name.equalsIgnoreCase("if");
                yield chooses ? typeOf(call.arguments().get(1), depth + 1) : ANY;
            }
            case Expression.Case choice ->
                choice.branches().isEmpty()
                        ? ANY
                        : typeOf(choice.branches().getFirst().result(), depth + 1);
            default -> ANY;
        };
    }

    private static String struct(Expression.StructConstructor struct, int depth) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < struct.fields().size(); i++) {
            Identifier name = SelectList.fieldName(struct, i);
            if (name == null) {
                return ANY;
            }
            fields.add("`" + name.text() + "` " + typeOf(struct.fields().get(i), depth + 1));
        }
        return fields.isEmpty() ? ANY : "struct<" + String.join(", ", fields) + ">";
    }
}
