package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.CanonicalQuery;
import io.tailwater.lineage.sql.canonical.QueryForm;
import io.tailwater.lineage.sql.parse.Recovery;
import io.tailwater.lineage.sql.result.ColumnUse;
import io.tailwater.lineage.sql.result.Definition;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.OutputItem;
import io.tailwater.lineage.sql.result.PassThrough;
import io.tailwater.lineage.sql.result.RowFacts;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableUse;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last pass: turns what was worked out into results. */
final class Assembler {

    private final List<Recovery> recoveries;
    private final int maximumDependencies;

    Assembler(List<Recovery> recoveries, int maximumDependencies) {
        this.recoveries = recoveries.stream()
                .sorted(Comparator.comparingInt(each -> each.range().start()))
                .toList();
        this.maximumDependencies = maximumDependencies;
    }

    StatementLineage result(Change change, SourceRange range, Notes notes) {
        QueryOutput output = change.output();
        QueryForm form = output.form();
        if (form.set() == null) {
            form = form.withColumns(SelectDeriver.canons(output.parts()));
        }
        CanonicalQuery canonical = new CanonicalQuery(form);
        List<OutputItem> items = new ArrayList<>();
        for (int i = 0; i < output.parts().size(); i++) {
            items.add(item(output.parts().get(i), canonical.definition(i), notes));
        }
        return new StatementLineage(
                change.kind(),
                range,
                change.target(),
                change.temporary(),
                notes.reads(),
                notes.through(),
                items,
                RowFacts.later(() -> canonical.facts(output.rowDependencies()), output.rowDependencies()),
                notes.uses(),
                notes.unresolved(),
                recovered(range));
    }

    /** A statement without output. */
    StatementLineage nothing(StatementKind kind, SourceRange range, Notes notes) {
        return new StatementLineage(
                kind,
                range,
                null,
                false,
                notes.reads(),
                notes.through(),
                List.of(),
                RowFacts.NONE,
                notes.uses(),
                notes.unresolved(),
                recovered(range));
    }

    private int recovered(SourceRange range) {
        int count = 0;
        for (int i = firstFrom(range.start());
                i < recoveries.size() && recoveries.get(i).range().start() <= range.end();
                i++) {
            if (range.contains(recoveries.get(i).range())) {
                count++;
            }
        }
        return count;
    }

    private int firstFrom(int start) {
        int low = 0;
        int high = recoveries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (recoveries.get(middle).range().start() < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private OutputItem item(OutputPart part, @Nullable Definition definition, Notes notes) {
        return switch (part) {
            case ScopeColumn column -> column(column, definition, notes);
            case OpenTable open -> passThrough(open, notes);
        };
    }

    private OutputColumn column(ScopeColumn column, @Nullable Definition definition, Notes notes) {
        var dependencies = column.dependencies();
        if (dependencies.size() > maximumDependencies) {
            notes.unresolved(
                    column.name(),
                    Unresolved.Reason.LIMIT,
                    "depends on " + dependencies.size() + " columns, of which " + maximumDependencies + " are kept",
                    List.of(),
                    column.range());
            dependencies = dependencies.subList(0, maximumDependencies);
        }
        Definition known = definition == null ? new Definition(() -> new Definition.Texts("?", "?")) : definition;
        return new OutputColumn(
                column.name(), column.label(), column.named(), dependencies, known, column.type(), column.range());
    }

    private PassThrough passThrough(OpenTable open, Notes notes) {
        Map<String, OutputColumn> replaced = new HashMap<>();
        open.replaced().forEach((name, column) -> replaced.put(name, column(column, null, notes)));
        return new PassThrough(
                open.table(),
                open.branches().stream().map(OpenTable::table).toList(),
                open.except(),
                open.renamed(),
                replaced,
                open.range());
    }

    /** A result of text that stands in a string: its places are the place of the string. */
    StatementLineage movedTo(StatementLineage result, SourceRange range) {
        return new StatementLineage(
                result.kind(),
                range,
                result.target(),
                result.temporary(),
                result.reads().stream()
                        .map(read -> new TableUse(read.table(), range))
                        .toList(),
                result.through(),
                result.output().stream().map(item -> moved(item, range)).toList(),
                result.rows(),
                result.uses().stream()
                        .map(use -> new ColumnUse(use.column(), use.role(), range))
                        .toList(),
                result.unresolved().stream()
                        .map(each ->
                                new Unresolved(each.what(), each.reason(), each.detail(), each.candidates(), range))
                        .toList(),
                result.recovered());
    }

    private static OutputItem moved(OutputItem item, SourceRange range) {
        return switch (item) {
            case OutputColumn column ->
                new OutputColumn(
                        column.name(),
                        column.label(),
                        column.named(),
                        column.dependencies(),
                        column.definition(),
                        column.type(),
                        range);
            case PassThrough star ->
                new PassThrough(star.table(), star.mergedWith(), star.except(), star.renamed(), star.replaced(), range);
        };
    }
}
