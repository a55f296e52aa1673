package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.SourceTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads SQL files outside of projects: which tables and views their statements leave when they run in order, what fills
 * what, and what only reads.
 */
public final class SqlFileReader implements ProjectReader {
    private static final int MOST_FILES = 20_000;

    private final List<SqlScripts> others;

    /** A reader of SQL files only. */
    public SqlFileReader() {
        this(List.of());
    }

    /** A reader of SQL files and of the SQL that files of other languages carry. */
    public SqlFileReader(List<SqlScripts> others) {
        this.others = List.copyOf(others);
    }

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
        List<MigrationHistories.History> histories = MigrationHistories.of(paths);
        Map<String, List<String>> byDialect =
                byDialect(files, histories.getFirst().paths());
        Set<String> all = new LinkedHashSet<>(paths);
        Map<String, List<SqlScript>> scripts = new LinkedHashMap<>();
        String usual = byDialect.size() == 1 ? byDialect.keySet().iterator().next() : "ansi";
        Set<String> claimed = new LinkedHashSet<>();
        for (SqlScripts other : others) {
            SqlScripts.Found found = other.find(files, usual);
            unresolved.addAll(found.unresolved());
            all.addAll(found.files());
            claimed.addAll(found.files());
            found.scripts()
                    .forEach(script -> scripts.computeIfAbsent(script.dialect(), dialect -> new ArrayList<>())
                            .add(script));
        }
        byDialect.values().forEach(group -> group.removeIf(claimed::contains));
        asMigrationsDo(files, byDialect, scripts);
        scripts.keySet().forEach(dialect -> byDialect.computeIfAbsent(dialect, none -> new ArrayList<>()));
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        Set<String> notAnalysed = new LinkedHashSet<>();
        List<Group> groups = new ArrayList<>();
        byDialect.forEach(
                (dialect, own) -> groups.add(new Group(dialect, "", own, scripts.getOrDefault(dialect, List.of()))));
        for (MigrationHistories.History history : histories.subList(1, histories.size())) {
            List<String> unclaimed = history.paths().stream()
                    .filter(path -> !claimed.contains(path))
                    .toList();
            byDialect(files, unclaimed)
                    .forEach((dialect, own) -> groups.add(new Group(dialect, history.folder(), own, List.of())));
        }
        for (Group group : groups) {
            Reading reading =
                    new SqlFiles(files, group.dialect(), group.history()).read(group.paths(), group.scripts());
            reading.datasets()
                    .forEach(dataset -> datasets.merge(
                            dataset.id(),
                            dataset,
                            (before, after) -> before.role() == DatasetRole.REFERENCED ? after : before));
            unresolved.addAll(reading.unresolved());
            all.addAll(reading.files());
            notAnalysed.addAll(reading.notAnalysed());
        }
        unresolved.stream()
                .map(open -> open.location().path())
                .filter(all::contains)
                .forEach(notAnalysed::add);
        all.forEach(files::take);
        return new Reading(List.copyOf(datasets.values()), unresolved, all, notAnalysed);
    }

    /** Files of one dialect that belong to one database, with the SQL of other files beside them. */
    private record Group(String dialect, String history, List<String> paths, List<SqlScript> scripts) {}

    /** Files whose words do not tell a dialect are of that of the tables that migrations make beside them, if it is one. */
    private static void asMigrationsDo(
            SourceTree files, Map<String, List<String>> byDialect, Map<String, List<SqlScript>> scripts) {
        List<String> ofSchemas = scripts.values().stream()
                .flatMap(List::stream)
                .filter(script -> script.kind() != SqlScript.Kind.JOB)
                .map(SqlScript::dialect)
                .distinct()
                .toList();
        List<String> untold = byDialect.getOrDefault("ansi", List.of()).stream()
                .filter(path -> files.config().dialectOf(path) == null)
                .toList();
        if (ofSchemas.size() == 1 && !ofSchemas.getFirst().equals("ansi") && !untold.isEmpty()) {
            byDialect.values().forEach(group -> group.removeAll(untold));
            byDialect
                    .computeIfAbsent(ofSchemas.getFirst(), dialect -> new ArrayList<>())
                    .addAll(untold);
        }
    }

    /**
     * Files by dialect: what the configuration says, else the vendor whose folder the migrations are in, else what the files' own words tell of all of them
     * together.
     */
    private static Map<String, List<String>> byDialect(SourceTree files, List<String> paths) {
        Map<String, List<String>> byDialect = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>();
        String vendor = MigrationHistories.vendorDialect(paths);
        for (String path : paths) {
            String configured = files.config().dialectOf(path);
            String told = configured != null ? configured : vendor;
            (told == null ? rest : byDialect.computeIfAbsent(told, dialect -> new ArrayList<>())).add(path);
        }
        if (!rest.isEmpty()) {
            byDialect
                    .computeIfAbsent(DialectWords.dialect(files, rest), dialect -> new ArrayList<>())
                    .addAll(rest);
        }
        return byDialect;
    }
}
