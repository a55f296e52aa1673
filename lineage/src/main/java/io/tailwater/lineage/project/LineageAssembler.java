package io.tailwater.lineage.project;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.RelationNames;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.graph.Unresolved.Concern;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.parse.TextParts;
import io.tailwater.lineage.sql.result.ColumnRole;
import io.tailwater.lineage.sql.result.ColumnUse;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.OutputItem;
import io.tailwater.lineage.sql.result.PassThrough;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.TableUse;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts together what one or more statements say about the dataset they fill. */
public final class LineageAssembler {
    private final String datasetName;
    private final @Nullable String dialect;
    private final Function<TableRef, String> datasetIds;
    private final Map<String, ColumnParts> columns = new LinkedHashMap<>();
    private final Map<String, OpenStar> openStars = new LinkedHashMap<>();
    private final Set<DatasetRead> reads = new LinkedHashSet<>();
    private final Map<String, ColumnDependency> rowDependencies = new LinkedHashMap<>();
    private final Set<Unresolved> unresolved = new LinkedHashSet<>();
    private boolean anyStatement;

    private record ColumnParts(
            String name, @Nullable String type, SourceLocation location, Map<String, ColumnDependency> dependencies) {}

    /**
     * An assembler for one dataset.
     *
     * @param datasetName name for what is unresolved
     * @param dialect dialect of the statements, by its command-line name; null to take what is unknown for code wherever it stands
     * @param datasetIds the id of the dataset a table of a query is, in the repository's lineage
     */
    public LineageAssembler(String datasetName, @Nullable String dialect, Function<TableRef, String> datasetIds) {
        this.datasetName = datasetName;
        this.dialect = dialect;
        this.datasetIds = datasetIds;
    }

    /** An assembler for queries without anything unknown in them. */
    public LineageAssembler(String datasetName, Function<TableRef, String> datasetIds) {
        this(datasetName, null, datasetIds);
    }

    /** Adds one statement that fills the dataset. */
    public void add(CompiledQuery query, StatementLineage statement) {
        if (statement.kind() == StatementKind.UNPARSED) {
            addUnresolved(query, statement);
            return;
        }
        anyStatement = true;
        for (TableUse use : statement.reads()) {
            reads.add(new DatasetRead(datasetId(query, use.table()), at(query, use.range())));
        }
        Uses uses = new Uses(query, statement.uses());
        for (OutputItem item : statement.output()) {
            switch (item) {
                case OutputColumn column -> addColumn(query, column, uses);
                case PassThrough star -> addStar(query, star, uses);
            }
        }
        for (Dependency.Indirect dependency : statement.rows().dependencies()) {
            addDependency(query, rowDependencies, dependency, at(query, statement.range()), uses);
        }
        addUnresolved(query, statement);
        addGaps(query, statement);
    }

    /** Adds something because of which it is not even known which columns there are. */
    public void addUnresolved(SourceLocation location, String reason, @Nullable String column) {
        addUnresolved(location, reason, column, Concern.COLUMNS);
    }

    private void addUnresolved(SourceLocation location, String reason, @Nullable String column, Concern concern) {
        unresolved.add(new Unresolved(location, RelationNames.forPeople(reason), datasetName, column, concern));
    }

    /**
     * The id of what stands for tables that only a run tells.
     *
     * @param pattern what is known of their names
     */
    public static String tableOfRun(String pattern) {
        return "table." + pattern + " (known only in a run)";
    }

    /** The id of the dataset a table is; where a run decides a part of its name, of what stands for all it may be. */
    private String datasetId(CompiledQuery query, TableRef table) {
        if (query.gaps().isEmpty() || !isDecidedByRun(query, table)) {
            return datasetIds.apply(table);
        }
        return tableOfRun(table.parts().stream()
                .map(part -> gapIn(query, part) == null ? part : "*")
                .collect(Collectors.joining(".")));
    }

    /** Whether a run decides a part of the name, and another part is known. */
    private static boolean isDecidedByRun(CompiledQuery query, TableRef table) {
        boolean decided = false;
        boolean known = false;
        for (String part : table.parts()) {
            CompiledQuery.Gap gap = gapIn(query, part);
            if (gap != null && !gap.decidedByRun()) {
                return false;
            }
            decided |= gap != null;
            known |= gap == null;
        }
        return decided && known;
    }

    /** Everything added so far. */
    public Assembly assemble() {
        List<Column> known = columns.values().stream()
                .map(parts -> new Column(
                        parts.name(),
                        parts.type(),
                        parts.location(),
                        List.copyOf(parts.dependencies().values())))
                .toList();
        Completeness completeness;
        if (!anyStatement || (known.isEmpty() && openStars.isEmpty())) {
            completeness = Completeness.UNKNOWN;
        } else if (!unresolved.isEmpty()) {
            completeness = Completeness.PARTIAL;
        } else {
            completeness = openStars.isEmpty() ? Completeness.COMPLETE : Completeness.OPEN_STAR;
        }
        return new Assembly(
                known,
                List.copyOf(openStars.values()),
                List.copyOf(reads),
                List.copyOf(rowDependencies.values()),
                List.copyOf(unresolved),
                completeness);
    }

    /** Where the columns of a statement are first read, for the locations of dependencies. */
    private static final class Uses {
        private final CompiledQuery query;
        private final Map<UpstreamColumn, Map<ColumnRole, ColumnUse>> first = new HashMap<>();

        Uses(CompiledQuery query, List<ColumnUse> all) {
            this.query = query;
            all.forEach(use -> first.computeIfAbsent(use.column(), column -> new LinkedHashMap<>(2))
                    .putIfAbsent(use.role(), use));
        }

        /** The first place with that role, else the first one at all. */
        SourceLocation of(UpstreamColumn column, ColumnRole role, SourceLocation otherwise) {
            Map<ColumnRole, ColumnUse> uses = first.get(column);
            if (uses == null) {
                return otherwise;
            }
            ColumnUse use = uses.getOrDefault(role, uses.values().iterator().next());
            return query.origins().apply(use.range().start());
        }
    }

    private static SourceLocation at(CompiledQuery query, SourceRange range) {
        return query.origins().apply(range.start());
    }

    private void addColumn(CompiledQuery query, OutputColumn column, Uses uses) {
        CompiledQuery.Gap gap = gapIn(query, column.name());
        if (gap != null) {
            if (isStar(gap, column)) {
                OpenStar star = new OpenStar(String.valueOf(gap.columnsOf()), List.of(), at(query, column.range()));
                openStars.putIfAbsent(star.datasetId() + star.except(), star);
            }
            return;
        }
        SourceLocation location = at(query, column.range());
        ColumnParts parts = columns.computeIfAbsent(
                column.name(), name -> new ColumnParts(name, column.type(), location, new LinkedHashMap<>()));
        for (Dependency dependency : column.dependencies()) {
            addDependency(query, parts.dependencies(), dependency, location, uses);
        }
    }

    /** Whether a column stands for each column of a dataset, under its own name. */
    private static boolean isStar(CompiledQuery.Gap gap, OutputColumn column) {
        return gap.columnsOf() != null && column.name().equals(gap.name());
    }

    private void addDependency(
            CompiledQuery query,
            Map<String, ColumnDependency> into,
            Dependency dependency,
            SourceLocation otherwise,
            Uses uses) {
        UpstreamColumn upstream = dependency.column();
        TableRef table = upstream.table();
        if (table == null) {
            return;
        }
        io.tailwater.lineage.graph.Dependency kind;
        ColumnRole role;
        switch (dependency) {
            case Dependency.Direct direct -> {
                kind = DirectUse.valueOf(direct.use().name());
                role = ColumnRole.VALUE;
            }
            case Dependency.Indirect indirect -> {
                kind = IndirectUse.valueOf(indirect.use().name());
                role = ColumnRole.valueOf(indirect.use().name());
            }
        }
        if (gapIn(query, upstream.column()) != null) {
            return;
        }
        String id = datasetId(query, table);
        String name = upstream.column().equals(UpstreamColumn.ALL) ? null : upstream.column();
        into.putIfAbsent(
                id + "\n" + name + "\n" + kind.wireName(),
                new ColumnDependency(id, name, kind, uses.of(upstream, role, otherwise)));
    }

    private void addStar(CompiledQuery query, PassThrough star, Uses uses) {
        String id = datasetId(query, star.table());
        SourceLocation location = at(query, star.range());
        List<String> except = new ArrayList<>(star.except());
        except.addAll(star.renamed().keySet());
        except.addAll(star.replaced().keySet());
        openStars.putIfAbsent(
                id + except, new OpenStar(id, except.stream().sorted().toList(), location));
        star.renamed().forEach((from, to) -> {
            ColumnParts parts =
                    columns.computeIfAbsent(to, name -> new ColumnParts(name, null, location, new LinkedHashMap<>()));
            parts.dependencies().put(from, new ColumnDependency(id, from, DirectUse.IDENTITY, location));
        });
        star.replaced().values().forEach(column -> addColumn(query, column, uses));
    }

    private void addUnresolved(CompiledQuery query, StatementLineage statement) {
        for (io.tailwater.lineage.sql.result.Unresolved open : statement.unresolved()) {
            SourceLocation location = at(query, open.range());
            CompiledQuery.Gap gap = gapIn(query, open.what());
            switch (open.reason()) {
                case UNKNOWN_COLUMNS -> {
                    if (statement.output().stream().noneMatch(PassThrough.class::isInstance)) {
                        addUnresolved(location, open.detail(), null);
                    }
                }
                case UNKNOWN_COLUMN, AMBIGUOUS_COLUMN -> {
                    if (gap == null) {
                        String column = lastPart(open.what());
                        addUnresolved(
                                location,
                                open.what() + ": " + open.detail(),
                                column,
                                valuesDependOn(statement, column) ? Concern.VALUES : Concern.ROWS);
                    }
                }
                case UNKNOWN_RELATION -> {
                    if (gap == null) {
                        boolean values = valuesDependOn(statement, lastPart(open.what()));
                        addUnresolved(location, open.detail(), null, values ? Concern.VALUES : Concern.ROWS);
                    }
                }
                case DYNAMIC_SQL, NOT_PARSED, LIMIT, UNSUPPORTED -> {
                    if (gap == null) {
                        addUnresolved(location, open.detail(), null);
                    }
                }
            }
        }
    }

    /** Whether an output column is computed from a column of that name that could not be placed. */
    private static boolean valuesDependOn(StatementLineage statement, String column) {
        return statement.columns().stream()
                .flatMap(output -> output.dependencies().stream())
                .map(Dependency::column)
                .anyMatch(upstream ->
                        upstream.table() == null && upstream.column().equals(column));
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * Adds what stands for something unknown. Inside a constant it is a constant, too, whatever it is, unless a column is
     * named by it; inside a comment it is nothing.
     */
    private void addGaps(CompiledQuery query, StatementLineage statement) {
        if (query.gaps().isEmpty()) {
            return;
        }
        TextParts parts = dialect == null ? null : TextParts.of(query.sql(), Dialect.named(dialect));
        for (CompiledQuery.Gap gap : query.gaps()) {
            boolean namesColumn = statement.columns().stream()
                    .anyMatch(column -> column.name().contains(gap.name()));
            for (int at = query.sql().indexOf(gap.name());
                    at >= 0;
                    at = query.sql().indexOf(gap.name(), at + 1)) {
                boolean matters = parts == null
                        || switch (parts.at(at)) {
                            case CODE -> true;
                            case STRING -> namesColumn;
                            case COMMENT -> false;
                        };
                if (matters && !isShownOtherwise(query, statement, gap, at)) {
                    addGap(query, statement, gap, at);
                }
            }
        }
    }

    /** Whether what stands at an offset is part of a table's name that a run decides, or of a star over unknown columns. */
    private static boolean isShownOtherwise(
            CompiledQuery query, StatementLineage statement, CompiledQuery.Gap gap, int offset) {
        boolean table = statement.reads().stream()
                .anyMatch(use -> contains(use.range(), offset) && isDecidedByRun(query, use.table()));
        return table
                || statement.columns().stream()
                        .anyMatch(column -> isStar(gap, column) && contains(column.range(), offset));
    }

    private static boolean contains(SourceRange range, int offset) {
        return range.start() <= offset && offset < range.end();
    }

    private void addGap(CompiledQuery query, StatementLineage statement, CompiledQuery.Gap gap, int offset) {
        String column = statement.columns().stream()
                .filter(output -> output.range().start() <= offset
                        && offset < output.range().end())
                .map(OutputColumn::name)
                .filter(name -> gapIn(query, name) == null)
                .findFirst()
                .orElse(null);
        boolean readsRows = statement.rows().dependencies().stream()
                .anyMatch(dependency -> dependency.column().column().contains(gap.name()));
        Concern concern = column != null ? Concern.VALUES : readsRows ? Concern.ROWS : Concern.COLUMNS;
        addUnresolved(query.origins().apply(offset), gap.reason(), column, concern);
    }

    private static CompiledQuery.@Nullable Gap gapIn(CompiledQuery query, String text) {
        for (CompiledQuery.Gap gap : query.gaps()) {
            if (text.contains(gap.name())) {
                return gap;
            }
        }
        return null;
    }
}
