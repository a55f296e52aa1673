package io.tailwater.lineage.sql.batch;

import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.IndirectUse;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.OutputItem;
import io.tailwater.lineage.sql.result.PassThrough;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the statements of one case together. A table that the case itself creates from a query and reads again is a step on the way: it is followed to what it was
 * made of and is neither read nor written by the case as a whole. A table that only gets rows inserted stays, since it may hold others.
 */
final class BatchCollector {

    private final boolean script;
    private final Set<TableRef> in = new LinkedHashSet<>();
    private final Set<TableRef> out = new LinkedHashSet<>();
    private final List<Entry> columns = new ArrayList<>();
    private final List<BatchResult.Indirect> indirect = new ArrayList<>();
    private final List<BatchResult.Open> unresolved = new ArrayList<>();
    private final Map<TableRef, Map<String, Set<UpstreamColumn>>> made = new HashMap<>();
    private final Set<TableRef> steps = new HashSet<>();

    private record Entry(@Nullable TableRef table, String column, List<UpstreamColumn> up) {}

    /** A collector; {@code script} when all texts belong together, so that lasting tables count as steps too. */
    BatchCollector(boolean script) {
        this.script = script;
    }

    void add(StatementLineage statement) {
        statement.unresolved().forEach(each -> unresolved.add(new BatchResult.Open(each.what(), each.detail())));
        switch (statement.kind()) {
            case RENAME -> rename(statement);
            case DROP -> drop(statement);
            case QUERY,
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE,
                    CREATE_TABLE,
                    CREATE_TABLE_AS,
                    CREATE_TABLE_LIKE,
                    CREATE_VIEW,
                    COPY,
                    ALTER_TABLE,
                    TRUNCATE,
                    SWAP,
                    OTHER,
                    UNPARSED -> data(statement);
        }
    }

    private void data(StatementLineage statement) {
        for (TableRef table : statement.tablesRead()) {
            if (made.containsKey(table)) {
                steps.add(table);
            } else {
                in.add(table);
            }
        }
        steps.addAll(statement.through());
        TableRef target = statement.target();
        if (target != null) {
            out.add(target);
        }
        List<Entry> entries = new ArrayList<>();
        for (OutputItem item : statement.output()) {
            entries.addAll(entries(item, target));
        }
        if (target != null && isMade(statement)) {
            Map<String, Set<UpstreamColumn>> content = new LinkedHashMap<>();
            entries.forEach(entry -> content.put(entry.column(), new LinkedHashSet<>(entry.up())));
            made.put(target, content);
        }
        columns.addAll(entries);
        indirect(statement, target);
    }

    private boolean isMade(StatementLineage statement) {
        return switch (statement.kind()) {
            case CREATE_TABLE_AS, CREATE_VIEW -> script && !statement.temporary();
            default -> false;
        };
    }

    // --- columns
    // ---------------------------------------------------------------------------------------------------------

    private List<Entry> entries(OutputItem item, @Nullable TableRef target) {
        return switch (item) {
            case OutputColumn column -> List.of(new Entry(target, column.name(), up(column)));
            case PassThrough star -> {
                List<UpstreamColumn> up = new ArrayList<>();
                up.addAll(followed(new UpstreamColumn(star.table(), UpstreamColumn.ALL)));
                star.mergedWith().forEach(table -> up.addAll(followed(new UpstreamColumn(table, UpstreamColumn.ALL))));
                List<Entry> entries = new ArrayList<>(List.of(new Entry(target, UpstreamColumn.ALL, up)));
                star.renamed()
                        .forEach((from, to) ->
                                entries.add(new Entry(target, to, followed(new UpstreamColumn(star.table(), from)))));
                star.replaced().forEach((name, column) -> entries.add(new Entry(target, name, up(column))));
                yield entries;
            }
        };
    }

    /** Columns that the defining expression reads: values, branches and windows, but not what decides rows underneath. */
    private List<UpstreamColumn> up(OutputColumn column) {
        Set<UpstreamColumn> up = new LinkedHashSet<>();
        for (Dependency dependency : column.dependencies()) {
            boolean expression = switch (dependency) {
                case Dependency.Direct direct -> true;
                case Dependency.Indirect shape ->
                    shape.use() == IndirectUse.CONDITIONAL || shape.use() == IndirectUse.WINDOW;
            };
            if (expression) {
                up.addAll(followed(dependency.column()));
            }
        }
        return List.copyOf(up);
    }

    /** What a column of a table made on the way was made of. */
    private List<UpstreamColumn> followed(UpstreamColumn column) {
        Map<String, Set<UpstreamColumn>> content = column.table() == null ? null : made.get(column.table());
        if (content == null) {
            return List.of(column);
        }
        if (column.column().equals(UpstreamColumn.ALL)) {
            Set<UpstreamColumn> all = new LinkedHashSet<>();
            content.values().forEach(all::addAll);
            return List.copyOf(all);
        }
        Set<UpstreamColumn> known = content.get(column.column());
        if (known != null) {
            return List.copyOf(known);
        }
        Set<UpstreamColumn> star = content.getOrDefault(UpstreamColumn.ALL, Set.of());
        return star.stream()
                .map(each -> each.column().equals(UpstreamColumn.ALL)
                        ? new UpstreamColumn(each.table(), column.column())
                        : each)
                .toList();
    }

    private void indirect(StatementLineage statement, @Nullable TableRef target) {
        String table = target == null ? null : target.qualifiedName();
        for (Dependency.Indirect row : statement.rows().dependencies()) {
            followed(row.column())
                    .forEach(up ->
                            indirect.add(new BatchResult.Indirect(row.use().name(), up, table, null)));
        }
        for (OutputColumn column : statement.columns()) {
            for (Dependency.Indirect shape : column.indirect()) {
                followed(shape.column())
                        .forEach(up -> indirect.add(
                                new BatchResult.Indirect(shape.use().name(), up, table, column.name())));
            }
        }
    }

    // --- names that change
    // -----------------------------------------------------------------------------------------------

    /** A rename moves no data: what the case wrote under the old name it wrote under the new one. */
    private void rename(StatementLineage statement) {
        TableRef to = statement.target();
        for (TableRef from : statement.tablesRead()) {
            if (to == null || !out.remove(from)) {
                continue;
            }
            out.add(to);
            columns.replaceAll(entry -> from.equals(entry.table()) ? new Entry(to, entry.column(), entry.up()) : entry);
            Map<String, Set<UpstreamColumn>> content = made.remove(from);
            if (content != null) {
                made.put(to, content);
            }
        }
    }

    private void drop(StatementLineage statement) {
        TableRef table = statement.target();
        if (table != null && out.remove(table)) {
            columns.removeIf(entry -> table.equals(entry.table()));
        }
    }

    BatchResult result(String id, int recovered) {
        out.removeAll(steps);
        columns.removeIf(entry -> entry.table() != null && steps.contains(entry.table()));
        return new BatchResult(
                id,
                in.stream().map(TableRef::qualifiedName).toList(),
                out.stream().map(TableRef::qualifiedName).toList(),
                columns.stream()
                        .map(entry -> new BatchResult.Column(
                                entry.table() == null ? null : entry.table().qualifiedName(),
                                entry.column(),
                                entry.up()))
                        .toList(),
                List.copyOf(new LinkedHashSet<>(indirect)),
                unresolved,
                recovered,
                null);
    }
}
