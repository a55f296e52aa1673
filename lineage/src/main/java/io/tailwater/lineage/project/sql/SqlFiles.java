package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.config.LayoutPattern.Place;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ProjectReader.Reading;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The SQL files of one dialect. They are read until nothing new is learned: a view may stand in a file before the table
 * whose columns its star shows, so whoever reads something whose columns became known is looked at again.
 */
final class SqlFiles {
    private static final int MOST_ROUNDS = 25;

    private final SourceTree files;
    private final String dialect;
    private final String history;
    private final NameRules rules;
    private final List<ParsedFile> parsed = new ArrayList<>();
    private final List<Unresolved> unresolved = new ArrayList<>();
    private final Set<String> notAnalysed = new LinkedHashSet<>();
    private final Set<String> described = new LinkedHashSet<>();
    private PathLayouts layouts;
    private Defaults defaults;

    /**
     * Files of one dialect.
     *
     * @param history what tells their database apart from the others of the repository; empty for the only or first one
     */
    SqlFiles(SourceTree files, String dialect, String history) {
        this.files = files;
        this.history = history;
        this.dialect = dialect;
        this.rules = SqlOptions.of(dialect).nameRules();
        this.layouts = PathLayouts.find(files, List.of(), List.of());
        this.defaults = new Defaults(rules, files.config(), layouts);
    }

    Reading read(List<String> paths, List<SqlScript> scripts) {
        for (MigrationFile file : MigrationFile.inOrder(paths)) {
            parse(file);
        }
        scripts.forEach(this::parse);
        parsed.sort(Comparator.comparing(file -> file.file.kind()));
        findLayouts();
        Map<String, SchemaFile> schemas = schemas();
        Map<String, Dataset> datasets = settle(schemas);
        parsed.forEach(this::addUnparsed);
        schemas.values().forEach(schema -> unresolved.addAll(schema.problems()));
        new NamedOnly(datasets).add();
        Set<String> all = new LinkedHashSet<>(paths);
        scripts.forEach(script -> all.add(script.path()));
        all.addAll(described);
        datasets.values().forEach(dataset -> unresolved.addAll(dataset.unresolved()));
        unresolved.forEach(open -> notAnalysed.add(open.location().path()));
        notAnalysed.retainAll(all);
        return new Reading(
                List.copyOf(datasets.values()), unresolved.stream().distinct().toList(), all, notAnalysed);
    }

    private void parse(MigrationFile file) {
        String written = files.text(file.path());
        if (written == null) {
            unresolved.add(new Unresolved(SourceLocation.of(file.path(), 1), files.problem(file.path()), null, null));
            return;
        }
        SqlText text = SqlText.of(file.path(), written);
        unresolved.addAll(text.unresolved());
        ParsedFile read = new ParsedFile(file, text, dialect);
        read.analyse(SqlOptions.of(dialect));
        parsed.add(read);
    }

    private void parse(SqlScript script) {
        MigrationFile file = new MigrationFile(
                script.path(),
                switch (script.kind()) {
                    case MIGRATION, STATE -> MigrationFile.Kind.VERSIONED;
                    case JOB -> MigrationFile.Kind.SCRIPT;
                    case MODEL -> MigrationFile.Kind.MODEL;
                },
                List.of());
        ParsedFile read = new ParsedFile(file, SqlText.of(script), dialect, script.replaces());
        read.analyse(SqlOptions.of(dialect));
        parsed.add(read);
    }

    private void findLayouts() {
        List<String> queries = new ArrayList<>();
        Set<TableRef> read = new HashSet<>();
        for (ParsedFile file : parsed) {
            read.addAll(file.tablesRead());
            if (file.file.path().endsWith(".sql") && !file.file.hasPlaceInOrder() && file.isBareQuery()) {
                queries.add(file.file.path());
            }
        }
        layouts = PathLayouts.find(files, queries, read);
        defaults = new Defaults(rules, files.config(), layouts);
    }

    /** What files beside queries declare, by folder. */
    private Map<String, SchemaFile> schemas() {
        Map<String, SchemaFile> schemas = new TreeMap<>();
        Set<String> folders = new LinkedHashSet<>();
        parsed.forEach(file -> folders.add(folder(file.file.path())));
        files.paths(SchemaFile::isSchema).forEach(path -> folders.add(folder(path)));
        for (String folder : folders) {
            if (layouts.placeOfFolder(folder).isPresent()) {
                SchemaFile schema = SchemaFile.of(files, folder);
                if (schema != null) {
                    schemas.put(folder, schema);
                    schema.paths().stream().filter(SchemaFile::isSchema).forEach(described::add);
                }
            }
        }
        return schemas;
    }

    /** Replays and looks again until the columns of everything stay as they are. */
    private Map<String, Dataset> settle(Map<String, SchemaFile> schemas) {
        Relations relations = new Relations(rules);
        Map<TableRef, String> functions = functions();
        functions.forEach(relations::defineFunction);
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        Set<String> changed = new HashSet<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (ParsedFile file : parsed) {
                files.checkTime();
                String path = file.file.path();
                boolean again = round == 0
                        || file.tablesRead().stream().map(relations::datasetId).anyMatch(changed::contains);
                if (again) {
                    file.analyse(defaults.options(SqlOptions.of(dialect).withCatalog(relations), path));
                }
            }
            SchemaReplay replay = replay(schemas);
            Relations known = new Relations(rules);
            functions.forEach(known::defineFunction);
            replay.tables()
                    .keySet()
                    .forEach(table -> known.declare(SqlDatasets.id(table, history), table.qualifiedName()));
            Map<String, Dataset> found = new SqlDatasets(files, dialect, known, history).of(replay, readers(replay));
            changed.clear();
            for (Dataset dataset : found.values()) {
                known.define(dataset);
                Dataset before = datasets.get(dataset.id());
                if (before == null || !Relations.sameColumns(before, dataset)) {
                    changed.add(dataset.id());
                }
            }
            relations = known;
            datasets = found;
            if (changed.isEmpty() || round == MOST_ROUNDS - 1) {
                unresolved.addAll(replay.unresolved());
                break;
            }
        }
        return datasets;
    }

    /** What functions return that the files define, by their whole name. */
    private Map<TableRef, String> functions() {
        Map<TableRef, String> functions = new HashMap<>();
        for (ParsedFile file : parsed) {
            file.functions()
                    .forEach((name, returns) -> functions.put(defaults.qualify(name, file.file.path()), returns));
        }
        return functions;
    }

    private SchemaReplay replay(Map<String, SchemaFile> schemas) {
        SchemaReplay replay = new SchemaReplay(rules, defaults, dialect);
        replay.expect(parsed);
        for (ParsedFile file : parsed) {
            if (file.file.runsOnce() && file.createsTablesByQuery()) {
                SqlOptions then = SqlOptions.of(dialect).withCatalog(replay);
                file.analyse(defaults.options(then, file.file.path()));
            }
            replay.apply(file);
            layoutOf(file).ifPresent(place -> {
                if (!file.pieces().isEmpty()) {
                    replay.fill(table(place, file.file.path()), file, isView(file.file.path()));
                }
            });
        }
        replay.finish();
        schemas.forEach((folder, schema) ->
                layouts.placeOfFolder(folder).ifPresent(place -> replay.describe(table(place, folder + "/"), schema)));
        return replay;
    }

    /** What the path of an SQL file says that it fills; the path of another file says nothing. */
    private Optional<Place> layoutOf(ParsedFile file) {
        return file.file.path().endsWith(".sql") ? layouts.place(file.file.path()) : Optional.empty();
    }

    /** Files that hold only queries, and whose rows go nowhere that the repository names. */
    private List<ParsedFile> readers(SchemaReplay replay) {
        return parsed.stream()
                .filter(file -> !file.file.hasPlaceInOrder()
                        && file.isBareQuery()
                        && layoutOf(file).isEmpty()
                        && file.pieces().stream()
                                .anyMatch(piece -> !piece.statement().reads().isEmpty()))
                .toList();
    }

    private TableRef table(Place place, String path) {
        RepositoryConfig config = files.config();
        String schema = place.schema() != null ? place.schema() : config.schema();
        List<@Nullable String> parts = new ArrayList<>();
        parts.add(schema == null ? null : place.database());
        parts.add(schema);
        parts.add(place.table());
        return defaults.qualify(
                new TableRef(parts.stream()
                        .flatMap(Stream::ofNullable)
                        .map(part -> rules.tablePart(part, false))
                        .toList()),
                path);
    }

    private static boolean isView(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals("view.sql") || name.equals("materialized_view.sql");
    }

    private void addUnparsed(ParsedFile file) {
        for (int i = 0; i < file.analyses().size(); i++) {
            for (StatementLineage statement : file.analyses().get(i).statements()) {
                if (statement.kind() == StatementKind.UNPARSED) {
                    var origins = file.text.variants().get(i).origins();
                    statement
                            .unresolved()
                            .forEach(open -> unresolved.add(
                                    new Unresolved(origins.apply(open.range().start()), open.detail(), null, null)));
                }
            }
        }
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
