package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.Instance;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.scope.CommonTables;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.CommonTable;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Node;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.QueryBody;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.SetOperation;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.With;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** WITH: puts CTEs into scope, recursive ones worked out to a fixpoint. */
final class WithDeriver {

    /** Dependencies only grow from round to round, so this many rounds are only needed for as many columns that feed one another in a chain. */
    private static final int ROUNDS = 50;

    private final Derivation derivation;
    private final QueryDeriver queries;

    WithDeriver(Derivation derivation, QueryDeriver queries) {
        this.derivation = derivation;
        this.queries = queries;
    }

    CommonTables derive(With with, Env outer) {
        CommonTables visible = outer.tables();
        for (CommonTable table : with.tables()) {
            if (table.statement() != null) {
                String name = derivation.names().column(table.name());
                Known known = known(table, name, with.recursive(), outer.withTables(visible));
                visible = visible.with(name, known::read);
            }
        }
        return visible;
    }

    /** Works a CTE out at once, so that chains of CTEs need no deep stack; what it reads counts only when it is read itself. */
    private Known known(CommonTable table, String name, boolean recursive, Env env) {
        Notes before = derivation.exchangeNotes(new Notes());
        QueryOutput output = output(table, name, recursive, env);
        Notes inside = derivation.exchangeNotes(before);
        Known known = new Known(new CommonTables.CommonTable(output), inside);
        if (changes(table.statement())) {
            before.include(inside);
        }
        return known;
    }

    /** A changing statement happens whether or not its rows are read. */
    private static boolean changes(@Nullable Statement statement) {
        return !(statement instanceof Statement.QueryStatement);
    }

    private final class Known {

        private final CommonTables.CommonTable table;
        private final Notes notes;

        Known(CommonTables.CommonTable table, Notes notes) {
            this.table = table;
            this.notes = notes;
        }

        CommonTables.CommonTable read() {
            derivation.notes().include(notes);
            return table;
        }
    }

    private QueryOutput output(CommonTable table, String name, boolean recursive, Env env) {
        QueryOutput output;
        switch (java.util.Objects.requireNonNull(table.statement())) {
            case Statement.QueryStatement statement -> {
                SetOperation union = unionOf(statement.query().body());
                boolean self = union != null
                        && (recursive
                                || derivation.rules().selfIsRecursive()
                                        && !readsBody(union.operands().getFirst(), name))
                        && reads(statement.query(), name);
                output = self
                        ? fixpoint(statement.query(), java.util.Objects.requireNonNull(union), table, name, env)
                        : queries.derive(statement.query(), env);
            }
            case Dml change -> output = new ChangeDeriver(derivation).returned(change, env);
            default ->
                output = new QueryOutput(List.of(), QueryDeriver.form(JoinForm.EMPTY, List.of(), List.of()), Set.of());
        }
        return named(output, table);
    }

    private QueryOutput named(QueryOutput output, CommonTable table) {
        return table.columns().isEmpty()
                ? output
                : output.withParts(Renames.byPosition(output.parts(), table.columns(), derivation, table.range()));
    }

    private static @Nullable SetOperation unionOf(QueryBody body) {
        QueryBody each = body;
        while (each instanceof Query query && query.with() == null) {
            each = query.body();
        }
        return each instanceof SetOperation set ? set : null;
    }

    /** Whether a name stands as a bare relation somewhere in the query. */
    private boolean reads(Query query, String name) {
        Deque<Node> left = new ArrayDeque<>(List.of(query));
        while (!left.isEmpty()) {
            Node node = left.pop();
            if (node instanceof Relation.TableReference reference
                    && reference.name().parts().size() == 1
                    && derivation
                            .names()
                            .column(reference.name().parts().getFirst())
                            .equals(name)) {
                return true;
            }
            left.addAll(node.children());
        }
        return false;
    }

    // --- recursion
    // -------------------------------------------------------------------------------------------------------

    /** Starts from the anchor's columns and goes round until no column gains a dependency. */
    private QueryOutput fixpoint(Query query, SetOperation union, CommonTable table, String name, Env env) {
        Notes written = derivation.exchangeNotes(new Notes());
        Env inside = query.with() == null ? env : env.withTables(derive(query.with(), env));
        QueryOutput current = anchor(union, name, inside, table);
        for (int round = 0; round < ROUNDS; round++) {
            QueryOutput next = named(queries.derive(query, bound(env, name, current)), table);
            boolean stable = dependencies(next).equals(dependencies(current));
            current = next;
            if (stable) {
                break;
            }
        }
        derivation.exchangeNotes(written);
        return named(queries.derive(query, bound(env, name, current)), table);
    }

    private QueryOutput anchor(SetOperation union, String name, Env env, CommonTable table) {
        List<QueryBody> anchors = new ArrayList<>();
        for (QueryBody operand : union.operands()) {
            if (operand instanceof Query nested ? !reads(nested, name) : !readsBody(operand, name)) {
                anchors.add(operand);
            }
        }
        QueryBody first = anchors.isEmpty() ? union.operands().getFirst() : anchors.getFirst();
        return named(queries.body(first, env), table);
    }

    private boolean readsBody(QueryBody body, String name) {
        return reads(new Query(null, body, List.of(), null, List.of(), List.of(), body.range()), name);
    }

    /** The CTE's own name inside it: the columns known so far, in canonical form only told by their place. */
    private Env bound(Env env, String name, QueryOutput current) {
        Instance instance = Instance.named("the recursive query");
        List<OutputPart> parts = new ArrayList<>();
        for (int i = 0; i < current.parts().size(); i++) {
            String place = "#" + i;
            parts.add(
                    switch (current.parts().get(i)) {
                        case ScopeColumn column ->
                            column.withCanon(new Canon.Column(instance, place)).withoutOrigin();
                        case OpenTable open ->
                            open.seenThrough(canon -> Canon.call("of", new Canon.Column(instance, place), canon));
                    });
        }
        QueryOutput itself = new QueryOutput(
                parts,
                QueryDeriver.form(JoinForm.of(instance), List.of(), SelectDeriver.canons(parts)),
                current.rowDependencies());
        return env.withTables(env.tables().with(name, () -> new CommonTables.CommonTable(itself)));
    }

    private static List<Set<Dependency>> dependencies(QueryOutput output) {
        List<Set<Dependency>> all = new ArrayList<>();
        for (OutputPart part : output.parts()) {
            all.add(part instanceof ScopeColumn column ? new LinkedHashSet<>(column.dependencies()) : Set.of());
        }
        return all;
    }
}
