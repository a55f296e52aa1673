package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.catalog.KnownColumn;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.Assignment;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.InsertBranch;
import io.tailwater.lineage.sql.tree.OnConflict;
import io.tailwater.lineage.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INSERT in its forms: what goes into which column, by position, by name or by assignment. */
final class InsertDeriver {

    private final Derivation derivation;
    private final Targets targets;

    InsertDeriver(Derivation derivation) {
        this.derivation = derivation;
        this.targets = new Targets(derivation);
    }

    @Nullable
    Change derive(Dml.Insert insert, Env outer) {
        Env env = insert.with() == null
                ? outer
                : outer.withTables(derivation.queries().with().derive(insert.with(), outer));
        TableRef target = targets.of(insert.target());
        if (target == null) {
            return null;
        }
        QueryOutput output = insert.query() == null
                ? assigned(insert, env)
                : derivation.queries().derive(insert.query(), env);
        List<OutputPart> parts =
                insert.query() == null || insert.byName() ? output.parts() : placed(output.parts(), insert, target);
        if (insert.onConflict() != null) {
            parts = withConflict(parts, insert.onConflict(), target, env, insert);
        }
        return new Change(
                StatementKind.INSERT, target, derivation.session().isTemporary(target), output.withParts(parts));
    }

    private QueryOutput assigned(Dml.Insert insert, Env env) {
        List<ScopeColumn> columns = new ArrayList<>();
        for (Assignment assignment : insert.assignments()) {
            Sink sink = new Sink();
            Canon canon = derivation.expressions().derive(assignment.value(), env, Use.VALUE, sink);
            Identifier name = assignment.columns().getFirst().parts().getLast();
            columns.add(Outputs.column(derivation.names().column(name), name.text(), sink, canon, assignment.range()));
        }
        return Outputs.of(columns, JoinForm.EMPTY, List.of(), Set.of());
    }

    /** The query's output under the target's column names. */
    private List<OutputPart> placed(List<OutputPart> parts, Dml.Insert insert, TableRef target) {
        if (!insert.columns().isEmpty()) {
            List<Identifier> names = insert.columns().stream()
                    .map(name -> name.parts().getLast())
                    .toList();
            return Renames.byPosition(parts, names, derivation, insert.range());
        }
        return underKnownNames(parts, target, staticKeys(insert));
    }

    /** Partition keys with a fixed value take no column of the query. */
    private Set<String> staticKeys(Dml.Insert insert) {
        Set<String> keys = new HashSet<>();
        for (Assignment key : insert.partition()) {
            if (!(key.value() instanceof Expression.Symbol)) {
                key.columns().forEach(name -> keys.add(derivation.names().lastColumn(name)));
            }
        }
        return keys;
    }

    /** By position under the target's names where those are known and fit; else under the query's own. */
    private List<OutputPart> underKnownNames(List<OutputPart> parts, TableRef target, Set<String> without) {
        TableColumns known = targets.columns(target);
        if (known == null || !known.complete() || parts.stream().anyMatch(OpenTable.class::isInstance)) {
            return parts;
        }
        List<String> names = new ArrayList<>();
        for (KnownColumn column : known.columns()) {
            String name = derivation.names().rules().columnWritten(column.name());
            if (!without.contains(name)) {
                names.add(name);
            }
        }
        if (names.size() < parts.size()) {
            return parts;
        }
        List<OutputPart> placed = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            placed.add(((ScopeColumn) parts.get(i)).renamed(names.get(i), names.get(i)));
        }
        return placed;
    }

    private List<OutputPart> withConflict(
            List<OutputPart> parts, OnConflict conflict, TableRef target, Env env, Dml.Insert insert) {
        if (conflict.assignments().isEmpty()) {
            return parts;
        }
        FromPart self = derivation
                .relations()
                .baseTable(
                        target, Targets.alias(insert.target()), insert.target().range());
        Scope scope = self.scope(env.scope())
                .with(new Source("excluded", null, parts, null, false))
                .with(new Source("new", null, parts, null, false));
        Env inside = env.withScope(scope);
        List<ScopeColumn> columns = new ArrayList<>();
        List<OutputPart> open = new ArrayList<>();
        for (OutputPart part : parts) {
            switch (part) {
                case ScopeColumn column -> columns.add(column);
                case OpenTable table -> open.add(table);
            }
        }
        for (Assignment assignment : conflict.assignments()) {
            columns.addAll(targets.assigned(assignment, inside));
        }
        List<OutputPart> all = new ArrayList<>(Outputs.merged(columns));
        all.addAll(open);
        return all;
    }

    // --- INSERT ALL
    // ------------------------------------------------------------------------------------------------------

    List<Change> derive(Dml.ConditionalInsert insert, Env outer) {
        QueryOutput source = derivation.queries().derive(insert.source(), outer);
        List<Change> changes = new ArrayList<>();
        Env env = outer.over(Scope.inside(outer.scope()).with(new Source(null, null, source.parts(), null, true)));
        for (InsertBranch branch : insert.branches()) {
            TableRef target = targets.qualified(branch.target());
            Sink rows = new Sink();
            rows.addAll(source.rowDependencies());
            List<Canon> conditions = new ArrayList<>();
            if (branch.condition() != null) {
                conditions.add(derivation.expressions().derive(branch.condition(), env, Use.FILTER, rows));
            }
            List<OutputPart> parts = values(branch, source, env);
            parts = branch.columns().isEmpty()
                    ? underKnownNames(parts, target, Set.of())
                    : Renames.byPosition(parts, lasts(branch.columns()), derivation, branch.range());
            QueryOutput output =
                    new QueryOutput(parts, Outputs.filtered(source.form(), conditions, parts), rows.rows());
            changes.add(Change.of(StatementKind.INSERT, target, output));
        }
        return changes;
    }

    private static List<Identifier> lasts(List<QualifiedName> names) {
        return names.stream().map(name -> name.parts().getLast()).toList();
    }

    private List<OutputPart> values(InsertBranch branch, QueryOutput source, Env env) {
        if (branch.values().isEmpty()) {
            return source.parts();
        }
        List<OutputPart> parts = new ArrayList<>();
        for (Expression value : branch.values()) {
            Sink sink = new Sink();
            Canon canon = derivation.expressions().derive(value, env, Use.VALUE, sink);
            String name = value instanceof Expression.ColumnReference reference
                    ? derivation.names().column(reference.parts().getLast())
                    : "_col_" + parts.size();
            parts.add(Outputs.column(name, name, sink, canon, value.range()));
        }
        return parts;
    }
}
