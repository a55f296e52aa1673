package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.config.LayoutPattern;
import io.tailwater.lineage.config.LayoutPattern.Place;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which table the query of a file fills where only its path tells: {@code schema/table/query.sql} or
 * {@code schema/table.sql}, with or without a folder of the database above. What the repository's configuration lays down
 * counts first. Otherwise a convention is taken from the files when enough of them agree with it, and they agree by what
 * they show, not by what they are called: the name that the path spells is read somewhere in the repository's SQL, or a
 * file that describes a table stands beside the query.
 */
final class PathLayouts {
    /** Names under which a folder's own query stands in repositories that are laid out like this. */
    private static final Set<String> QUERY_NAMES =
            Set.of("query.sql", "view.sql", "materialized_view.sql", "table.sql", "model.sql");

    private static final Set<String> FIRST_FILLS = Set.of("init.sql", "init_query.sql");
    private static final Set<String> GENERIC_FOLDERS = Set.of(
            "sql",
            "src",
            "queries",
            "query",
            "models",
            "scripts",
            "dags",
            "bigquery",
            "tables",
            "views",
            "data",
            "etl");

    /** Least share of files in a folder layout that must agree. */
    private static final double FOLDER_SHARE = 0.5;

    /** Least share of files in a layout by file names: the tables at the end of a pipeline are read by nobody here. */
    private static final double NAME_SHARE = 0.1;

    private final SourceTree files;
    private final Set<String> tablesRead = new HashSet<>();
    private final Set<String> databasesRead = new HashSet<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> databaseFolders = new TreeSet<>();
    private final Set<String> tableFolders = new TreeSet<>();
    private final Set<String> shapes = new HashSet<>();

    private PathLayouts(SourceTree files) {
        this.files = files;
    }

    /**
     * Finds the layouts of a repository.
     *
     * @param files the repository
     * @param queries paths of files that hold queries and nothing that names what they fill
     * @param read tables that any SQL of the repository reads
     */
    static PathLayouts find(SourceTree files, Collection<String> queries, Collection<TableRef> read) {
        PathLayouts layouts = new PathLayouts(files);
        for (TableRef table : read) {
            List<String> parts = table.parts();
            layouts.tablesRead.add(tail(parts, 2));
            if (parts.size() >= 3) {
                layouts.databasesRead.add(parts.get(parts.size() - 3).toLowerCase(Locale.ROOT));
            }
        }
        Set<String> open = new TreeSet<>();
        for (String path : queries) {
            Optional<Place> told = layouts.told(path);
            told.ifPresent(place -> layouts.places.put(path, place));
            if (told.isEmpty()) {
                open.add(path);
            }
        }
        layouts.byFolder(open);
        open.removeAll(layouts.places.keySet());
        layouts.byName(open);
        return layouts;
    }

    /** The table that the query of a file fills; empty if nothing tells. */
    Optional<Place> place(String path) {
        return Optional.ofNullable(places.get(path));
    }

    /** The table of a folder laid out like those of the queries; empty if it is not. */
    Optional<Place> placeOfFolder(String folder) {
        return shapes.contains(shape(folder)) ? Optional.of(folderPlace(folder)) : Optional.empty();
    }

    /** The database whose folder a file is in; null if it is in none. */
    @Nullable
    String databaseOf(String path) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (databaseFolders.contains(path.substring(0, slash))) {
                String folder = path.substring(0, slash);
                return folder.substring(folder.lastIndexOf('/') + 1);
            }
        }
        return null;
    }

    private Optional<Place> told(String path) {
        return files.config().layouts().stream()
                .map((LayoutPattern pattern) -> pattern.place(path))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** {@code schema/table/query.sql}: file names under which folders hold the query of their own table. */
    private void byFolder(Set<String> paths) {
        Map<String, Set<String>> byFileName = new TreeMap<>();
        for (String path : paths) {
            if (depth(path) >= 3) {
                byFileName.computeIfAbsent(name(path), name -> new TreeSet<>()).add(path);
            }
        }
        Set<String> accepted = new TreeSet<>();
        byFileName.forEach((fileName, group) -> {
            if (QUERY_NAMES.contains(fileName) || (group.size() >= 3 && folderAgrees(fileName, group))) {
                accepted.addAll(group);
            }
        });
        accepted.forEach(path -> {
            tableFolders.add(folder(path));
            shapes.add(shape(folder(path)));
        });
        for (String path : paths) {
            boolean firstFill = FIRST_FILLS.contains(name(path)) && tableFolders.contains(folder(path));
            if (firstFill) {
                accepted.add(path);
            }
        }
        findDatabases();
        accepted.forEach(path -> places.put(path, folderPlace(folder(path))));
    }

    private boolean folderAgrees(String fileName, Set<String> group) {
        long beside = group.stream()
                .filter(path -> QUERY_NAMES.stream()
                        .anyMatch(query -> !query.equals(fileName) && files.has(folder(path) + "/" + query)))
                .count();
        // a check or a backfill of the table whose query stands beside it
        if (beside * 5 >= group.size()) {
            return false;
        }
        long agree = group.stream()
                .filter(path -> isRead(folder(path)) || SchemaFile.isIn(files, folder(path)))
                .count();
        return agree >= FOLDER_SHARE * group.size();
    }

    /** {@code schema/table.sql}: folders of queries whose file names are names of tables. */
    private void byName(Set<String> paths) {
        Map<String, Set<String>> byRoot = new TreeMap<>();
        for (String path : paths) {
            if (depth(path) >= 2) {
                byRoot.computeIfAbsent(folder(folder(path)), root -> new TreeSet<>())
                        .add(path);
            }
        }
        byRoot.forEach((root, group) -> {
            long agree = group.stream().filter(path -> isRead(stem(path))).count();
            if (agree >= 1 && agree >= NAME_SHARE * group.size()) {
                group.forEach(path -> places.put(path, namePlace(stem(path))));
            }
        });
    }

    private Place namePlace(String stem) {
        Place place = folderPlace(stem);
        String above = folder(folder(stem));
        boolean database =
                !above.isEmpty() && databasesRead.contains(last(above).toLowerCase(Locale.ROOT));
        if (database) {
            databaseFolders.add(above);
        }
        return new Place(database ? last(above) : place.database(), place.schema(), place.table());
    }

    /** Folders two above a table's are databases when SQL names one of those beside them so, or their names look it. */
    private void findDatabases() {
        Map<String, Set<String>> byRoot = new TreeMap<>();
        for (String folder : tableFolders) {
            String database = folder(folder(folder));
            if (!database.isEmpty()) {
                byRoot.computeIfAbsent(folder(database), root -> new TreeSet<>())
                        .add(database);
            }
        }
        byRoot.values().forEach(group -> {
            boolean named = group.stream()
                    .anyMatch(each -> databasesRead.contains(last(each).toLowerCase(Locale.ROOT)));
            for (String each : group) {
                boolean looksIt = last(each).indexOf('-') > 0 && !GENERIC_FOLDERS.contains(last(each));
                if ((named && !GENERIC_FOLDERS.contains(last(each).toLowerCase(Locale.ROOT))) || looksIt) {
                    databaseFolders.add(each);
                }
            }
        });
    }

    private Place folderPlace(String folder) {
        String schema = folder(folder);
        String database = folder(schema);
        return new Place(
                databaseFolders.contains(database) ? last(database) : null,
                schema.isEmpty() ? null : last(schema),
                last(folder));
    }

    private boolean isRead(String folder) {
        String schema = last(folder(folder));
        return !schema.isEmpty() && tablesRead.contains((schema + "." + last(folder)).toLowerCase(Locale.ROOT));
    }

    /** Equal for folders that are equally deep below the same folder at the top. */
    private static String shape(String folder) {
        return depth(folder) + folder.substring(0, folder.indexOf('/') + 1);
    }

    private static String tail(List<String> parts, int most) {
        return String.join(".", parts.subList(Math.max(0, parts.size() - most), parts.size()))
                .toLowerCase(Locale.ROOT);
    }

    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count() + 1;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String last(String folder) {
        return name(folder);
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
    }
}
