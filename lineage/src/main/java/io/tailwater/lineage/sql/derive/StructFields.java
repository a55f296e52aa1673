package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.CaseBranch;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.LiteralKind;
import io.tailwater.lineage.sql.tree.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a value that is a structure, each with what it depends on itself, where the text or the catalog tells them: of {@code STRUCT(…)}, of the row of a
 * relation, of a column whose declared type names them, of a query's row, and of whatever passes one of these on unchanged. Asked only after the value itself was
 * derived in the same place; notes nothing.
 */
final class StructFields {

    /** Functions that give one of the values of their first argument, or an array of them. */
    private static final Set<String> PASS_FIRST = Set.of(
            "any_value",
            "max_by",
            "min_by",
            "arg_max",
            "arg_min",
            "argmax",
            "argmin",
            "first",
            "last",
            "first_value",
            "last_value",
            "nth_value",
            "lag",
            "lead",
            "array",
            "array_agg",
            "array_concat_agg",
            "array_first",
            "array_last",
            "array_reverse",
            "array_slice",
            "nullif");

    private static final Set<String> PASS_ANY = Set.of("coalesce", "ifnull", "nvl", "array_concat");

    private final Derivation derivation;
    private final Map<Expression.StructConstructor, List<OutputPart>> constructed = new IdentityHashMap<>();
    private final Map<Query, List<OutputPart>> rows = new IdentityHashMap<>();

    StructFields(Derivation derivation) {
        this.derivation = derivation;
    }

    /** Keeps the fields of a constructor that was just derived. */
    void remember(Expression.StructConstructor struct, List<OutputPart> fields) {
        constructed.put(struct, fields);
    }

    /** Keeps the output of a query in value position that was just derived, if its one value is a structure. */
    void remember(Query query, List<OutputPart> output) {
        if (output.size() == 1
                && output.getFirst() instanceof ScopeColumn only
                && !only.fields().isEmpty()) {
            rows.put(query, only.fields());
        } else {
            rows.remove(query);
        }
    }

    /** The fields of a value; empty where they are not known. */
    List<OutputPart> of(Expression value, Env env) {
        return switch (value) {
            case Expression.ColumnReference reference -> reference(reference, env);
            case Expression.Aliased aliased -> of(aliased.value(), env);
            case Expression.StructConstructor struct -> constructed.getOrDefault(struct, List.of());
            case Expression.Subquery subquery -> rows.getOrDefault(subquery.query(), List.of());
            case Expression.FunctionCall call -> call(call, env);
            case Expression.Case choice -> choice(choice, env);
            case Expression.Subscript subscript -> of(subscript.base(), env);
            case Expression.ArrayConstructor array -> either(array.elements(), List.of(), env);
            case Expression.FieldAccess access -> {
                ScopeColumn field =
                        field(of(access.base(), env), derivation.names().column(access.field()));
                yield field == null ? List.of() : ofColumn(field);
            }
            case Expression.Cast cast -> {
                Sink sink = quietly(cast.value(), env, Use.VALUE.transformed());
                yield fields(CanonicalWords.type(cast.type()), sink.dependencies(), cast.value());
            }
            default -> List.of();
        };
    }

    /** The fields of a column: those it was made of, else those that its type names. */
    List<OutputPart> ofColumn(ScopeColumn column) {
        if (!column.fields().isEmpty()) {
            return column.fields();
        }
        List<OutputPart> fields = new ArrayList<>();
        for (StructType.Field field : StructType.fields(column.type())) {
            String name = derivation.names().rules().column(field.name(), true);
            fields.add(new ScopeColumn(
                    name,
                    field.name(),
                    true,
                    column.dependencies(),
                    Canon.call("field " + name, column.canon()),
                    null,
                    column.windowed(),
                    RoutineTypes.isKnown(field.type()) ? field.type() : null,
                    column.range()));
        }
        return fields;
    }

    /** The field that a path of names leads to; null where it is not known. */
    @Nullable
    ScopeColumn at(ScopeColumn column, List<String> path) {
        ScopeColumn at = column;
        for (String name : path) {
            at = field(ofColumn(at), name);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** What a query offers: the fields, where its rows are structures without a name ({@code SELECT AS STRUCT}, {@code SELECT AS VALUE}). */
    static List<OutputPart> opened(List<OutputPart> parts) {
        boolean value = parts.size() == 1
                && parts.getFirst() instanceof ScopeColumn only
                && !only.named()
                && !only.fields().isEmpty();
        if (!value) {
            return parts;
        }
        ScopeColumn struct = (ScopeColumn) parts.getFirst();
        return fieldsSeenThrough(struct.fields(), struct.canon());
    }

    /** Fields as they are read from a value. */
    static List<OutputPart> fieldsSeenThrough(List<OutputPart> fields, Canon value) {
        List<OutputPart> seen = new ArrayList<>();
        for (OutputPart field : fields) {
            seen.add(
                    switch (field) {
                        case ScopeColumn column ->
                            column.withCanon(Canon.call("field " + column.name(), value))
                                    .withoutOrigin();
                        case OpenTable open -> open.seenThrough(inner -> Canon.call("field", inner, value));
                    });
        }
        return seen;
    }

    private List<OutputPart> reference(Expression.ColumnReference reference, Env env) {
        return switch (derivation.resolver().resolve(reference, env)) {
            case Resolution.Found found -> {
                ScopeColumn column = at(found.column(), found.fields());
                yield column == null ? List.of() : ofColumn(column);
            }
            case Resolution.WholeRow row -> row(row.source());
            case Resolution.NoColumn word -> List.of();
            case Resolution.Open open -> List.of();
        };
    }

    private static List<OutputPart> row(Source source) {
        return source.anyColumn() == null ? source.parts() : List.of();
    }

    private static @Nullable ScopeColumn field(List<OutputPart> fields, String name) {
        ScopeColumn possible = null;
        for (OutputPart part : fields) {
            switch (part) {
                case ScopeColumn column -> {
                    if (column.name().equals(name)) {
                        return column;
                    }
                }
                case OpenTable open -> possible = possible == null ? open.column(name) : possible;
            }
        }
        return possible;
    }

    private List<OutputPart> call(Expression.FunctionCall call, Env env) {
        String name = call.name().parts().getLast().text().toLowerCase(Locale.ROOT);
        List<Expression> arguments = call.arguments();
        String returned = returnType(call);
        if (returned != null) {
            Set<Dependency> all = new LinkedHashSet<>();
            for (Expression argument : arguments) {
                all.addAll(quietly(argument, env, Use.VALUE.transformed()).dependencies());
            }
            return fields(returned, List.copyOf(all), call);
        }
        if (arguments.isEmpty() || call.name().parts().size() > 1) {
            return List.of();
        }
        if (FunctionKinds.conditionFirst(name) && arguments.size() == 3) {
            return either(arguments.subList(1, 3), List.of(arguments.getFirst()), env);
        }
        if (PASS_ANY.contains(name)) {
            return either(arguments, List.of(), env);
        }
        if (!PASS_FIRST.contains(name)) {
            return List.of();
        }
        Use use = FunctionKinds.aggregate(name) ? Use.VALUE.aggregated() : Use.VALUE.transformed();
        return each(of(arguments.getFirst(), env), use, List.of());
    }

    private @Nullable String returnType(Expression.FunctionCall call) {
        TableRef name = derivation.names().table(call.name());
        String own = derivation.session().returnType(name);
        return own != null
                ? own
                : derivation.catalog().returnType(derivation.session().qualify(name));
    }

    private List<OutputPart> choice(Expression.Case choice, Env env) {
        List<Expression> results = new ArrayList<>();
        List<Expression> conditions = new ArrayList<>();
        if (choice.operand() != null) {
            conditions.add(choice.operand());
        }
        for (CaseBranch branch : choice.branches()) {
            conditions.add(branch.condition());
            results.add(branch.result());
        }
        if (choice.otherwise() != null) {
            results.add(choice.otherwise());
        }
        return either(results, conditions, env);
    }

    /** The fields of one of several values, under the names of the first; none if those of one are not known. */
    private List<OutputPart> either(List<Expression> values, List<Expression> conditions, Env env) {
        List<OutputPart> together = List.of();
        for (Expression value : values) {
            if (value instanceof Expression.Literal literal && literal.kind() == LiteralKind.NULL) {
                continue;
            }
            List<OutputPart> fields = of(value, env);
            if (fields.isEmpty()) {
                return List.of();
            }
            together = together.isEmpty()
                    ? fields
                    : new SetOperationDeriver(derivation, derivation.queries()).alike(together, fields, value.range());
        }
        if (together.isEmpty()) {
            return together;
        }
        List<Dependency> chosenBy = new ArrayList<>();
        conditions.forEach(condition ->
                chosenBy.addAll(quietly(condition, env, Use.VALUE.conditional()).dependencies()));
        return each(together, Use.VALUE.transformed(), chosenBy);
    }

    private List<OutputPart> each(List<OutputPart> fields, Use use, Collection<Dependency> besides) {
        derivation.effort().spend(fields.size() + (long) fields.size() * besides.size());
        List<OutputPart> result = new ArrayList<>();
        for (OutputPart field : fields) {
            result.add(
                    switch (field) {
                        case OpenTable open -> open;
                        case ScopeColumn column -> {
                            Set<Dependency> all = new LinkedHashSet<>();
                            column.dependencies().forEach(dependency -> all.add(use.of(dependency)));
                            all.addAll(besides);
                            yield column.withDependencies(List.copyOf(all)).withoutOrigin();
                        }
                    });
        }
        return result;
    }

    private List<OutputPart> fields(String type, List<Dependency> dependencies, Expression at) {
        ScopeColumn typed = new ScopeColumn(
                "value", "value", false, dependencies, Canon.text("value"), null, false, type, at.range());
        return ofColumn(typed);
    }

    private Sink quietly(Expression expression, Env env, Use use) {
        Notes before = derivation.exchangeNotes(new Notes());
        Sink sink = new Sink();
        derivation.expressions().derive(expression, env, use, sink);
        derivation.exchangeNotes(before);
        derivation
                .effort()
                .spend(1 + expression.range().end() - expression.range().start());
        return sink;
    }
}
