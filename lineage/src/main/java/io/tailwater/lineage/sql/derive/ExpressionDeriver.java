package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.CaseBranch;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Operator;
import io.tailwater.lineage.sql.tree.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks an expression: tells what it depends on and what its canonical form is. */
final class ExpressionDeriver {

    private final Derivation derivation;
    private final CallDeriver calls;

    ExpressionDeriver(Derivation derivation) {
        this.derivation = derivation;
        this.calls = new CallDeriver(derivation, this);
    }

    /** Adds to {@code sink} what {@code expression} depends on when it is used as said; gives its canonical form. */
    Canon derive(Expression expression, Env env, Use use, Sink sink) {
        return switch (expression) {
            case Expression.Literal literal -> Canon.text(CanonicalWords.literal(literal));
            case Expression.TypedLiteral literal ->
                Canon.text(CanonicalWords.type(literal.type()) + " " + CanonicalWords.literal(literal.value()));
            case Expression.Symbol symbol -> Canon.text(symbol.word().toLowerCase(Locale.ROOT));
            case Expression.Parameter parameter -> Canon.text(parameter.text());
            case Expression.UnparsedExpression unparsed -> derivation.unparsed(unparsed.reason(), unparsed.range());
            case Expression.ColumnReference reference -> column(reference, env, use, sink);
            case Expression.Star star -> star(star, env, use.transformed(), sink);
            case Expression.ColumnsPattern pattern ->
                allColumns(env.scope().sources(), use.transformed(), sink, pattern.range());
            case Expression.FunctionCall call -> calls.derive(call, env, use, sink);
            case Expression.NamedArgument argument ->
                Canon.call(
                        argument.name().text().toLowerCase(Locale.ROOT) + " =>",
                        derive(argument.value(), env, use, sink));
            case Expression.Aliased aliased -> derive(aliased.value(), env, use, sink);
            case Expression.TableArgument argument -> tableArgument(argument, env, use, sink);
            case Expression.Lambda lambda -> lambda(lambda, env, use, sink);
            case Expression.Case choice -> choice(choice, env, use, sink);
            case Expression.Cast cast ->
                new Canon.Call(
                        cast.safe() ? "try_cast" : "cast",
                        List.of(
                                derive(cast.value(), env, use.transformed(), sink),
                                Canon.text("as " + CanonicalWords.type(cast.type()))));
            case Expression.In in -> in(in, env, use.transformed(), sink);
            case Expression.Exists exists ->
                Canon.call("exists", subquery(exists.query(), env, use.transformed(), sink, false));
            case Expression.Subquery subquery -> subquery(subquery.query(), env, use.transformed(), sink, true);
            case Expression.Quantified quantified ->
                Canon.call(
                        quantified.quantifier().name().toLowerCase(Locale.ROOT),
                        derive(quantified.operand(), env, use.transformed(), sink));
            case Expression.Between between ->
                all(
                        (between.negated() ? "not " : "") + (between.symmetric() ? "between symmetric" : "between"),
                        env,
                        use,
                        sink,
                        between.value(),
                        between.low(),
                        between.high());
            case Expression.Like like ->
                all(
                        (like.negated() ? "not " : "") + like.kind().name().toLowerCase(Locale.ROOT),
                        env,
                        use,
                        sink,
                        like.value(),
                        like.pattern(),
                        like.escape());
            case Expression.Is is ->
                all(
                        "is " + (is.negated() ? "not " : "") + is.test().name().toLowerCase(Locale.ROOT),
                        env,
                        use,
                        sink,
                        is.value(),
                        is.operand());
            case Expression.Unary unary -> unary(unary, env, use, sink);
            case Expression.Operation operation -> operation(operation, env, use, sink);
            case Expression.ArrayConstructor array -> list("array", array.elements(), env, use, sink);
            case Expression.Row row -> list("row", row.elements(), env, use, sink);
            case Expression.StructConstructor struct -> struct(struct, env, use, sink);
            case Expression.MapConstructor map ->
                Canon.call(
                        "map", list("keys", map.keys(), env, use, sink), list("values", map.values(), env, use, sink));
            case Expression.Subscript subscript ->
                Canon.call(
                        "element",
                        derive(subscript.base(), env, use.transformed(), sink),
                        list("at", subscript.indexes(), env, use, sink));
            case Expression.Slice slice -> all("slice", env, use, sink, slice.lower(), slice.upper(), slice.step());
            case Expression.FieldAccess access ->
                Canon.call(
                        "field " + access.field().text().toLowerCase(Locale.ROOT),
                        derive(access.base(), env, use.transformed(), sink));
            case Expression.VariantPath path ->
                Canon.call(
                        "path",
                        derive(path.base(), env, use.transformed(), sink),
                        list("steps", path.steps(), env, use, sink));
            case Expression.Interval interval ->
                Canon.call(
                        "interval " + interval.unit() + " " + interval.toUnit(),
                        derive(interval.value(), env, use.transformed(), sink));
            case Expression.AtTimeZone zoned -> all("at time zone", env, use, sink, zoned.value(), zoned.zone());
            case Expression.Collate collate ->
                Canon.call(
                        "collate " + CanonicalWords.name(collate.collation()),
                        derive(collate.value(), env, use.transformed(), sink));
        };
    }

    // --- columns
    // ---------------------------------------------------------------------------------------------------------

    private Canon column(Expression.ColumnReference reference, Env env, Use use, Sink sink) {
        Resolution resolution = derivation.resolver().resolve(reference, env);
        return switch (resolution) {
            case Resolution.Found found -> {
                if (found.fields().isEmpty()) {
                    yield take(found.column(), use, sink, reference);
                }
                ScopeColumn field = found.column().fields().isEmpty()
                        ? null
                        : derivation.structFields().at(found.column(), found.fields());
                Canon value = field == null
                        ? take(found.column(), use, sink, reference)
                        : take(field.withCanon(found.column().canon()), use, sink, reference);
                yield Canon.call("field " + String.join(".", found.fields()), value);
            }
            case Resolution.WholeRow row -> {
                allColumns(List.of(row.source()), use.transformed(), sink, reference.range());
                yield Canon.call("row", wholeRow(row.source()));
            }
            case Resolution.NoColumn word -> Canon.text(word.word());
            case Resolution.Open open -> {
                sink.add(new UpstreamColumn(null, open.name()), use);
                derivation
                        .notes()
                        .unresolved(open.name(), open.reason(), open.detail(), open.candidates(), reference.range());
                yield Canon.text("?" + open.name());
            }
        };
    }

    private Canon take(ScopeColumn column, Use use, Sink sink, Expression at) {
        sink.add(column, use);
        if (column.origin() != null) {
            derivation.notes().use(column.origin(), use.role(), at.range());
        }
        return column.canon();
    }

    private static Canon wholeRow(Source source) {
        List<Canon> parts = new ArrayList<>();
        for (OutputPart part : source.parts()) {
            parts.add(
                    switch (part) {
                        case ScopeColumn column -> column.canon();
                        case OpenTable open -> open.canon();
                    });
        }
        return new Canon.Call("all", parts);
    }

    private Canon star(Expression.Star star, Env env, Use use, Sink sink) {
        if (star.source() instanceof Expression.ColumnReference reference) {
            Resolution resolution = derivation.resolver().resolve(reference, env);
            if (resolution instanceof Resolution.WholeRow row) {
                return allColumns(List.of(row.source()), use, sink, star.range());
            }
            return Canon.call("star", column(reference, env, use, sink));
        }
        if (star.source() != null) {
            return Canon.call("star", derive(star.source(), env, use, sink));
        }
        return allColumns(env.scope().sources(), use, sink, star.range());
    }

    /** Depends on every column of the relations: {@code to_json(t)}, {@code hash(*)}. */
    private Canon allColumns(
            List<Source> sources, Use use, Sink sink, io.tailwater.lineage.sql.tree.SourceRange range) {
        List<Canon> canons = new ArrayList<>();
        for (Source source : sources) {
            for (OutputPart part : source.parts()) {
                switch (part) {
                    case ScopeColumn column -> {
                        sink.add(column, use);
                        canons.add(column.canon());
                        if (column.origin() != null) {
                            derivation.notes().use(column.origin(), use.role(), range);
                        }
                    }
                    case OpenTable open -> {
                        sink.add(new UpstreamColumn(open.table(), UpstreamColumn.ALL), use);
                        canons.add(open.canon());
                    }
                }
            }
            if (source.anyColumn() != null) {
                sink.add(source.anyColumn(), use);
                canons.add(source.anyColumn().canon());
            }
        }
        return new Canon.Call("all", canons);
    }

    // --- choices and operators
    // -------------------------------------------------------------------------------------------

    private Canon choice(Expression.Case choice, Env env, Use use, Sink sink) {
        List<Canon> parts = new ArrayList<>();
        if (choice.operand() != null) {
            parts.add(Canon.call("of", derive(choice.operand(), env, use.conditional(), sink)));
        }
        for (CaseBranch branch : choice.branches()) {
            parts.add(Canon.call(
                    "when",
                    derive(branch.condition(), env, use.conditional(), sink),
                    derive(branch.result(), env, use.transformed(), sink)));
        }
        if (choice.otherwise() != null) {
            Canon otherwise = derive(choice.otherwise(), env, use.transformed(), sink);
            if (!otherwise.equals(Canon.text("null"))) {
                parts.add(Canon.call("else", otherwise));
            }
        }
        return new Canon.Call("case", parts);
    }

    private Canon unary(Expression.Unary unary, Env env, Use use, Sink sink) {
        String operator = unary.operator().toLowerCase(Locale.ROOT);
        Canon operand = derive(unary.operand(), env, use.transformed(), sink);
        return operator.equals("+") && !unary.postfix() ? operand : Canon.call(operator, operand);
    }

    private Canon operation(Expression.Operation operation, Env env, Use use, Sink sink) {
        if (operation.operators().getFirst().kind() == Operator.Kind.ASSIGN) {
            return derive(operation.operands().getLast(), env, use, sink);
        }
        List<Canon> operands = new ArrayList<>(operation.operands().size());
        for (Expression operand : operation.operands()) {
            operands.add(derive(operand, env, use.transformed(), sink));
        }
        return CanonicalWords.operation(operation.operators(), operands);
    }

    private Canon in(Expression.In in, Env env, Use use, Sink sink) {
        Canon value = derive(in.value(), env, use, sink);
        List<Canon> candidates = new ArrayList<>();
        for (Expression candidate : in.candidates()) {
            candidates.add(derive(candidate, env, use, sink));
        }
        Canon set = candidates.size() == 1 ? candidates.getFirst() : new Canon.Operation("or", true, candidates);
        return Canon.call(in.negated() ? "not in" : "in", value, set);
    }

    private Canon struct(Expression.StructConstructor struct, Env env, Use use, Sink sink) {
        List<Canon> fields = new ArrayList<>();
        List<OutputPart> known = new ArrayList<>();
        for (Expression field : struct.fields()) {
            Sink own = new Sink();
            Canon value = derive(field, env, use.transformed(), own);
            sink.include(own);
            known.add(SelectList.field(derivation, field, struct, known.size(), own, value, env));
            fields.add(
                    field instanceof Expression.Aliased named
                            ? Canon.call("as " + named.alias().text().toLowerCase(Locale.ROOT), value)
                            : value);
        }
        derivation.structFields().remember(struct, known);
        return new Canon.Call("struct", fields);
    }

    private Canon lambda(Expression.Lambda lambda, Env env, Use use, Sink sink) {
        Set<String> parameters = new HashSet<>();
        for (Identifier parameter : lambda.parameters()) {
            parameters.add(derivation.names().column(parameter));
        }
        return Canon.call(
                "lambda " + parameters, derive(lambda.body(), env.withLocals(parameters), use.transformed(), sink));
    }

    Canon list(String name, List<? extends Expression> expressions, Env env, Use use, Sink sink) {
        List<Canon> parts = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            parts.add(derive(expression, env, use.transformed(), sink));
        }
        return new Canon.Call(name, parts);
    }

    private Canon all(String name, Env env, Use use, Sink sink, @Nullable Expression... expressions) {
        List<Canon> parts = new ArrayList<>(expressions.length);
        for (Expression expression : expressions) {
            if (expression != null) {
                parts.add(derive(expression, env, use.transformed(), sink));
            }
        }
        return new Canon.Call(name, parts);
    }

    // --- queries inside expressions
    // --------------------------------------------------------------------------------------

    /** A query in value position. Its output gives the value unless only its existence counts; what decides its rows shapes the value. */
    Canon subquery(Query query, Env env, Use use, Sink sink, boolean value) {
        QueryOutput output = derivation.queries().derive(query, env.over(env.scope()));
        derivation.structFields().remember(query, output.parts());
        if (value) {
            for (OutputPart part : output.parts()) {
                switch (part) {
                    case ScopeColumn column -> sink.add(column, use);
                    case OpenTable open -> sink.add(new UpstreamColumn(open.table(), UpstreamColumn.ALL), use);
                }
            }
        }
        for (Dependency.Indirect row : output.rowDependencies()) {
            sink.addAll(List.of(use.direct() == null ? use.of(row) : row));
        }
        return new Canon.Nested(value ? output.form() : output.form().withColumns(List.of()));
    }

    private Canon tableArgument(Expression.TableArgument argument, Env env, Use use, Sink sink) {
        FromPart part =
                derivation.relations().derive(argument.relation(), env.over(env.scope()), FromPart.NOTHING, false);
        allColumns(part.sources(), use.transformed(), sink, argument.range());
        sink.addAll(part.rowDependencies());
        List<Canon> read = new ArrayList<>();
        part.sources().forEach(source -> read.add(wholeRow(source)));
        return new Canon.Call("table", read);
    }
}
