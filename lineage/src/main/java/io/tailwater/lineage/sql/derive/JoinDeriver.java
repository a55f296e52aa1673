package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.canonical.OuterForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.DirectUse;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Join;
import io.tailwater.lineage.sql.tree.JoinKind;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chains of joins: how rows meet, and which columns USING and NATURAL merge. */
final class JoinDeriver {

    /** How often what stands to the left is copied while one more relation is joined to it. */
    private static final long COPIES = 3;

    private final Derivation derivation;
    private final RelationDeriver relations;

    JoinDeriver(Derivation derivation, RelationDeriver relations) {
        this.derivation = derivation;
        this.relations = relations;
    }

    FromPart derive(Relation.Joined joined, Env outer, FromPart left, boolean nullSupplied) {
        List<Join> steps = joined.joins();
        int supplying = lastSupplyingNulls(steps);
        FromPart current = relations.derive(joined.first(), outer, left, nullSupplied || supplying >= 0);
        for (int i = 0; i < steps.size(); i++) {
            Join step = steps.get(i);
            boolean nullable = nullSupplied || outerRight(step.kind()) || supplying > i;
            FromPart right = relations.derive(step.right(), outer, left.beside(current), nullable);
            current = join(current, right, step, outer, left);
        }
        return joined.alias() == null ? current : underOneName(current, joined);
    }

    /** The last join that may put nulls in place of rows to its left, or -1. */
    private static int lastSupplyingNulls(List<Join> steps) {
        int last = steps.size() - 1;
        while (last >= 0 && steps.get(last).kind() != JoinKind.RIGHT && steps.get(last).kind() != JoinKind.FULL) {
            last--;
        }
        return last;
    }

    private static boolean outerRight(JoinKind kind) {
        return switch (kind) {
            case LEFT, FULL, OUTER_APPLY, ASOF_LEFT, LEFT_ARRAY -> true;
            case INNER, RIGHT, CROSS, CROSS_APPLY, SEMI, ANTI, RIGHT_SEMI, RIGHT_ANTI, ASOF, POSITIONAL, ARRAY -> false;
        };
    }

    /** Joins {@code right} to {@code current}; {@code left} are relations beside the whole chain, which conditions may see too. */
    FromPart join(FromPart current, FromPart right, Join step, Env outer, FromPart left) {
        derivation.effort().spend(COPIES * (current.sources().size() + current.rowDependencies().size()));
        FromPart both = current.beside(right);
        Sink sink = new Sink();
        List<Canon> on = new ArrayList<>();
        if (step.on() != null) {
            Env env = outer.over(left.beside(both).scope(outer.scope()));
            on.addAll(CanonicalWords.conjuncts(derivation.expressions().derive(step.on(), env, Use.JOIN, sink)));
            on.removeIf(condition -> condition.equals(Canon.text("true")));
        }
        List<ScopeColumn> merged = new ArrayList<>();
        for (String name : mergedNames(current, right, step)) {
            ScopeColumn column = merge(name, current, right, step, sink, on);
            if (column != null) {
                merged.add(column);
            }
        }
        Set<Dependency.Indirect> rows = sink.rows();
        FromPart result = both.withJoins(form(current.joins(), right.joins(), step.kind(), on))
                .withSources(visible(current.sources(), right.sources(), step.kind()))
                .withRows(rows);
        for (ScopeColumn column : merged) {
            result = result.withMerged(column);
        }
        return result;
    }

    private static List<Source> visible(List<Source> left, List<Source> right, JoinKind kind) {
        List<Source> all = new ArrayList<>();
        boolean hideLeft = kind == JoinKind.RIGHT_SEMI || kind == JoinKind.RIGHT_ANTI;
        boolean hideRight = kind == JoinKind.SEMI || kind == JoinKind.ANTI;
        left.forEach(source -> all.add(hideLeft ? source.hidden() : source));
        right.forEach(source -> all.add(hideRight ? source.hidden() : source));
        return all;
    }

    private static JoinForm form(JoinForm left, JoinForm right, JoinKind kind, List<Canon> on) {
        return switch (kind) {
            case INNER, CROSS, CROSS_APPLY, ARRAY -> left.inner(right, on);
            case LEFT, OUTER_APPLY, LEFT_ARRAY -> leftJoin(left, right, on);
            case RIGHT -> leftJoin(right, left, on);
            case FULL ->
                new JoinForm(
                        List.of(),
                        List.of(),
                        List.of(new OuterForm("FULL", right, on, left)),
                        Math.max(left.folds(), right.folds()));
            case SEMI -> left.with(new OuterForm("SEMI", right, on, null));
            case ANTI -> left.with(new OuterForm("ANTI", right, on, null));
            case RIGHT_SEMI -> right.with(new OuterForm("SEMI", left, on, null));
            case RIGHT_ANTI -> right.with(new OuterForm("ANTI", left, on, null));
            case ASOF, ASOF_LEFT, POSITIONAL -> left.with(new OuterForm(kind.name(), right, on, null));
        };
    }

    /** A condition on the joined relation alone means the same inside it and in ON. */
    private static JoinForm leftJoin(JoinForm left, JoinForm right, List<Canon> on) {
        List<Canon> all = new ArrayList<>(on);
        all.addAll(right.conditions());
        JoinForm joined = new JoinForm(right.instances(), List.of(), right.outer(), right.folds());
        return left.inner(new JoinForm(List.of(), List.of(), List.of(), right.folds()), List.of())
                .with(new OuterForm("LEFT", joined, all, null));
    }

    // --- USING and NATURAL
    // -----------------------------------------------------------------------------------------------

    private List<String> mergedNames(FromPart left, FromPart right, Join step) {
        if (!step.using().isEmpty()) {
            return derivation.names().columns(step.using());
        }
        if (!step.natural()) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        boolean complete = true;
        for (Source source : left.sources()) {
            for (OutputPart part : source.parts()) {
                switch (part) {
                    case ScopeColumn column -> {
                        if (right.sources().stream().anyMatch(other -> other.known(column.name()) != null)) {
                            names.add(column.name());
                        }
                    }
                    case OpenTable open -> complete = false;
                }
            }
        }
        complete &= right.sources().stream()
                .flatMap(source -> source.parts().stream())
                .noneMatch(OpenTable.class::isInstance);
        if (!complete) {
            derivation
                    .notes()
                    .unresolved(
                            "NATURAL JOIN",
                            Unresolved.Reason.UNKNOWN_COLUMNS,
                            "which columns are joined depends on columns that are not known",
                            List.of(),
                            step.range());
        }
        return List.copyOf(names);
    }

    private @Nullable ScopeColumn merge(
            String name, FromPart left, FromPart right, Join step, Sink sink, List<Canon> on) {
        SourceRange range = rangeOf(name, step);
        ScopeColumn from = left.merged().get(name);
        if (from == null) {
            from = only(name, left.sources(), range);
        }
        ScopeColumn to = only(name, right.sources(), range);
        if (from == null || to == null) {
            return from != null ? from : to;
        }
        for (ScopeColumn side : List.of(from, to)) {
            sink.add(side, Use.JOIN);
            if (side.origin() != null) {
                derivation.notes().use(side.origin(), Use.JOIN.role(), range);
            }
        }
        on.add(new Canon.Operation("=", true, List.of(from.canon(), to.canon())));
        return merged(name, from, to, step.kind());
    }

    private SourceRange rangeOf(String name, Join step) {
        for (Identifier column : step.using()) {
            if (derivation.names().column(column).equals(name)) {
                return column.range();
            }
        }
        return step.range();
    }

    /** The column of that name that the relations offer; noted as unresolved when there is not exactly one. */
    private @Nullable ScopeColumn only(String name, List<Source> sources, SourceRange range) {
        List<ScopeColumn> found = new ArrayList<>();
        for (Source source : sources) {
            ScopeColumn column = source.known(name);
            if (column != null) {
                found.add(column);
            }
        }
        if (found.isEmpty()) {
            sources.forEach(source -> found.addAll(source.possible(name)));
        }
        if (found.isEmpty()) {
            sources.stream()
                    .map(Source::anyColumn)
                    .filter(java.util.Objects::nonNull)
                    .forEach(found::add);
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        derivation
                .notes()
                .unresolved(
                        name,
                        found.isEmpty() ? Unresolved.Reason.UNKNOWN_COLUMN : Unresolved.Reason.AMBIGUOUS_COLUMN,
                        "joined by USING",
                        sources.stream().map(Source::describe).toList(),
                        range);
        return null;
    }

    /** Both sides feed the merged column; which one gives the value depends on the join. */
    private static ScopeColumn merged(String name, ScopeColumn left, ScopeColumn right, JoinKind kind) {
        Sink sink = new Sink();
        Use same = Use.VALUE;
        Use other = new Use(DirectUse.TRANSFORMATION, null, false, same.role());
        boolean full = kind == JoinKind.FULL;
        boolean fromRight = kind == JoinKind.RIGHT || kind == JoinKind.RIGHT_SEMI || kind == JoinKind.RIGHT_ANTI;
        sink.add(left, full || fromRight ? other : same);
        sink.add(right, full || !fromRight && kind != JoinKind.INNER ? other : same);
        Canon canon =
                full ? Canon.call("coalesce", left.canon(), right.canon()) : fromRight ? right.canon() : left.canon();
        ScopeColumn giving = fromRight ? right : left;
        return new ScopeColumn(
                name, giving.label(), true, sink.dependencies(), canon, null, false, giving.type(), giving.range());
    }

    // --- (a JOIN b) AS t
    // -------------------------------------------------------------------------------------------------

    private FromPart underOneName(FromPart part, Relation.Joined joined) {
        List<OutputPart> all = derivation.stars().all(part.scope(null), joined.range());
        var alias = java.util.Objects.requireNonNull(joined.alias());
        String name = alias.name() == null ? null : derivation.names().column(alias.name());
        Source source = new Source(name, null, relations.aliased(all, alias, joined.range()), null, true);
        return new FromPart(List.of(source), java.util.Map.of(), part.joins(), part.rowDependencies());
    }
}
