package io.tailwater.lineage.project.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which versioned files run one after the other in the same database. A version runs once in a database, so folders that have a version in common are folders of
 * different databases: of several services, or of several vendors' databases. Folders named after different vendors are, too.
 */
final class MigrationHistories {
    /** What folders are called that hold the files for one vendor's database, and the dialect of these. */
    private static final Map<String, String> VENDORS = Map.ofEntries(
            Map.entry("postgresql", "postgres"),
            Map.entry("postgres", "postgres"),
            Map.entry("mysql", "mysql"),
            Map.entry("mariadb", "mysql"),
            Map.entry("sqlserver", "tsql"),
            Map.entry("mssql", "tsql"),
            Map.entry("oracle", "oracle"),
            Map.entry("redshift", "redshift"),
            Map.entry("snowflake", "snowflake"),
            Map.entry("bigquery", "bigquery"),
            Map.entry("clickhouse", "clickhouse"),
            Map.entry("databricks", "databricks"));

    private MigrationHistories() {}

    /**
     * Files of one database.
     *
     * @param folder the folder that tells it apart from the first one; empty for the first, to which all files belong that are in no other
     * @param paths the files
     */
    record History(String folder, List<String> paths) {
        History {
            paths = List.copyOf(paths);
        }
    }

    /** The histories in order of their folders; always at least one. */
    static List<History> of(List<String> paths) {
        Map<String, Set<List<Long>>> versions = new TreeMap<>();
        for (MigrationFile file : MigrationFile.inOrder(paths)) {
            if (file.kind() == MigrationFile.Kind.VERSIONED) {
                versions.computeIfAbsent(folder(file.path()), folder -> new HashSet<>())
                        .add(file.version());
            }
        }
        List<Set<List<Long>>> taken = new ArrayList<>();
        List<@Nullable String> vendors = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Map<String, Integer> historyOf = new LinkedHashMap<>();
        versions.forEach((folder, own) -> {
            int history = 0;
            String vendor = vendorOf(folder);
            while (history < taken.size()
                    && (shares(taken.get(history), own) || isOther(vendor, vendors.get(history)))) {
                history++;
            }
            if (history == taken.size()) {
                taken.add(new HashSet<>());
                vendors.add(null);
                names.add(history == 0 ? "" : folder);
            }
            if (vendor != null) {
                vendors.set(history, vendor);
            }
            taken.get(history).addAll(own);
            historyOf.put(folder, history);
        });
        List<List<String>> files = new ArrayList<>();
        for (int i = 0; i < Math.max(1, taken.size()); i++) {
            files.add(new ArrayList<>());
        }
        for (String path : paths) {
            files.get(historyOf.getOrDefault(folder(path), 0)).add(path);
        }
        List<History> histories = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            histories.add(new History(i == 0 ? "" : names.get(i), files.get(i)));
        }
        return histories;
    }

    /** The dialect of the only vendor that folders of migrations are named after; null if there is none or several. */
    static @Nullable String vendorDialect(List<String> paths) {
        Set<String> dialects = new HashSet<>();
        for (String path : paths) {
            String dialect = MigrationFile.isMigration(path) ? vendorOf(folder(path)) : null;
            if (dialect != null) {
                dialects.add(dialect);
            }
        }
        return dialects.size() == 1 ? dialects.iterator().next() : null;
    }

    private static @Nullable String vendorOf(String folder) {
        String[] folders = folder.split("/");
        for (int i = folders.length - 1; i >= 0; i--) {
            String dialect = VENDORS.get(folders[i].toLowerCase(Locale.ROOT));
            if (dialect != null) {
                return dialect;
            }
        }
        return null;
    }

    private static boolean isOther(@Nullable String vendor, @Nullable String known) {
        return vendor != null && known != null && !vendor.equals(known);
    }

    private static boolean shares(Set<List<Long>> one, Set<List<Long>> other) {
        return other.stream().anyMatch(one::contains);
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
