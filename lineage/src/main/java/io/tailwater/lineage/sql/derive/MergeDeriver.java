package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.catalog.KnownColumn;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.Assignment;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.MergeAction;
import io.tailwater.lineage.sql.tree.MergeBranch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MERGE: every branch assigns, and a column depends on what any branch gives it. */
final class MergeDeriver {

    private final Derivation derivation;
    private final Targets targets;

    MergeDeriver(Derivation derivation) {
        this.derivation = derivation;
        this.targets = new Targets(derivation);
    }

    @Nullable
    Change derive(Dml.Merge merge, Env outer) {
        Env env = merge.with() == null
                ? outer
                : outer.withTables(derivation.queries().with().derive(merge.with(), outer));
        TableRef target = targets.of(merge.target());
        if (target == null) {
            return null;
        }
        FromPart self = derivation
                .relations()
                .baseTable(target, Targets.alias(merge.target()), merge.target().range());
        FromPart source = derivation.relations().derive(merge.source(), env, FromPart.NOTHING, false);
        Env inside = env.over(self.beside(source).scope(env.scope()));
        Env inserted = env.over(source.scope(env.scope()));
        Sink rows = new Sink();
        List<Canon> facts = new ArrayList<>();
        facts.add(derivation.expressions().derive(merge.condition(), inside, Use.JOIN, rows));
        List<ScopeColumn> assigned = new ArrayList<>();
        List<OutputPart> open = new ArrayList<>();
        for (MergeBranch branch : merge.branches()) {
            List<Canon> what = new ArrayList<>();
            what.add(
                    Canon.text(branch.match() + " " + branch.action().getClass().getSimpleName()));
            if (branch.condition() != null) {
                what.add(derivation.expressions().derive(branch.condition(), inside, Use.FILTER, rows));
            }
            facts.add(new Canon.Call("when", what));
            action(branch.action(), inside, inserted, source, target, assigned, open);
        }
        List<OutputPart> parts = new ArrayList<>(Outputs.merged(assigned));
        parts.addAll(open);
        Set<Dependency.Indirect> deciding = new LinkedHashSet<>(source.rowDependencies());
        deciding.addAll(rows.rows());
        return new Change(
                StatementKind.MERGE,
                target,
                derivation.session().isTemporary(target),
                Outputs.of(parts, self.joins().inner(source.joins(), List.of()), facts, deciding));
    }

    private void action(
            MergeAction action,
            Env env,
            Env inserted,
            FromPart source,
            TableRef target,
            List<ScopeColumn> assigned,
            List<OutputPart> open) {
        switch (action) {
            case MergeAction.MergeUpdate update -> {
                for (Assignment assignment : update.assignments()) {
                    assigned.addAll(targets.assigned(assignment, env));
                }
            }
            // no row of the target is there to be named
            case MergeAction.MergeInsert insert -> insert(insert, inserted, target, assigned);
            case MergeAction.MergeUpdateAll all -> everything(source, all.range(), assigned, open);
            case MergeAction.MergeInsertAll all -> everything(source, all.range(), assigned, open);
            case MergeAction.MergeDelete delete -> {}
            case MergeAction.MergeNothing nothing -> {}
        }
    }

    private void insert(MergeAction.MergeInsert insert, Env env, TableRef target, List<ScopeColumn> assigned) {
        List<String> names = names(insert, target);
        for (int i = 0; i < insert.values().size(); i++) {
            Expression value = insert.values().get(i);
            Sink sink = new Sink();
            Canon canon = derivation.expressions().derive(value, env, Use.VALUE, sink);
            String name = i < names.size() ? names.get(i) : ownName(value, i);
            assigned.add(Outputs.column(name, name, sink, canon, value.range()));
        }
    }

    private List<String> names(MergeAction.MergeInsert insert, TableRef target) {
        if (!insert.columns().isEmpty()) {
            return insert.columns().stream().map(derivation.names()::lastColumn).toList();
        }
        TableColumns known = targets.columns(target);
        return known == null || !known.complete()
                ? List.of()
                : known.columns().stream()
                        .map(KnownColumn::name)
                        .map(derivation.names().rules()::columnWritten)
                        .toList();
    }

    private String ownName(Expression value, int index) {
        if (value instanceof Expression.ColumnReference reference) {
            Identifier last = reference.parts().getLast();
            return derivation.names().column(last);
        }
        return "_col_" + index;
    }

    private void everything(
            FromPart source,
            io.tailwater.lineage.sql.tree.SourceRange range,
            List<ScopeColumn> assigned,
            List<OutputPart> open) {
        for (OutputPart part : derivation.stars().all(source.scope(null), range)) {
            switch (part) {
                case ScopeColumn column -> assigned.add(column);
                case OpenTable table -> {
                    if (open.isEmpty()) {
                        open.add(table);
                    }
                }
            }
        }
    }
}
