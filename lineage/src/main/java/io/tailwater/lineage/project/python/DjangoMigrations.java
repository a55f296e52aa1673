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
import org.jspecify.annotations.Nullable;

/**
 * Migrations of Django (https://docs.djangoproject.com/en/stable/ref/migration-operations/), in the order that their
 * dependencies give. Only the way forward is followed.
 */
public final class DjangoMigrations implements SqlScripts {
    private record Migration(String path, String app, String name, Value.Type type) {
        String key() {
            return app + "." + name;
        }
    }

    @Override
    public Found find(SourceTree files, String dialect) {
        Modules modules = new Modules(files);
        List<Unresolved> unresolved = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        Map<String, Migration> migrations = new LinkedHashMap<>();
        for (String path :
                files.paths(path -> path.endsWith(".py") && path.contains("migrations/") && !files.isTaken(path))) {
            String text = files.text(path);
            if (text != null && text.contains("class Migration") && text.contains("django.db")) {
                taken.add(path);
                Migration migration = read(path, modules, unresolved);
                Migration before = migration == null ? null : migrations.putIfAbsent(migration.key(), migration);
                if (before != null) {
                    unresolved.add(
                            open(path, 1, "the migration is also that of " + before.path() + ", which is taken"));
                }
            }
        }
        String in = dialect.equals("ansi") ? "postgres" : dialect;
        DjangoOperations operations = new DjangoOperations(new SqlValues(files), unresolved);
        List<SqlScript> scripts = new ArrayList<>();
        for (Migration migration : inOrder(migrations, unresolved)) {
            String told = files.config().dialectOf(migration.path());
            String chosen = told == null ? in : told;
            LineText sql = operations.sql(migration.path(), migration.app(), migration.type(), chosen);
            if (!sql.isEmpty()) {
                scripts.add(new SqlScript(migration.path(), SqlScript.Kind.MIGRATION, chosen, sql.sql(), sql.lines()));
            }
        }
        return new Found(scripts, unresolved, taken);
    }

    private static @Nullable Migration read(String path, Modules modules, List<Unresolved> unresolved) {
        try {
            Environment environment = new Interpreter(modules, call -> {}).run(path);
            if (environment != null && environment.names.get("Migration") instanceof Value.Type type) {
                String folder = Modules.folder(path);
                String above = Modules.folder(folder);
                String app = above.substring(above.lastIndexOf('/') + 1);
                String name = path.substring(folder.length() + 1, path.length() - ".py".length());
                return new Migration(path, app, name, type);
            }
            unresolved.add(open(path, 1, "the class Migration cannot be followed"));
        } catch (Interpreter.Exhausted exhausted) {
            unresolved.add(open(path, 1, exhausted.reason()));
        }
        return null;
    }

    private static List<Migration> inOrder(Map<String, Migration> migrations, List<Unresolved> unresolved) {
        Map<String, Migration> waiting = new LinkedHashMap<>(migrations);
        Set<String> done = new LinkedHashSet<>();
        List<Migration> ordered = new ArrayList<>();
        migrations.values().forEach(migration -> {
            List<String> replaced = pairs(migration.type().body().names.get("replaces"));
            if (!replaced.isEmpty() && replaced.stream().allMatch(migrations::containsKey)) {
                // what it replaces is here and says the same
                waiting.remove(migration.key());
                done.add(migration.key());
            } else {
                done.addAll(replaced.stream()
                        .filter(key -> !migrations.containsKey(key))
                        .toList());
            }
        });
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Migration migration : List.copyOf(waiting.values())) {
                boolean ready = pairs(migration.type().body().names.get("dependencies")).stream()
                        .allMatch(key -> done.contains(key) || !waiting.containsKey(key));
                if (ready) {
                    waiting.remove(migration.key());
                    done.add(migration.key());
                    ordered.add(migration);
                    moved = true;
                }
            }
        }
        ordered.forEach(migration -> pairs(migration.type().body().names.get("dependencies")).stream()
                .filter(key ->
                        key.startsWith(migration.app() + ".") && !done.contains(key) && !key.endsWith("__first__"))
                .forEach(key -> unresolved.add(open(
                        migration.path(), 1, "the migration " + key + ", on which this one depends, is missing"))));
        waiting.values()
                .forEach(migration -> unresolved.add(open(
                        migration.path(),
                        1,
                        "the dependencies of the migration lead back to itself, so it has no place")));
        return ordered;
    }

    /** Pairs of app and name. */
    private static List<String> pairs(@Nullable Value value) {
        List<String> pairs = new ArrayList<>();
        if (value instanceof Items items) {
            for (Value each : items.values()) {
                if (each instanceof Items pair
                        && pair.values().size() == 2
                        && pair.values().get(0) instanceof Text app
                        && pair.values().get(1) instanceof Text name) {
                    pairs.add(app.shown() + "." + name.shown());
                }
            }
        }
        return pairs;
    }

    private static Unresolved open(String path, int line, String reason) {
        return new Unresolved(SourceLocation.of(path, line), reason, null, null);
    }
}
