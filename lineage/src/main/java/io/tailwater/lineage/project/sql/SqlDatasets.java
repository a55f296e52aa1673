package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.Assembly;
import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.project.LineageAssembler;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.sql.TableState.DeclaredColumn;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.TableUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what the replay of SQL files left into datasets. */
final class SqlDatasets {
    /** How ids of tables begin; what follows is the qualified name. */
    static final String PREFIX = "table.";

    private static final Pattern CHECK =
            Pattern.compile("(?i)(?:.*/)?(?:[^/]*[._-])?(?:checks?|tests?|assert\\w*)(?:[._-][^/]*)?\\.sql");

    private final SourceTree files;
    private final String dialect;
    private final Relations relations;
    private final String history;

    SqlDatasets(SourceTree files, String dialect, Relations relations, String history) {
        this.files = files;
        this.history = history;
        this.dialect = dialect;
        this.relations = relations;
    }

    /**
     * The id of a table that is made here.
     *
     * @param history what tells its database apart from the others of the repository; empty for the only or first one
     */
    static String id(TableRef table, String history) {
        return PREFIX + table.qualifiedName() + (history.isEmpty() ? "" : "@" + history);
    }

    /** Everything that exists, what was dropped, and the queries that only read, by id. */
    Map<String, Dataset> of(SchemaReplay replay, List<ParsedFile> readers) {
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        replay.tables().forEach((target, state) -> {
            Dataset dataset = table(target, state);
            datasets.put(dataset.id(), dataset);
        });
        replay.droppedTables().forEach((target, location) -> {
            Dataset gone = gone(target, location);
            datasets.putIfAbsent(gone.id(), gone);
        });
        Map<String, List<TableState.Piece>> queries = new LinkedHashMap<>();
        readers.forEach(file -> queries.computeIfAbsent(file.file.path(), path -> new ArrayList<>())
                .addAll(file.pieces()));
        queries.forEach((path, pieces) -> {
            Dataset reader = reader(path, pieces);
            datasets.put(reader.id(), reader);
        });
        return datasets;
    }

    private Dataset table(TableRef target, TableState state) {
        String id = id(target, history);
        Assembly assembly = assembly(target.qualifiedName(), state.pieces, state);
        boolean view = state.view
                || state.pieces.stream().anyMatch(piece -> piece.statement().kind() == StatementKind.CREATE_VIEW);
        Shape shape = shape(state, assembly);
        SchemaFile described = state.described;
        return new Dataset(
                id,
                target.qualifiedName(),
                target.qualifiedName(),
                view ? "view" : "table",
                DatasetRole.PRODUCED,
                state.createdAt,
                true,
                shape.columns(),
                shape.openStars(),
                assembly.reads().stream()
                        .filter(read -> !read.datasetId().equals(id))
                        .toList(),
                assembly.rowDependencies(),
                described == null ? List.of() : described.owners(),
                shape.completeness(),
                assembly.unresolved(),
                new Definition(
                        blobId(state),
                        dialect,
                        state.pieces.stream().map(SqlDatasets::query).toList(),
                        settings(state, shape),
                        state.dropped));
    }

    /** A query whose rows nobody here stores: it reads, and fails when what it reads is gone. */
    private Dataset reader(String path, List<TableState.Piece> pieces) {
        String name = path.substring(0, path.lastIndexOf('.'));
        Assembly assembly = assembly(name, pieces, null);
        return new Dataset(
                "query." + path,
                name,
                null,
                kindOfReader(path),
                DatasetRole.READER,
                SourceLocation.of(path, 1),
                false,
                assembly.columns(),
                assembly.openStars(),
                assembly.reads(),
                assembly.rowDependencies(),
                List.of(),
                assembly.completeness(),
                assembly.unresolved(),
                new Definition(
                        files.blobId(path),
                        dialect,
                        pieces.stream().map(SqlDatasets::query).toList(),
                        List.of()));
    }

    private static String kindOfReader(String path) {
        return !path.endsWith(".sql") ? "job" : CHECK.matcher(path).matches() ? "test" : "query";
    }

    private Assembly assembly(String name, List<TableState.Piece> pieces, @Nullable TableState state) {
        LineageAssembler assembler = new LineageAssembler(
                name, table -> relations.datasetId(state == null ? table : state.followed.getOrDefault(table, table)));
        for (TableState.Piece piece : pieces) {
            assembler.add(piece.query(), piece.statement());
            for (TableUse use : piece.statement().reads()) {
                if (Placeholders.isWhole(use.table().name())) {
                    assembler.addUnresolved(
                            piece.query().origins().apply(use.range().start()),
                            "which table " + use.table().name() + " is shows only when the query runs",
                            null);
                }
            }
        }
        if (state != null) {
            state.unresolved.forEach(open -> assembler.addUnresolved(open.location(), open.reason(), null));
        }
        return assembler.assemble();
    }

    /** The content of the file that makes it, and of those that describe it. */
    private String blobId(TableState state) {
        SchemaFile described = state.described;
        String own = files.blobId(state.lastPath);
        return described == null || described.columns().isEmpty()
                ? own
                : own + described.paths().stream().map(files::blobId).toList();
    }

    /** Columns, stars left open, and how far they are known. */
    private record Shape(List<Column> columns, List<OpenStar> openStars, Completeness completeness) {}

    private static Shape shape(TableState state, Assembly assembly) {
        Map<String, DeclaredColumn> declared = state.columns;
        SchemaFile described = state.described;
        if (declared != null) {
            return new Shape(
                    declaredColumns(declared, assembly),
                    List.of(),
                    assembly.unresolved().isEmpty() ? Completeness.COMPLETE : Completeness.PARTIAL);
        }
        if (described == null || described.columns().isEmpty()) {
            return new Shape(assembly.columns(), assembly.openStars(), assembly.completeness());
        }
        if (state.pieces.isEmpty()) {
            return new Shape(declaredColumns(described.columns(), assembly), List.of(), Completeness.COMPLETE);
        }
        boolean oneStar = assembly.openStars().size() == 1;
        Completeness completeness = switch (assembly.completeness()) {
            case COMPLETE -> Completeness.COMPLETE;
            case OPEN_STAR -> oneStar ? Completeness.COMPLETE : Completeness.OPEN_STAR;
            case PARTIAL, UNKNOWN -> Completeness.PARTIAL;
        };
        return new Shape(filledColumns(described, assembly), oneStar ? List.of() : assembly.openStars(), completeness);
    }

    /** Declared columns with what fills them. */
    private static List<Column> declaredColumns(Map<String, DeclaredColumn> declared, Assembly assembly) {
        Map<String, List<ColumnDependency>> filled = new HashMap<>();
        assembly.columns().forEach(column -> filled.put(column.name(), column.dependencies()));
        List<Column> columns = new ArrayList<>();
        declared.forEach((name, column) ->
                columns.add(new Column(name, column.type(), column.location(), filled.getOrDefault(name, List.of()))));
        return columns;
    }

    /** What the query puts out, then what only the schema beside it knows: that arrives through its one star, if it has one. */
    private static List<Column> filledColumns(SchemaFile described, Assembly assembly) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (Column column : assembly.columns()) {
            DeclaredColumn declared = described.columns().get(column.name());
            String type = column.type() == null && declared != null ? declared.type() : column.type();
            columns.put(column.name(), new Column(column.name(), type, column.location(), column.dependencies()));
        }
        OpenStar star = assembly.openStars().size() == 1 ? assembly.openStars().getFirst() : null;
        described.columns().forEach((name, declared) -> {
            List<ColumnDependency> arrives = star == null || star.except().contains(name)
                    ? List.of()
                    : List.of(new ColumnDependency(star.datasetId(), name, DirectUse.IDENTITY, star.location()));
            columns.putIfAbsent(name, new Column(name, declared.type(), declared.location(), arrives));
        });
        return List.copyOf(columns.values());
    }

    private static List<String> settings(TableState state, Shape shape) {
        List<String> settings = new ArrayList<>();
        Map<String, DeclaredColumn> declared = state.columns;
        SchemaFile described = state.described;
        if (declared != null) {
            declared.forEach((name, column) -> settings.add(columnSetting(name, column.origin(), column.type())));
        } else if (described != null && !described.columns().isEmpty()) {
            for (Column column : shape.columns()) {
                DeclaredColumn known = described.columns().get(column.name());
                settings.add(columnSetting(
                        column.name(),
                        column.name(),
                        known == null || known.type() == null ? null : SchemaFile.withoutFields(known.type())));
            }
            described.fields().forEach((path, type) -> settings.add(Definition.FIELD_SETTING + path + "=" + type));
        }
        state.rowChanges.forEach(
                (path, digest) -> settings.add(Definition.MIGRATION_SETTING + path.replace('=', '_') + "=" + digest));
        return settings.stream().sorted().toList();
    }

    private static String columnSetting(String name, String origin, @Nullable String type) {
        return Definition.COLUMN_SETTING + name + "=" + origin + "\n" + (type == null ? "" : type);
    }

    /** What was dropped: its readers cannot be built. */
    private Dataset gone(TableRef target, SourceLocation location) {
        String name = target.qualifiedName();
        return new Dataset(
                id(target, history),
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
}
