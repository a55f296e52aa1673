package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.Assignment;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Join;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.With;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** UPDATE and DELETE: statements that change rows of a table which may go by an alias of their FROM. */
final class UpdateDeriver {

    private final Derivation derivation;
    private final Targets targets;

    UpdateDeriver(Derivation derivation) {
        this.derivation = derivation;
        this.targets = new Targets(derivation);
    }

    // --- UPDATE
    // ----------------------------------------------------------------------------------------------------------

    List<Change> derive(Dml.Update update, Env outer) {
        Env env = with(update.with(), outer);
        Relation.@Nullable TableReference aliased = aliased(update.target(), update.from());
        List<Relation> relations = new ArrayList<>();
        if (aliased == null) {
            relations.add(update.target());
        }
        relations.addAll(update.from());
        FromPart from = from(relations, env);
        Map<TableRef, List<ScopeColumn>> columns = new LinkedHashMap<>();
        Relation.TableReference main = aliased != null ? aliased : firstTable(update.target());
        TableRef fallback = main == null ? targets.of(update.target()) : targets.qualified(main.name());
        if (fallback == null) {
            return List.of();
        }
        Env inside = env.over(from.scope(env.scope()));
        for (Assignment assignment : update.assignments()) {
            Relation.@Nullable TableReference owner = owner(assignment, update.target(), main);
            TableRef target = owner == null ? fallback : targets.qualified(owner.name());
            notRead(owner == null ? main : owner);
            columns.computeIfAbsent(target, key -> new ArrayList<>()).addAll(targets.assigned(assignment, inside));
        }
        notRead(main);
        Set<Dependency.Indirect> rows = new LinkedHashSet<>(from.rowDependencies());
        List<Canon> filters = condition(update.where(), inside, rows);
        columns.computeIfAbsent(fallback, key -> new ArrayList<>());
        List<Change> changes = new ArrayList<>();
        boolean several = columns.size() > 1;
        columns.forEach((target, assigned) -> {
            if (!several || !assigned.isEmpty()) {
                changes.add(new Change(
                        StatementKind.UPDATE,
                        target,
                        derivation.session().isTemporary(target),
                        Outputs.of(Outputs.merged(assigned), from.joins(), filters, rows)));
            }
        });
        return changes;
    }

    private Env with(@Nullable With with, Env outer) {
        return with == null
                ? outer
                : outer.withTables(derivation.queries().with().derive(with, outer));
    }

    private FromPart from(List<Relation> relations, Env env) {
        FromPart part = FromPart.NOTHING;
        for (Relation relation : relations) {
            part = part.beside(derivation.relations().derive(relation, env, part, false));
        }
        return part;
    }

    private List<Canon> condition(@Nullable Expression where, Env env, Set<Dependency.Indirect> rows) {
        if (where == null) {
            return List.of();
        }
        Sink sink = new Sink();
        Canon canon = derivation.expressions().derive(where, env, Use.FILTER, sink);
        rows.addAll(sink.rows());
        return CanonicalWords.conjuncts(canon);
    }

    private void notRead(Relation.@Nullable TableReference target) {
        if (target != null) {
            derivation.notes().notRead(target.name().range());
        }
    }

    /** {@code UPDATE t SET … FROM orders t}: the table of FROM that the target's bare name is an alias of. */
    private Relation.@Nullable TableReference aliased(Relation target, List<Relation> from) {
        if (!(target instanceof Relation.TableReference table) || table.alias() != null) {
            return null;
        }
        for (Relation relation : from) {
            for (Relation.TableReference each : tables(relation)) {
                if (goesBy(each, table.name())) {
                    return each;
                }
            }
        }
        return null;
    }

    private boolean goesBy(Relation.TableReference table, QualifiedName name) {
        if (name.parts().size() == 1 && table.alias() != null && table.alias().name() != null) {
            return derivation
                    .names()
                    .column(table.alias().name())
                    .equals(derivation.names().column(name.parts().getFirst()));
        }
        return table.alias() == null && targets.qualified(table.name()).equals(targets.qualified(name));
    }

    private static List<Relation.TableReference> tables(Relation relation) {
        List<Relation.TableReference> tables = new ArrayList<>();
        if (relation instanceof Relation.TableReference table) {
            tables.add(table);
        } else if (relation instanceof Relation.Joined joined) {
            tables.addAll(tables(joined.first()));
            for (Join join : joined.joins()) {
                tables.addAll(tables(join.right()));
            }
        }
        return tables;
    }

    private static Relation.@Nullable TableReference firstTable(Relation relation) {
        List<Relation.TableReference> tables = tables(relation);
        return tables.isEmpty() ? null : tables.getFirst();
    }

    /** The joined table that {@code b.c = …} writes to; MySQL alone lets that differ from the first. */
    private Relation.@Nullable TableReference owner(
            Assignment assignment, Relation target, Relation.@Nullable TableReference main) {
        List<Identifier> parts = assignment.columns().getFirst().parts();
        if (parts.size() > 1 && target instanceof Relation.Joined) {
            QualifiedName qualifier = new QualifiedName(
                    parts.subList(0, parts.size() - 1),
                    assignment.columns().getFirst().range());
            for (Relation.TableReference table : tables(target)) {
                if (goesBy(table, qualifier)) {
                    return table;
                }
            }
        }
        return main;
    }

    // --- DELETE
    // ----------------------------------------------------------------------------------------------------------

    List<Change> derive(Dml.Delete delete, Env outer) {
        Env env = with(delete.with(), outer);
        FromPart from = from(delete.from(), env);
        List<Relation.TableReference> all = new ArrayList<>();
        delete.from().forEach(relation -> all.addAll(tables(relation)));
        List<TableRef> written = new ArrayList<>();
        if (delete.targets().isEmpty() && !all.isEmpty()) {
            written.add(targets.qualified(all.getFirst().name()));
            notRead(all.getFirst());
        }
        for (QualifiedName name : delete.targets()) {
            Relation.TableReference table =
                    all.stream().filter(each -> goesBy(each, name)).findFirst().orElse(null);
            written.add(targets.qualified(table == null ? name : table.name()));
            notRead(table);
        }
        Set<Dependency.Indirect> rows = new LinkedHashSet<>(from.rowDependencies());
        List<Canon> filters = condition(delete.where(), env.over(from.scope(env.scope())), rows);
        return written.stream()
                .map(target ->
                        Change.of(StatementKind.DELETE, target, Outputs.of(List.of(), from.joins(), filters, rows)))
                .toList();
    }
}
