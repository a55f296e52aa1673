package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.SelectItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Statements that change rows. */
final class ChangeDeriver {

    private final Derivation derivation;
    private final Targets targets;

    ChangeDeriver(Derivation derivation) {
        this.derivation = derivation;
        this.targets = new Targets(derivation);
    }

    List<Change> derive(Dml statement, Env env) {
        List<Change> changes = new ArrayList<>();
        switch (statement) {
            case Dml.Insert insert -> add(changes, new InsertDeriver(derivation).derive(insert, env));
            case Dml.MultiInsert several ->
                several.inserts().forEach(insert -> add(changes, new InsertDeriver(derivation).derive(insert, env)));
            case Dml.ConditionalInsert insert -> changes.addAll(new InsertDeriver(derivation).derive(insert, env));
            case Dml.Update update -> changes.addAll(new UpdateDeriver(derivation).derive(update, env));
            case Dml.Delete delete -> changes.addAll(new UpdateDeriver(derivation).derive(delete, env));
            case Dml.Merge merge -> add(changes, new MergeDeriver(derivation).derive(merge, env));
            case Dml.Copy copy -> add(changes, copy(copy, env));
        }
        changes.forEach(this::intoTemporary);
        return changes;
    }

    private static void add(List<Change> changes, @org.jspecify.annotations.Nullable Change change) {
        if (change != null) {
            changes.add(change);
        }
    }

    private @org.jspecify.annotations.Nullable Change copy(Dml.Copy copy, Env env) {
        TableRef target = targets.of(copy.target());
        FromPart source = derivation.relations().derive(copy.source(), env, FromPart.NOTHING, false);
        if (target == null) {
            return null;
        }
        List<OutputPart> parts =
                derivation.stars().all(source.scope(null), copy.source().range());
        if (!copy.columns().isEmpty()) {
            List<Identifier> names = copy.columns();
            parts = Renames.byPosition(parts, names, derivation, copy.range());
        }
        return Change.of(
                StatementKind.COPY, target, Outputs.of(parts, source.joins(), List.of(), source.rowDependencies()));
    }

    /** What goes into a temporary table is what its readers depend on. */
    private void intoTemporary(Change change) {
        TableRef target = change.target();
        Session.Remembered before = target == null ? null : derivation.session().temporary(target);
        if (target == null || before == null) {
            return;
        }
        List<ScopeColumn> columns = new ArrayList<>();
        List<OutputPart> open = new ArrayList<>();
        for (List<OutputPart> parts :
                List.of(before.output().parts(), change.output().parts())) {
            for (OutputPart part : parts) {
                switch (part) {
                    case ScopeColumn column -> columns.add(column);
                    case OpenTable table -> open.add(table);
                }
            }
        }
        List<OutputPart> all = new ArrayList<>(Outputs.merged(columns));
        all.addAll(open);
        Set<TableRef> reads = new HashSet<>(before.reads());
        reads.addAll(derivation.notes().tablesRead());
        JoinForm joins = JoinForm.of(io.tailwater.lineage.sql.canonical.Instance.named("temporary " + target));
        Set<io.tailwater.lineage.sql.result.Dependency.Indirect> rows =
                new HashSet<>(before.output().rowDependencies());
        rows.addAll(change.output().rowDependencies());
        derivation
                .session()
                .createTemporary(target, new Session.Remembered(Outputs.of(all, joins, List.of(), rows), reads));
    }

    /** What a changing statement in WITH returns; the change itself is kept for the statement's own result. */
    QueryOutput returned(Dml statement, Env env) {
        List<Change> changes = derive(statement, env);
        derivation.alsoChanges(changes);
        List<SelectItem> items = switch (statement) {
            case Dml.Insert insert -> insert.returning();
            case Dml.Update update -> update.returning();
            case Dml.Delete delete -> delete.returning();
            case Dml.Merge merge -> merge.returning();
            case Dml.MultiInsert several -> List.of();
            case Dml.ConditionalInsert insert -> List.of();
            case Dml.Copy copy -> List.of();
        };
        if (items.isEmpty() || changes.isEmpty() || changes.getFirst().target() == null) {
            return Outputs.NONE;
        }
        TableRef target = java.util.Objects.requireNonNull(changes.getFirst().target());
        FromPart table = derivation.relations().baseTable(target, null, statement.range());
        SelectList list = new SelectList(derivation, items, env.over(table.scope(env.scope())));
        return Outputs.of(
                list.parts(),
                table.joins(),
                List.of(),
                changes.getFirst().output().rowDependencies());
    }
}
