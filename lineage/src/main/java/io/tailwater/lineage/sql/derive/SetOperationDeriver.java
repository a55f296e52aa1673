package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.canonical.QueryForm;
import io.tailwater.lineage.sql.canonical.SetForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.SetOperation;
import io.tailwater.lineage.sql.tree.SetOperator;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** UNION, INTERSECT, EXCEPT: columns meet by position under the first branch's names, or by name. */
final class SetOperationDeriver {

    private final Derivation derivation;
    private final QueryDeriver queries;

    SetOperationDeriver(Derivation derivation, QueryDeriver queries) {
        this.derivation = derivation;
        this.queries = queries;
    }

    QueryOutput derive(SetOperation set, Env outer) {
        List<QueryOutput> branches = new ArrayList<>();
        branches.add(queries.body(set.operands().getFirst(), outer));
        SetOperator operator = null;
        for (int i = 0; i < set.operators().size(); i++) {
            SetOperator next = set.operators().get(i);
            if (operator != null && !operator.equals(next)) {
                QueryOutput before = combined(operator, branches, set.range());
                branches.clear();
                branches.add(before);
            }
            operator = next;
            branches.add(queries.body(set.operands().get(i + 1), outer));
        }
        return operator == null ? branches.getFirst() : combined(operator, branches, set.range());
    }

    /** Several branches under one operator. */
    QueryOutput combined(SetOperator operator, List<QueryOutput> branches, SourceRange range) {
        Set<Dependency.Indirect> rows = new LinkedHashSet<>();
        branches.forEach(branch -> rows.addAll(branch.rowDependencies()));
        List<OutputPart> parts = operator.byName() ? byName(branches) : byPosition(operator, branches, rows, range);
        boolean free = operator.kind() != SetOperator.Kind.EXCEPT;
        String word = operator.kind().name() + (operator.all() ? " ALL" : "") + (operator.byName() ? " BY NAME" : "");
        SetForm form =
                new SetForm(word, free, branches.stream().map(QueryOutput::form).toList());
        return new QueryOutput(
                parts,
                new QueryForm(
                        JoinForm.EMPTY, List.of(), null, List.of(), false, null, form, SelectDeriver.canons(parts)),
                rows);
    }

    private List<OutputPart> byPosition(
            SetOperator operator, List<QueryOutput> branches, Set<Dependency.Indirect> rows, SourceRange range) {
        List<OutputPart> first = branches.getFirst().parts();
        if (operator.kind() == SetOperator.Kind.EXCEPT) {
            branches.subList(1, branches.size()).forEach(branch -> rowsOf(branch, rows));
            return first;
        }
        if (branches.stream().noneMatch(branch -> isOpen(branch.parts()))) {
            return together(branches);
        }
        List<OutputPart> result = first;
        for (QueryOutput branch : branches.subList(1, branches.size())) {
            derivation.effort().spend(size(result));
            result = merged(result, branch.parts(), range);
        }
        return result;
    }

    private static boolean isOpen(List<OutputPart> parts) {
        return parts.stream().anyMatch(OpenTable.class::isInstance);
    }

    private static int size(List<OutputPart> parts) {
        int size = 0;
        for (OutputPart part : parts) {
            size += switch (part) {
                case ScopeColumn column -> column.dependencies().size();
                case OpenTable open -> open.branches().size();
            };
        }
        return size;
    }

    /** Columns that are all known: each position once over all branches, since there may be thousands. */
    private static List<OutputPart> together(List<QueryOutput> branches) {
        List<OutputPart> first = branches.getFirst().parts();
        List<OutputPart> result = new ArrayList<>(first.size());
        for (int i = 0; i < first.size(); i++) {
            List<ScopeColumn> columns = new ArrayList<>(branches.size());
            for (QueryOutput branch : branches) {
                if (i < branch.parts().size()) {
                    columns.add((ScopeColumn) branch.parts().get(i));
                }
            }
            result.add(all(columns));
        }
        return result;
    }

    /** What the second operand of EXCEPT holds only decides which rows stay. */
    private static void rowsOf(QueryOutput branch, Set<Dependency.Indirect> rows) {
        Sink sink = new Sink();
        for (OutputPart part : branch.parts()) {
            switch (part) {
                case ScopeColumn column -> sink.add(column, Use.FILTER);
                case OpenTable open -> sink.add(new UpstreamColumn(open.table(), UpstreamColumn.ALL), Use.FILTER);
            }
        }
        rows.addAll(sink.rows());
    }

    private List<OutputPart> merged(List<OutputPart> first, List<OutputPart> second, SourceRange range) {
        return sameStructure(first, second) ? pairwise(first, second) : byLikelyName(first, second, range);
    }

    /** Two structures one of which a value is: their fields meet as the columns of the branches of a UNION do. */
    List<OutputPart> alike(List<OutputPart> first, List<OutputPart> second, SourceRange range) {
        return merged(first, second, range);
    }

    private static boolean sameStructure(List<OutputPart> first, List<OutputPart> second) {
        boolean open = first.stream().anyMatch(OpenTable.class::isInstance)
                || second.stream().anyMatch(OpenTable.class::isInstance);
        if (!open) {
            return true;
        }
        if (first.size() != second.size()) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i) instanceof OpenTable != second.get(i) instanceof OpenTable) {
                return false;
            }
        }
        return true;
    }

    private static List<OutputPart> pairwise(List<OutputPart> first, List<OutputPart> second) {
        List<OutputPart> result = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            OutputPart other = i < second.size() ? second.get(i) : null;
            result.add(
                    switch (first.get(i)) {
                        case ScopeColumn column -> other instanceof ScopeColumn same ? both(column, same) : column;
                        case OpenTable open -> other instanceof OpenTable same ? open.withBranch(same) : open;
                    });
        }
        return result;
    }

    private static ScopeColumn both(ScopeColumn first, ScopeColumn second) {
        return all(List.of(first, second));
    }

    /** One column for all branches, under the first one's name. */
    private static ScopeColumn all(List<ScopeColumn> columns) {
        ScopeColumn first = columns.getFirst();
        if (columns.size() == 1) {
            return first;
        }
        Sink sink = new Sink();
        boolean sameOrigin = true;
        boolean windowed = false;
        String type = first.type();
        for (ScopeColumn column : columns) {
            sink.add(column, Use.VALUE);
            sameOrigin &= java.util.Objects.equals(first.origin(), column.origin());
            windowed |= column.windowed();
            type = java.util.Objects.equals(type, column.type()) ? type : null;
        }
        return new ScopeColumn(
                first.name(),
                first.label(),
                first.named(),
                sink.dependencies(),
                first.canon(),
                sameOrigin ? first.origin() : null,
                windowed,
                type,
                first.range(),
                fieldsOfAll(columns));
    }

    /** The fields of a structure that comes from several branches; none unless all of them have the same number, known one by one. */
    private static List<OutputPart> fieldsOfAll(List<ScopeColumn> columns) {
        List<OutputPart> first = columns.getFirst().fields();
        boolean comparable =
                columns.stream().allMatch(column -> column.fields().size() == first.size() && !isOpen(column.fields()));
        if (!comparable || first.isEmpty()) {
            return List.of();
        }
        List<OutputPart> fields = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            int place = i;
            fields.add(all(columns.stream()
                    .map(column -> (ScopeColumn) column.fields().get(place))
                    .toList()));
        }
        return fields;
    }

    /** Where a star with unknown columns stands at different places in two branches, positions cannot be told; names are the next best. */
    private List<OutputPart> byLikelyName(List<OutputPart> first, List<OutputPart> second, SourceRange range) {
        derivation
                .notes()
                .unresolved(
                        "UNION",
                        Unresolved.Reason.UNKNOWN_COLUMNS,
                        "branches with stars over unknown columns meet by position; matched by name instead",
                        List.of(),
                        range);
        List<OutputPart> result = new ArrayList<>();
        for (OutputPart part : first) {
            if (part instanceof ScopeColumn column) {
                ScopeColumn other = named(column.name(), second);
                result.add(other == null ? column : both(column, other));
            } else {
                result.add(part);
            }
        }
        second.stream().filter(OpenTable.class::isInstance).forEach(result::add);
        return result;
    }

    private static @Nullable ScopeColumn named(String name, List<OutputPart> parts) {
        ScopeColumn possible = null;
        for (OutputPart part : parts) {
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

    private static List<OutputPart> byName(List<QueryOutput> branches) {
        Map<String, ScopeColumn> columns = new LinkedHashMap<>();
        List<OutputPart> open = new ArrayList<>();
        for (QueryOutput branch : branches) {
            for (OutputPart part : branch.parts()) {
                switch (part) {
                    case ScopeColumn column -> columns.merge(column.name(), column, SetOperationDeriver::both);
                    case OpenTable table -> open.add(table);
                }
            }
        }
        List<OutputPart> result = new ArrayList<>(columns.values());
        result.addAll(open);
        return result;
    }
}
