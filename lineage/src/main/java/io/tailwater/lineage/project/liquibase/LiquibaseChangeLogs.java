package io.tailwater.lineage.project.liquibase;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.sql.ScriptText;
import io.tailwater.lineage.project.sql.SqlScript;
import io.tailwater.lineage.project.sql.SqlScripts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changelogs of Liquibase, from those that no other one includes on, each file and change set once. Rollbacks are not
 * followed; nor is what is meant for other databases than the repository's.
 */
public final class LiquibaseChangeLogs implements SqlScripts {
    private static final int DEEPEST = 50;
    private static final int MOST_INCLUDES = 20_000;
    private static final Pattern OF_TESTS = Pattern.compile("(?:.*/)?(?:test|tests|it)/.*");
    /** Where changelogs are looked for that no other one names: their folders or names say so. */
    private static final Pattern LIKELY = Pattern.compile("(?i)change|liquibase|migrat|db/|database|master");

    private static final Pattern CONNECTION = Pattern.compile("jdbc:(?:tc:)?(\\w+):");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{\\s*([\\w.-]+)\\s*\\}");
    private static final Map<String, String> DIALECTS = Map.ofEntries(
            Map.entry("postgresql", "postgres"),
            Map.entry("postgres", "postgres"),
            Map.entry("edb", "postgres"),
            Map.entry("cockroachdb", "postgres"),
            Map.entry("mysql", "mysql"),
            Map.entry("mariadb", "mariadb"),
            Map.entry("oracle", "oracle"),
            Map.entry("mssql", "tsql"),
            Map.entry("sqlserver", "tsql"),
            Map.entry("db2", "db2"),
            Map.entry("snowflake", "snowflake"),
            Map.entry("redshift", "redshift"),
            Map.entry("bigquery", "bigquery"),
            Map.entry("databricks", "databricks"),
            Map.entry("sqlite", "sqlite"));

    @Override
    public Found find(SourceTree files, String dialect) {
        Map<String, ChangeLog> logs = new TreeMap<>();
        List<Unresolved> unresolved = new ArrayList<>();
        for (String path : files.paths(path -> mayBe(path) && !files.isTaken(path))) {
            String text = files.text(path);
            if (text != null && ChangeLog.is(path, text)) {
                logs.put(path, ChangeLog.read(path, text));
            }
        }
        if (logs.isEmpty()) {
            return new Found(List.of(), List.of(), Set.of());
        }
        String told = files.config().dialectOf(logs.keySet().iterator().next());
        String chosen = told != null ? told : dialect(files, logs, dialect);
        Run run = new Run(files, logs, chosen, unresolved);
        run.all();
        return new Found(run.scripts, unresolved, run.taken);
    }

    private static boolean mayBe(String path) {
        return !OF_TESTS.matcher(path).matches()
                && (path.endsWith(".sql")
                        || isStructured(path) && LIKELY.matcher(path).find());
    }

    private static boolean isStructured(String path) {
        return path.endsWith(".xml") || path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json");
    }

    /** The dialect: of the connection in a settings file, else what change sets are most often meant for. */
    private static String dialect(SourceTree files, Map<String, ChangeLog> logs, String usual) {
        Map<String, Integer> votes = new LinkedHashMap<>();
        Pattern settings = Pattern.compile("(?:.*/)?(?:liquibase[\\w.-]*|application[\\w-]*)\\.(?:properties|ya?ml)");
        for (String path :
                files
                        .paths(path -> settings.matcher(path).matches()
                                && !OF_TESTS.matcher(path).matches())
                        .stream()
                        .limit(50)
                        .toList()) {
            String text = files.text(path);
            Matcher connection = CONNECTION.matcher(text == null ? "" : text);
            while (connection.find()) {
                String known = DIALECTS.get(connection.group(1));
                if (known != null) {
                    votes.merge(known, 1_000, Integer::sum);
                }
            }
        }
        if (votes.isEmpty() && !usual.equals("ansi")) {
            return usual;
        }
        for (ChangeLog log : logs.values()) {
            for (Node entry : log.entries()) {
                String meant = entry.attribute("dbms");
                for (String each : meant == null ? new String[0] : meant.split("\\s*,\\s*")) {
                    String known = DIALECTS.get(each.toLowerCase(Locale.ROOT));
                    if (known != null) {
                        votes.merge(known, 1, Integer::sum);
                    }
                }
            }
        }
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(usual);
    }

    /** One run over all changelogs. */
    private static final class Run {
        final List<SqlScript> scripts = new ArrayList<>();
        final Set<String> taken = new LinkedHashSet<>();
        private final SourceTree files;
        private final Map<String, ChangeLog> logs;
        private final String dialect;
        private final List<Unresolved> unresolved;
        private final Set<String> done = new HashSet<>();
        private final Map<String, String> changeSets = new HashMap<>();
        private final Map<String, String> properties = new HashMap<>();
        private final List<String> open = new ArrayList<>();
        private ScriptText sql;
        private String current = "";
        private int includes;

        Run(SourceTree files, Map<String, ChangeLog> logs, String dialect, List<Unresolved> unresolved) {
            this.files = files;
            this.logs = logs;
            this.dialect = dialect;
            this.unresolved = unresolved;
            this.sql = new ScriptText(dialect, SourceLocation.of("", 1));
        }

        void all() {
            Set<String> included = new HashSet<>();
            logs.values()
                    .forEach(log -> log.entries().forEach(entry -> {
                        if (entry.name().startsWith("include")) {
                            included.addAll(named(log, entry));
                        }
                    }));
            List<String> roots = logs.keySet().stream()
                    .filter(path -> !included.contains(path))
                    .sorted(Comparator.comparing((String path) -> includesAny(log(path)) ? 0 : 1)
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
            roots.forEach(this::run);
            // what is left includes itself
            List.copyOf(logs.keySet()).forEach(this::run);
            flush();
        }

        private ChangeLog log(String path) {
            ChangeLog log = logs.get(path);
            if (log == null) {
                throw new IllegalStateException("no changelog " + path);
            }
            return log;
        }

        private static boolean includesAny(ChangeLog log) {
            return log.entries().stream().anyMatch(entry -> entry.name().startsWith("include"));
        }

        private void run(String path) {
            if (!done.add(path)) {
                return;
            }
            files.checkTime();
            taken.add(path);
            ChangeLog log = logs.get(path);
            if (log == null) {
                String text = files.text(path);
                if (text == null) {
                    open(path, 1, files.problem(path));
                    return;
                }
                log = ChangeLog.read(path, text);
                logs.put(path, log);
            }
            Unresolved problem = log.problem();
            if (problem != null) {
                unresolved.add(problem);
            }
            open.add(path);
            for (Node entry : log.entries()) {
                switch (entry.name()) {
                    case "changeSet" -> changeSet(log, entry);
                    case "include", "includeAll" -> include(log, entry);
                    case "property" -> property(log, entry);
                    default -> {
                        // what stands beside change sets changes nothing
                    }
                }
            }
            open.remove(open.size() - 1);
        }

        private void property(ChangeLog log, Node entry) {
            String name = entry.attribute("name");
            String value = entry.attribute("value");
            if (name != null && value != null && isMeant(entry.attribute("dbms"))) {
                properties.putIfAbsent(name, value);
            } else if (entry.attribute("file") != null) {
                open(log.path(), entry.line(), "properties of another file are not read: " + entry.attribute("file"));
            }
        }

        private String filled(String text) {
            if (text.indexOf("${") < 0) {
                return text;
            }
            return PLACEHOLDER
                    .matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(properties.getOrDefault(
                            found.group(1), "${" + found.group(1).replace('.', '_') + "}")));
        }

        private void include(ChangeLog log, Node entry) {
            if (!isMeant(entry.attribute("dbms"))) {
                return;
            }
            List<String> paths = named(log, entry);
            if (paths.isEmpty()) {
                String said = entry.attribute(entry.name().equals("include") ? "file" : "path");
                open(log.path(), entry.line(), "the included changelog " + said + " is not in the repository");
            }
            for (String path : paths) {
                if (open.contains(path)) {
                    open(log.path(), entry.line(), "the changelog is included by itself, through " + path);
                } else if (open.size() >= DEEPEST || ++includes > MOST_INCLUDES) {
                    open(
                            log.path(),
                            entry.line(),
                            "changelogs include each other deeper than " + DEEPEST + ", or more than " + MOST_INCLUDES
                                    + " times");
                } else {
                    run(path);
                }
            }
        }

        /** The files an include means. */
        private List<String> named(ChangeLog log, Node entry) {
            boolean relative = "true".equals(entry.attribute("relativeToChangelogFile"));
            if (entry.name().equals("include")) {
                String file = entry.attribute("file");
                String found = file == null ? null : find(log.path(), filled(file), relative);
                return found == null ? List.of() : List.of(found);
            }
            String folder = entry.attribute("path");
            String resolved = folder == null ? null : folder(log.path(), filled(folder), relative);
            if (resolved == null) {
                return List.of();
            }
            String ending = entry.attribute("endsWithFilter");
            return files.pathsIn(resolved, ".sql", ".xml", ".yaml", ".yml", ".json").stream()
                    .filter(path -> ending == null || path.endsWith(ending))
                    .filter(path -> !path.equals(log.path()))
                    .filter(path -> path.endsWith(".sql") || logs.containsKey(path) || isChangeLog(path))
                    .toList();
        }

        private boolean isChangeLog(String path) {
            String text = files.text(path);
            return text != null && ChangeLog.is(path, text);
        }

        private @Nullable String find(String from, String named, boolean relative) {
            String name = named.replace('\\', '/').replaceFirst("^classpath\\*?:", "");
            if (relative) {
                String path = normal(parent(from) + "/" + name);
                return files.has(path) ? path : null;
            }
            String wanted = normal(name);
            if (files.has(wanted)) {
                return wanted;
            }
            String beside = normal(parent(from) + "/" + name);
            List<String> candidates = files.paths(path -> path.endsWith("/" + wanted));
            return candidates.stream()
                    .max(Comparator.comparing((String path) -> shared(path, from))
                            .thenComparing(Comparator.reverseOrder()))
                    .orElse(files.has(beside) ? beside : null);
        }

        private @Nullable String folder(String from, String named, boolean relative) {
            String name = named.replace('\\', '/').replaceFirst("^classpath\\*?:", "");
            String wanted = normal(relative ? parent(from) + "/" + name : name);
            if (relative || wanted.isEmpty()) {
                return wanted;
            }
            Set<String> candidates = new LinkedHashSet<>();
            for (String path :
                    files.paths(path -> path.startsWith(wanted + "/") || path.contains("/" + wanted + "/"))) {
                int at = path.startsWith(wanted + "/") ? 0 : path.indexOf("/" + wanted + "/") + 1;
                candidates.add(path.substring(0, at + wanted.length()));
            }
            return candidates.stream()
                    .max(Comparator.comparing(path -> shared(path, from)))
                    .orElse(null);
        }

        private static int shared(String one, String other) {
            int count = 0;
            while (count < Math.min(one.length(), other.length()) && one.charAt(count) == other.charAt(count)) {
                count++;
            }
            return count;
        }

        private static String normal(String path) {
            List<String> parts = new ArrayList<>();
            for (String part : path.split("/")) {
                if (part.equals("..") && !parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                    parts.add(part);
                }
            }
            return String.join("/", parts);
        }

        private static String parent(String path) {
            return path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }

        private void changeSet(ChangeLog log, Node changeSet) {
            if (!isMeant(changeSet.attribute("dbms")) || "true".equals(changeSet.attribute("ignore"))) {
                return;
            }
            String id = changeSet.attribute("id");
            String author = changeSet.attribute("author");
            if (id != null && author != null) {
                String key = author + ":" + id + ":" + log.path();
                String before = changeSets.putIfAbsent(key, "line " + changeSet.line());
                if (before != null) {
                    open(
                            log.path(),
                            changeSet.line(),
                            "the change set " + author + ":" + id + " is also that of " + before + ", which is taken");
                    return;
                }
            }
            boolean tolerant = false;
            boolean asks = false;
            for (Node conditions : changeSet.children("preConditions")) {
                String otherwise = conditions.attribute("onFail");
                if (!holds(conditions)) {
                    return;
                }
                boolean skips = "MARK_RAN".equalsIgnoreCase(otherwise) || "CONTINUE".equalsIgnoreCase(otherwise);
                tolerant |= skips;
                asks |= skips && !asksTheSchemaOnly(conditions);
            }
            begin(log.path(), changeSet.line());
            int before = sql.length();
            ChangeStatements statements = new ChangeStatements(
                    log.path(), dialect, new FilesOfChanges(log), this::filled, sql, unresolved, tolerant);
            for (Node change : changeSet.children()) {
                if (isMeant(change.attribute("dbms"))) {
                    statements.change(change);
                }
            }
            if (asks && sql.length() > before) {
                open(
                        log.path(),
                        changeSet.line(),
                        "whether this change set runs shows only in a run; it is taken to run");
            }
        }

        /** Whether conditions on the kind of database hold; others only a run tells. */
        private boolean holds(Node conditions) {
            return conditions.children("dbms").stream().allMatch(dbms -> isMeant(dbms.attribute("type")));
        }

        /** Whether conditions only ask whether something exists that is then made or dropped. */
        private static boolean asksTheSchemaOnly(Node conditions) {
            return conditions.children().stream().allMatch(condition -> switch (condition.name()) {
                case "not", "and", "or" -> asksTheSchemaOnly(condition);
                case "onFail", "onError", "onSqlOutput", "onFailMessage", "onErrorMessage" -> true;
                case "tableExists",
                        "columnExists",
                        "viewExists",
                        "indexExists",
                        "foreignKeyConstraintExists",
                        "primaryKeyExists",
                        "sequenceExists",
                        "uniqueConstraintExists",
                        "dbms",
                        "changeSetExecuted" -> true;
                default -> false;
            });
        }

        /** Whether something is meant for the database of the repository. */
        private boolean isMeant(@Nullable String databases) {
            if (databases == null || databases.isBlank() || databases.equals("all") || dialect.equals("ansi")) {
                return !"none".equals(databases);
            }
            boolean only = false;
            for (String each : databases.toLowerCase(Locale.ROOT).split("\\s*,\\s*")) {
                String name = each.strip();
                boolean not = name.startsWith("!");
                String known = DIALECTS.get(not ? name.substring(1).strip() : name);
                boolean same = dialect.equals(known)
                        || dialect.equals("mariadb") && "mysql".equals(known)
                        || dialect.equals("mysql") && "mariadb".equals(known);
                if (same) {
                    return !not;
                }
                only |= !not;
            }
            return !only;
        }

        /** Makes sure that what is added belongs to a file. */
        private void begin(String path, int line) {
            if (!path.equals(current)) {
                flush();
                current = path;
                sql = new ScriptText(dialect, SourceLocation.of(path, line));
            }
        }

        private void flush() {
            if (!sql.isEmpty()) {
                scripts.add(sql.script(current, SqlScript.Kind.MIGRATION));
            }
            sql = new ScriptText(dialect, SourceLocation.of(current, 1));
        }

        private void open(String path, int line, String reason) {
            unresolved.add(new Unresolved(SourceLocation.of(path, line), reason, null, null));
        }

        /** Files that changes of a changelog name. */
        private final class FilesOfChanges implements ChangeStatements.Files {
            private final ChangeLog log;

            FilesOfChanges(ChangeLog log) {
                this.log = log;
            }

            @Override
            public @Nullable String find(String named, boolean relative) {
                return Run.this.find(log.path(), named, relative);
            }

            @Override
            public @Nullable String text(String path) {
                taken.add(path);
                return files.text(path);
            }
        }
    }
}
