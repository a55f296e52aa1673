package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.Assembly;
import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.LineageAssembler;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads SQL files outside of projects: which tables and views their statements leave when they run in order, and what fills what. */
public final class SqlFileReader implements ProjectReader {
    private static final int MOST_FILES = 5_000;

    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        List<String> paths = files.paths(path -> path.endsWith(".sql") && !files.isTaken(path));
        List<Unresolved> unresolved = new ArrayList<>();
        if (paths.size() > MOST_FILES) {
            unresolved.add(new Unresolved(
                    SourceLocation.of(paths.get(MOST_FILES), 1),
                    "there are " + paths.size() + " SQL files, more than the limit of " + MOST_FILES
                            + "; from this one on they are not analysed",
                    null,
                    null));
            paths = paths.subList(0, MOST_FILES);
        }
        String dialect = DialectWords.dialect(files, paths);
        Relations relations = new Relations(SqlOptions.of(dialect).nameRules());
        Set<String> notAnalysed = new LinkedHashSet<>();
        List<Unresolved> limits = List.copyOf(unresolved);
        List<MigrationFile> ordered = MigrationFile.inOrder(paths);
        SchemaReplay replay = new SchemaReplay(dialect, SqlOptions.of(dialect).nameRules());
        // twice: a view may stand in a file before the table it reads
        for (int pass = 0; pass < 2; pass++) {
            replay = new SchemaReplay(dialect, SqlOptions.of(dialect).nameRules());
            unresolved.clear();
            unresolved.addAll(limits);
            for (MigrationFile file : ordered) {
                read(files, file, dialect, relations, replay, unresolved, notAnalysed);
            }
            replay.tables()
                    .forEach((target, state) -> relations.define(dataset(files, dialect, relations, target, state)));
        }
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        replay.tables().forEach((target, state) -> {
            Dataset dataset = dataset(files, dialect, relations, target, state);
            datasets.put(dataset.id(), dataset);
        });
        replay.droppedTables().forEach((target, location) -> {
            Dataset gone = gone(files, dialect, target, location);
            datasets.putIfAbsent(gone.id(), gone);
        });
        for (Unresolved open : replay.unresolved()) {
            unresolved.add(open);
            notAnalysed.add(open.location().path());
        }
        addNamedOnly(datasets);
        datasets.values().forEach(dataset -> {
            unresolved.addAll(dataset.unresolved());
            if (!dataset.unresolved().isEmpty()) {
                dataset.unresolved()
                        .forEach(open -> notAnalysed.add(open.location().path()));
            }
        });
        paths.forEach(files::take);
        return new Reading(List.copyOf(datasets.values()), unresolved, new LinkedHashSet<>(paths), notAnalysed);
    }

    private static void read(
            SourceTree files,
            MigrationFile file,
            String dialect,
            Relations relations,
            SchemaReplay replay,
            List<Unresolved> unresolved,
            Set<String> notAnalysed) {
        String path = file.path();
        String text = files.text(path);
        if (text == null) {
            unresolved.add(new Unresolved(SourceLocation.of(path, 1), files.problem(path), null, null));
            notAnalysed.add(path);
            return;
        }
        if (text.contains("{{") || text.contains("{%")) {
            unresolved.add(new Unresolved(
                    SourceLocation.of(path, 1), "a template outside of any dbt project is not rendered", null, null));
            notAnalysed.add(path);
            return;
        }
        int[] lineStarts = lineStarts(text);
        CompiledQuery query =
                new CompiledQuery(text, offset -> SourceLocation.of(path, lineOf(lineStarts, offset)), List.of());
        SqlAnalysis analysis = SqlLineage.analyze(text, SqlOptions.of(dialect).withCatalog(relations));
        for (StatementLineage statement : analysis.statements()) {
            if (statement.kind() == StatementKind.UNPARSED) {
                statement
                        .unresolved()
                        .forEach(open -> unresolved.add(new Unresolved(
                                query.origins().apply(open.range().start()), open.detail(), null, null)));
                notAnalysed.add(path);
            }
        }
        replay.apply(file, query, analysis);
    }

    private static Dataset dataset(
            SourceTree files, String dialect, Relations relations, TableRef target, TableState state) {
        String name = target.qualifiedName();
        LineageAssembler assembler = new LineageAssembler(name, relations::datasetId);
        state.pieces.forEach(piece -> assembler.add(piece.query(), piece.statement()));
        state.unresolved.forEach(open -> assembler.addUnresolved(open.location(), open.reason(), null));
        Assembly assembly = assembler.assemble();
        boolean view = state.pieces.stream().anyMatch(piece -> piece.statement().kind() == StatementKind.CREATE_VIEW);
        String id = "table." + name;
        List<Definition.Query> queries =
                state.pieces.stream().map(SqlFileReader::query).toList();
        boolean declared = state.columns != null;
        return new Dataset(
                id,
                name,
                name,
                view ? "view" : "table",
                DatasetRole.PRODUCED,
                state.createdAt,
                true,
                columns(state, assembly),
                declared ? List.of() : assembly.openStars(),
                assembly.reads().stream()
                        .filter(read -> !read.datasetId().equals(id))
                        .toList(),
                assembly.rowDependencies(),
                List.of(),
                !declared
                        ? assembly.completeness()
                        : assembly.unresolved().isEmpty() ? Completeness.COMPLETE : Completeness.PARTIAL,
                assembly.unresolved(),
                new Definition(files.blobId(state.lastPath), dialect, queries, settings(state), state.dropped));
    }

    /** Declared columns with what fills them; without a declaration those that the statements name. */
    private static List<Column> columns(TableState state, Assembly assembly) {
        Map<String, TableState.DeclaredColumn> declared = state.columns;
        if (declared == null) {
            return assembly.columns();
        }
        Map<String, List<ColumnDependency>> filled = new HashMap<>();
        assembly.columns().forEach(column -> filled.put(column.name(), column.dependencies()));
        List<Column> columns = new ArrayList<>();
        declared.forEach((name, column) ->
                columns.add(new Column(name, column.type(), column.location(), filled.getOrDefault(name, List.of()))));
        return columns;
    }

    private static List<String> settings(TableState state) {
        List<String> settings = new ArrayList<>();
        Map<String, TableState.DeclaredColumn> declared = state.columns;
        if (declared != null) {
            declared.forEach((name, column) -> settings.add(Definition.COLUMN_SETTING + name + "=" + column.origin()
                    + "\n" + (column.type() == null ? "" : column.type())));
        }
        state.rowChanges.forEach(
                (path, digest) -> settings.add(Definition.MIGRATION_SETTING + path.replace('=', '_') + "=" + digest));
        return settings.stream().sorted().toList();
    }

    /** What was dropped: its readers cannot be built. */
    private static Dataset gone(SourceTree files, String dialect, TableRef target, SourceLocation location) {
        String name = target.qualifiedName();
        return new Dataset(
                "table." + name,
                name,
                name,
                "table",
                DatasetRole.MISSING,
                location,
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Completeness.UNKNOWN,
                List.of(),
                new Definition(files.blobId(location.path()), dialect, List.of(), List.of()));
    }

    private static Definition.Query query(TableState.Piece piece) {
        int start = piece.statement().range().start();
        String sql = piece.statement().range().of(piece.query().sql());
        return new CompiledQuery(sql, offset -> piece.query().origins().apply(start + offset), List.of()).toQuery();
    }

    private static void addNamedOnly(Map<String, Dataset> datasets) {
        Map<String, Dataset> named = new LinkedHashMap<>();
        datasets.values()
                .forEach(dataset -> dataset.reads()
                        .forEach(read -> Optional.ofNullable(
                                        datasets.containsKey(read.datasetId()) ? null : read.datasetId())
                                .ifPresent(id -> named.putIfAbsent(
                                        id,
                                        new Dataset(
                                                id,
                                                id.substring("table.".length()),
                                                id.substring("table.".length()),
                                                "table",
                                                DatasetRole.REFERENCED,
                                                read.location(),
                                                false,
                                                List.of(),
                                                List.of(),
                                                List.of(),
                                                List.of(),
                                                List.of(),
                                                Completeness.UNKNOWN,
                                                List.of(),
                                                null)))));
        named.forEach(datasets::putIfAbsent);
    }

    private static int[] lineStarts(String text) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            starts.add(i + 1);
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int lineOf(int[] lineStarts, int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
