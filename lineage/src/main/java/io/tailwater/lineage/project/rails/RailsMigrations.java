package io.tailwater.lineage.project.rails;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.sql.ScriptText;
import io.tailwater.lineage.project.sql.SqlScript;
import io.tailwater.lineage.project.sql.SqlScripts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Databases of Rails: the migrations in order of their versions, and {@code schema.rb} or {@code structure.sql}, which tell
 * the state after those they know of. Migrations that are newer than the dump follow it. Only the way up counts.
 */
public final class RailsMigrations implements SqlScripts {
    private static final Pattern MIGRATION =
            Pattern.compile("((?:.*/)?db)/(?:([a-z0-9_]+?)_)?migrate/(?:.*/)?([^/]+)\\.rb");
    private static final Pattern DUMP =
            Pattern.compile("((?:.*/)?db)/(?:([a-z0-9_]+?)_)?(?:schema\\.rb|structure\\.sql)");
    private static final Pattern OF_TESTS = Pattern.compile("(?:.*/)?(?:test|tests|spec)/.*");
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,30})_\\w+(?:\\.\\w+)?");
    private static final Pattern KNOWN_VERSION = Pattern.compile("\\(\\s*'(\\d{1,30})'\\s*\\)");
    private static final Pattern RUBY_VERSION = Pattern.compile("version:?\\s*(?:=>)?\\s*\"?([\\d_]{1,40})");
    private static final Pattern SHORT_KEYS = Pattern.compile(".*Migration(?:\\[(?:4\\.\\d|5\\.0)\\])?");
    private static final Pattern ADAPTER = Pattern.compile("(?m)^\\s*adapter:\\s*[\"']?(\\w+)");
    private static final Pattern GEM = Pattern.compile("(?m)^\\s*gem\\s+[\"'](pg|mysql2|trilogy|sqlite3)[\"']");

    private static final Pattern KEPT_VERSION = Pattern.compile("(?:views|functions|triggers)/.*_v\\d+\\.sql");

    private record Migration(String path, BigInteger version) {}

    /** One database: where it is kept, its migrations in order, its dump. */
    private static final class Database {
        final String folder;
        final String name;
        final List<Migration> migrations = new ArrayList<>();

        Database(String folder, String name) {
            this.folder = folder;
            this.name = name;
        }
    }

    @Override
    public Found find(SourceTree files, String dialect) {
        List<Unresolved> unresolved = new ArrayList<>();
        List<SqlScript> scripts = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        for (Database database : databases(files, unresolved, taken)) {
            new Replay(files, database, dialect(files, database, dialect), scripts, unresolved, taken).run();
        }
        return new Found(scripts, unresolved, taken);
    }

    private static List<Database> databases(SourceTree files, List<Unresolved> unresolved, Set<String> taken) {
        Map<String, Database> all = new TreeMap<>();
        for (String path : files.paths(
                path -> !files.isTaken(path) && !OF_TESTS.matcher(path).matches())) {
            Matcher dump = DUMP.matcher(path);
            Matcher migration = MIGRATION.matcher(path);
            Matcher found = dump.matches() ? dump : migration;
            if (found != dump && !migration.matches()) {
                continue;
            }
            String name = found.group(2) == null || found.group(2).equals("post") ? "" : found.group(2);
            if (found == dump && path.endsWith(".sql") && !isOfRails(files, path)) {
                continue;
            }
            Database database =
                    all.computeIfAbsent(found.group(1) + "\n" + name, key -> new Database(found.group(1), name));
            if (found == migration) {
                taken.add(path);
                Matcher numbered = NUMBERED.matcher(migration.group(3));
                if (numbered.matches()) {
                    database.migrations.add(new Migration(path, new BigInteger(numbered.group(1))));
                } else {
                    unresolved.add(open(path, 1, "the name of the migration has no version, so it never runs"));
                }
            }
        }
        all.values().forEach(database -> {
            database.migrations.sort(Comparator.comparing(Migration::version).thenComparing(Migration::path));
            Map<BigInteger, String> versions = new HashMap<>();
            for (Migration each : database.migrations) {
                String before = versions.putIfAbsent(each.version(), each.path());
                if (before != null) {
                    unresolved.add(open(
                            each.path(),
                            1,
                            "the version " + each.version() + " is also that of " + before
                                    + "; both are taken, in order of their names"));
                }
            }
        });
        return List.copyOf(all.values());
    }

    /** Whether a {@code structure.sql} is one of Rails: the table that counts migrations is in it. */
    private static boolean isOfRails(SourceTree files, String path) {
        String text = files.text(path);
        return text != null && text.contains("schema_migrations");
    }

    private static String dialect(SourceTree files, Database database, String usual) {
        String first = database.migrations.isEmpty()
                ? database.folder + "/schema.rb"
                : database.migrations.getFirst().path();
        String told = files.config().dialectOf(first);
        if (told != null) {
            return told;
        }
        String root = database.folder.substring(0, database.folder.length() - "db".length());
        for (String path : List.of(root + "config/database.yml", root + "Gemfile", "Gemfile")) {
            String text = files.has(path) ? files.text(path) : null;
            Matcher adapter = (path.endsWith(".yml") ? ADAPTER : GEM).matcher(text == null ? "" : text);
            if (adapter.find()) {
                return switch (adapter.group(1)) {
                    case "mysql2", "trilogy", "mysql" -> "mysql";
                    case "sqlite3" -> "sqlite";
                    case "sqlserver" -> "tsql";
                    case "oracle_enhanced" -> "oracle";
                    default -> "postgres";
                };
            }
        }
        return usual.equals("ansi") ? "postgres" : usual;
    }

    private static Unresolved open(String path, int line, String reason) {
        return new Unresolved(SourceLocation.of(path, line), reason, null, null);
    }

    /** The scripts of one database. */
    private static final class Replay {
        private final SourceTree files;
        private final Database database;
        private final String dialect;
        private final List<SqlScript> scripts;
        private final List<Unresolved> unresolved;
        private final Set<String> taken;

        Replay(
                SourceTree files,
                Database database,
                String dialect,
                List<SqlScript> scripts,
                List<Unresolved> unresolved,
                Set<String> taken) {
            this.files = files;
            this.database = database;
            this.dialect = dialect;
            this.scripts = scripts;
            this.unresolved = unresolved;
            this.taken = taken;
        }

        void run() {
            // versions that no migration names are history, no queries of their own
            String folder = database.folder + "/";
            files.paths(path -> path.startsWith(folder)
                            && KEPT_VERSION
                                    .matcher(path.substring(folder.length()))
                                    .matches())
                    .forEach(taken::add);
            String prefix = database.folder + "/" + (database.name.isEmpty() ? "" : database.name + "_");
            String ruby = prefix + "schema.rb";
            String structure = prefix + "structure.sql";
            Set<BigInteger> known = new HashSet<>();
            SqlScript state = null;
            if (files.has(structure) && isOfRails(files, structure)) {
                taken.add(structure);
            }
            if (files.has(ruby)) {
                taken.add(ruby);
                state = schema(ruby, known);
            } else if (taken.contains(structure)) {
                state = structure(structure, known);
            }
            List<SqlScript> later = new ArrayList<>();
            Set<String> replaced = new LinkedHashSet<>();
            for (Migration migration : database.migrations) {
                files.checkTime();
                boolean before = state != null && known.contains(migration.version());
                SqlScript script = migration(migration.path(), before);
                if (before) {
                    replaced.add(migration.path());
                }
                if (script != null) {
                    (before ? scripts : later).add(script);
                }
            }
            if (state != null) {
                replaced.add(state.path());
                scripts.add(new SqlScript(
                        state.path(), SqlScript.Kind.STATE, dialect, state.sql(), state.lines(), replaced));
            }
            scripts.addAll(later);
        }

        private @Nullable SqlScript schema(String path, Set<BigInteger> known) {
            String text = files.text(path);
            if (text == null) {
                unresolved.add(open(path, 1, files.problem(path)));
                return null;
            }
            Matcher version = RUBY_VERSION.matcher(text);
            if (version.find()) {
                BigInteger last = new BigInteger(version.group(1).replace("_", ""));
                database.migrations.stream()
                        .map(Migration::version)
                        .filter(each -> each.compareTo(last) <= 0)
                        .forEach(known::add);
            } else {
                unresolved.add(open(path, 1, "the dump does not say after which migration it was made"));
            }
            ScriptText sql = new ScriptText(dialect, SourceLocation.of(path, 1));
            RailsOperations operations = new RailsOperations(path, sql, views(), false);
            try {
                operations.statements(RubyParser.parse(text));
            } catch (RubyParser.TooMuch tooMuch) {
                unresolved.add(open(path, 1, String.valueOf(tooMuch.getMessage())));
            }
            unresolved.addAll(operations.structural());
            unresolved.addAll(operations.rows());
            return sql.script(path, SqlScript.Kind.STATE);
        }

        private @Nullable SqlScript structure(String path, Set<BigInteger> known) {
            String text = files.text(path);
            if (text == null) {
                unresolved.add(open(path, 1, files.problem(path)));
                return null;
            }
            int versions = text.lastIndexOf("schema_migrations");
            Matcher version = KNOWN_VERSION.matcher(text.substring(versions < 0 ? text.length() : versions));
            while (version.find()) {
                known.add(new BigInteger(version.group(1)));
            }
            if (known.isEmpty()) {
                database.migrations.forEach(each -> known.add(each.version()));
            }
            // what stands in the schema that names mean anyway goes by its bare name, as in migrations
            String bare = dialect.equals("postgres") ? text.replaceAll("\\bpublic\\.(?=[\\w\"])", "") : text;
            return new ScriptText(dialect, SourceLocation.of(path, 1))
                    .addLines(bare, path, 1)
                    .script(path, SqlScript.Kind.STATE);
        }

        /** @param told whether a dump tells what the migration led to */
        private @Nullable SqlScript migration(String path, boolean told) {
            String text = files.text(path);
            if (text == null) {
                unresolved.add(open(path, 1, files.problem(path)));
                return null;
            }
            ScriptText sql = new ScriptText(dialect, SourceLocation.of(path, 1));
            try {
                Ruby.Type type = migrationIn(RubyParser.parse(text), 0);
                if (type == null) {
                    unresolved.add(open(path, 1, "there is no migration in this file"));
                    return null;
                }
                boolean shortKeys = SHORT_KEYS.matcher(type.parent()).matches();
                RailsOperations operations = new RailsOperations(path, sql, views(), shortKeys);
                operations.know(type.body());
                if (!operations.follow("change") && !operations.follow("up") && !told) {
                    unresolved.add(
                            open(path, type.line(), "the migration has no method change or up that can be followed"));
                }
                unresolved.addAll(told ? List.of() : operations.structural());
                unresolved.addAll(operations.rows());
            } catch (RubyParser.TooMuch tooMuch) {
                unresolved.add(open(path, 1, String.valueOf(tooMuch.getMessage())));
            }
            return sql.isEmpty() ? null : sql.script(path, SqlScript.Kind.MIGRATION);
        }

        private static Ruby.@Nullable Type migrationIn(List<Ruby> statements, int depth) {
            for (Ruby each : statements) {
                if (each instanceof Ruby.Type type) {
                    boolean runs = type.body().stream()
                            .anyMatch(inner -> inner instanceof Ruby.Method method
                                    && (method.name().equals("change")
                                            || method.name().equals("up")));
                    if (runs || type.parent().contains("Migration")) {
                        return type;
                    }
                    Ruby.Type inside = depth > 10 ? null : migrationIn(type.body(), depth + 1);
                    if (inside != null) {
                        return inside;
                    }
                }
            }
            return null;
        }

        private RailsOperations.Views views() {
            return new RailsOperations.Views() {
                @Override
                public @Nullable String path(String view, String version) {
                    String number = version.length() < 2 ? "0" + version : version;
                    String path = database.folder + "/views/" + view.replace('.', '_') + "_v" + number + ".sql";
                    return files.has(path) ? path : null;
                }

                @Override
                public @Nullable String text(String path) {
                    taken.add(path);
                    return files.text(path);
                }
            };
        }
    }
}
