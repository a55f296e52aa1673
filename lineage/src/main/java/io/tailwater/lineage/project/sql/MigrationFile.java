package io.tailwater.lineage.project.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SQL file and when it runs. Versioned files run once, in the order of their versions; repeatable ones after them; the
 * names are those of Flyway (https://documentation.red-gate.com/fd/migrations-184127470.html).
 *
 * @param path path in the repository
 * @param kind when it runs
 * @param version parts of the version; empty without one
 */
record MigrationFile(String path, Kind kind, List<Long> version) {
    private static final Pattern VERSIONED = Pattern.compile("V(\\d{1,18}(?:[._]\\d{1,18})*)__.*\\.sql");
    private static final Pattern REPEATABLE = Pattern.compile("R__.*\\.sql");
    private static final Pattern BACKWARDS = Pattern.compile("U\\d[\\d._]*__.*\\.sql|.*[._]down\\.sql");
    private static final Pattern NUMBERED = Pattern.compile("\\d.*");

    /** When a file runs, in order. */
    enum Kind {
        /** Once, in order of versions. */
        VERSIONED,
        /** After the versioned ones. */
        REPEATABLE,
        /** Somehow; taken in order of paths. */
        SCRIPT,
        /** Never: it describes what exists. */
        MODEL
    }

    /** The files in the order in which they run; without those that only take a change back. */
    static List<MigrationFile> inOrder(List<String> paths) {
        List<MigrationFile> files = new ArrayList<>();
        for (String path : paths) {
            if (!BACKWARDS.matcher(name(path)).matches()) {
                files.add(of(path));
            }
        }
        files.sort(Comparator.comparing(MigrationFile::kind)
                .thenComparing(file -> file.kind() == Kind.VERSIONED ? folder(file.path()) : "")
                .thenComparing(MigrationFile::version, MigrationFile::compareVersions)
                .thenComparing(MigrationFile::path));
        return files;
    }

    /** Whether the name says that it runs after those before it. */
    boolean hasPlaceInOrder() {
        return kind == Kind.VERSIONED
                || kind == Kind.REPEATABLE
                || NUMBERED.matcher(name(path)).matches();
    }

    /** Whether it runs once and never again. */
    boolean runsOnce() {
        return kind == Kind.VERSIONED;
    }

    /** Whether a file's name says that it is a migration. */
    static boolean isMigration(String path) {
        return VERSIONED.matcher(name(path)).matches()
                || REPEATABLE.matcher(name(path)).matches();
    }

    private static MigrationFile of(String path) {
        Matcher versioned = VERSIONED.matcher(name(path));
        if (versioned.matches()) {
            List<Long> version = Arrays.stream(versioned.group(1).split("[._]"))
                    .map(Long::valueOf)
                    .toList();
            return new MigrationFile(path, Kind.VERSIONED, version);
        }
        boolean repeatable = REPEATABLE.matcher(name(path)).matches();
        return new MigrationFile(path, repeatable ? Kind.REPEATABLE : Kind.SCRIPT, List.of());
    }

    private static int compareVersions(List<Long> one, List<Long> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            long left = i < one.size() ? one.get(i) : 0;
            long right = i < other.size() ? other.get(i) : 0;
            if (left != right) {
                return Long.compare(left, right);
            }
        }
        return 0;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
