package io.tailwater.lineage.project.sql;

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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads SQL files outside of projects: what {@code CREATE VIEW}, {@code CREATE TABLE AS} and {@code INSERT} make of what. */
public final class SqlFileReader implements ProjectReader {
    private static final int MOST_FILES = 5_000;

    private record Piece(String path, CompiledQuery query, StatementLineage statement) {}

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
        Map<TableRef, List<Piece>> byTarget = new LinkedHashMap<>();
        Set<String> notAnalysed = new LinkedHashSet<>();
        // twice: a view may stand in a file before the table it reads
        for (int pass = 0; pass < 2; pass++) {
            byTarget.clear();
            unresolved.clear();
            for (String path : paths) {
                read(files, path, dialect, relations, byTarget, unresolved, notAnalysed);
            }
            byTarget.forEach((target, pieces) -> relations.define(dataset(files, dialect, relations, target, pieces)));
        }
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        byTarget.forEach((target, pieces) -> {
            Dataset dataset = dataset(files, dialect, relations, target, pieces);
            datasets.put(dataset.id(), dataset);
        });
        addNamedOnly(datasets);
        datasets.values().forEach(dataset -> {
            unresolved.addAll(dataset.unresolved());
            if (!dataset.unresolved().isEmpty()) {
                notAnalysed.add(dataset.location().path());
            }
        });
        paths.forEach(files::take);
        return new Reading(List.copyOf(datasets.values()), unresolved, new LinkedHashSet<>(paths), notAnalysed);
    }

    private static void read(
            SourceTree files,
            String path,
            String dialect,
            Relations relations,
            Map<TableRef, List<Piece>> byTarget,
            List<Unresolved> unresolved,
            Set<String> notAnalysed) {
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
            } else if (statement.target() != null && !statement.temporary() && makesData(statement.kind())) {
                byTarget.computeIfAbsent(statement.target(), target -> new ArrayList<>())
                        .add(new Piece(path, query, statement));
            }
        }
    }

    private static boolean makesData(StatementKind kind) {
        return switch (kind) {
            case INSERT, UPDATE, MERGE, CREATE_TABLE, CREATE_TABLE_AS, CREATE_TABLE_LIKE, CREATE_VIEW, COPY -> true;
            case QUERY, DELETE, ALTER_TABLE, RENAME, SWAP, DROP, TRUNCATE, OTHER, UNPARSED -> false;
        };
    }

    private static Dataset dataset(
            SourceTree files, String dialect, Relations relations, TableRef target, List<Piece> pieces) {
        String name = target.qualifiedName();
        LineageAssembler assembler = new LineageAssembler(name, relations::datasetId);
        pieces.forEach(piece -> assembler.add(piece.query(), piece.statement()));
        Assembly assembly = assembler.assemble();
        Piece first = pieces.get(0);
        SourceLocation location =
                first.query().origins().apply(first.statement().range().start());
        boolean view = pieces.stream().anyMatch(piece -> piece.statement().kind() == StatementKind.CREATE_VIEW);
        String id = "table." + name;
        List<Definition.Query> queries =
                pieces.stream().map(SqlFileReader::query).toList();
        return new Dataset(
                id,
                name,
                name,
                view ? "view" : "table",
                DatasetRole.PRODUCED,
                location,
                true,
                assembly.columns(),
                assembly.openStars(),
                assembly.reads().stream()
                        .filter(read -> !read.datasetId().equals(id))
                        .toList(),
                assembly.rowDependencies(),
                List.of(),
                assembly.completeness(),
                assembly.unresolved(),
                new Definition(files.blobId(first.path()), dialect, queries, List.of()));
    }

    private static Definition.Query query(Piece piece) {
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
