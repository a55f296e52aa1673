package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.python.Value.Items;
import io.tailwater.lineage.project.python.Value.Text;
import io.tailwater.lineage.project.sql.SqlScript;
import io.tailwater.lineage.project.sql.SqlScripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Migrations of Alembic (https://alembic.sqlalchemy.org/en/latest/ops.html): what {@code upgrade()} does, in the order that
 * {@code down_revision} gives. A {@code downgrade()} is not followed.
 */
public final class AlembicMigrations implements SqlScripts {
    private record Revision(
            String path, String id, List<String> after, Environment environment, AlembicOperations operations) {}

    @Override
    public Found find(SourceTree files, String dialect) {
        Modules modules = new Modules(files);
        List<Unresolved> unresolved = new ArrayList<>();
        List<SqlScript> scripts = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        Map<String, List<String>> byFolder = new TreeMap<>();
        for (String path : files.paths(path -> path.endsWith(".py") && !files.isTaken(path))) {
            String text = files.text(path);
            if (text != null && text.contains("down_revision") && text.contains("def upgrade")) {
                byFolder.computeIfAbsent(environmentOf(path), folder -> new ArrayList<>())
                        .add(path);
            }
        }
        byFolder.values().forEach(paths -> {
            Map<String, Revision> revisions = new LinkedHashMap<>();
            for (String path : paths) {
                taken.add(path);
                read(path, modules, files, chosen(files, path, dialect), revisions, unresolved);
            }
            for (Revision revision : inOrder(revisions, unresolved)) {
                SqlScript script = upgrade(revision, chosen(files, revision.path(), dialect), unresolved);
                if (script != null) {
                    scripts.add(script);
                }
            }
        });
        return new Found(scripts, unresolved, taken);
    }

    /** The folder whose migrations belong together. */
    private static String environmentOf(String path) {
        int versions = path.indexOf("versions/");
        return versions < 0 ? Modules.folder(path) : path.substring(0, versions);
    }

    private static String chosen(SourceTree files, String path, String usual) {
        String told = files.config().dialectOf(path);
        return told != null ? told : usual.equals("ansi") ? "postgres" : usual;
    }

    private static void read(
            String path,
            Modules modules,
            SourceTree files,
            String dialect,
            Map<String, Revision> revisions,
            List<Unresolved> unresolved) {
        AlembicOperations operations = new AlembicOperations(new SqlValues(files), dialect, path);
        Interpreter interpreter = new Interpreter(modules, operations);
        operations.interpreter = interpreter;
        try {
            Environment environment = interpreter.run(path);
            Value id = environment == null ? null : environment.names.get("revision");
            if (environment == null || !(id instanceof Text text) || text.known() == null) {
                unresolved.add(open(path, 1, "the revision of the migration is known only when it runs"));
                return;
            }
            List<String> after = new ArrayList<>();
            boolean known = names(environment.names.get("down_revision"), after)
                    & names(environment.names.get("depends_on"), after);
            if (!known) {
                unresolved.add(open(path, 1, "which migration comes before this one is known only when it runs"));
            }
            Revision before = revisions.get(text.shown());
            if (before != null) {
                unresolved.add(open(
                        path,
                        1,
                        "the revision " + text.shown() + " is also that of " + before.path() + ", which is taken"));
                return;
            }
            revisions.put(text.shown(), new Revision(path, text.shown(), after, environment, operations));
        } catch (Interpreter.Exhausted exhausted) {
            unresolved.add(open(path, 1, exhausted.reason()));
        }
    }

    private static boolean names(@Nullable Value value, List<String> into) {
        if (value == null || value.equals(Value.NONE)) {
            return true;
        }
        if (value instanceof Items items) {
            boolean all = true;
            for (Value each : items.values()) {
                all &= names(each, into);
            }
            return all;
        }
        String known = value instanceof Text text ? text.known() : null;
        if (known == null) {
            return false;
        }
        into.add(known);
        return true;
    }

    /** Each after those it names; what leads back to itself is left out. */
    private static List<Revision> inOrder(Map<String, Revision> revisions, List<Unresolved> unresolved) {
        List<Revision> ordered = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        Map<String, Revision> waiting = new LinkedHashMap<>(revisions);
        revisions
                .values()
                .forEach(revision -> revision.after().stream()
                        .filter(before -> find(revisions, before) == null)
                        .forEach(before -> unresolved.add(open(
                                revision.path(),
                                1,
                                "the migration " + before + ", which comes before this one, is missing"))));
        // walks from each start to its end before the next start: branches stay together
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Revision revision : List.copyOf(waiting.values())) {
                boolean ready = revision.after().stream().allMatch(before -> {
                    Revision found = find(revisions, before);
                    return found == null || done.contains(found.id());
                });
                if (ready) {
                    waiting.remove(revision.id());
                    done.add(revision.id());
                    ordered.add(revision);
                    moved = true;
                }
            }
        }
        waiting.values()
                .forEach(revision -> unresolved.add(open(
                        revision.path(),
                        1,
                        "the migrations before " + revision.id() + " lead back to themselves, so it has no place")));
        return ordered;
    }

    /** A revision by its id or, as Alembic allows, by the start of it. */
    private static @Nullable Revision find(Map<String, Revision> revisions, String id) {
        Revision exact = revisions.get(id);
        if (exact != null || id.length() < 4) {
            return exact;
        }
        List<Revision> starting = revisions.values().stream()
                .filter(revision -> revision.id().startsWith(id))
                .toList();
        return starting.size() == 1 ? starting.getFirst() : null;
    }

    private static @Nullable SqlScript upgrade(Revision revision, String dialect, List<Unresolved> unresolved) {
        AlembicOperations operations = revision.operations();
        if (!(revision.environment().names.get("upgrade") instanceof Value.Callable upgrade)) {
            unresolved.add(open(revision.path(), 1, "the migration has no function upgrade that can be followed"));
            return null;
        }
        operations.start();
        try {
            operations.follow(upgrade);
        } catch (Interpreter.Exhausted exhausted) {
            unresolved.add(open(revision.path(), upgrade.definition().span().line(), exhausted.reason()));
        }
        unresolved.addAll(operations.unresolved());
        LineText sql = operations.sql();
        return sql.isEmpty()
                ? null
                : new SqlScript(revision.path(), SqlScript.Kind.MIGRATION, dialect, sql.sql(), sql.lines());
    }

    private static Unresolved open(String path, int line, String reason) {
        return new Unresolved(SourceLocation.of(path, line), reason, null, null);
    }
}
