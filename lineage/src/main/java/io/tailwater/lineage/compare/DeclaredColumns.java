package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Definition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares the columns that DDL declares: by the name each had first, so that a rename is known as one. */
final class DeclaredColumns {
    /**
     * A column as DDL left it.
     *
     * @param origin its first name
     * @param type type; empty without one
     */
    record Declared(String origin, String type) {}

    private DeclaredColumns() {}

    /** The declared columns of a dataset by name; none if a query decides its columns. */
    static Map<String, Declared> of(Dataset dataset) {
        Map<String, Declared> found = new LinkedHashMap<>();
        Definition definition = dataset.definition();
        if (definition != null) {
            for (String setting : definition.settings()) {
                if (setting.startsWith(Definition.COLUMN_SETTING)) {
                    int type = setting.lastIndexOf('\n');
                    int origin = setting.lastIndexOf('=', type);
                    found.put(
                            setting.substring(Definition.COLUMN_SETTING.length(), origin),
                            new Declared(setting.substring(origin + 1, type), setting.substring(type + 1)));
                }
            }
        }
        return found;
    }

    static void compare(OwnChange change) {
        Map<String, Declared> before = of(change.before);
        Map<String, Declared> after = of(change.after);
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        Map<String, String> nameNow = new HashMap<>();
        after.forEach((name, declared) -> nameNow.put(declared.origin(), name));
        change.removed.clear();
        change.added.clear();
        before.forEach((name, then) -> {
            Declared now = after.get(name);
            String renamed = nameNow.get(then.origin());
            String renamedByQuery = change.renamed.get(name);
            if (now == null && renamedByQuery != null && after.containsKey(renamedByQuery)) {
                return;
            }
            if (now == null && renamed != null && !before.containsKey(renamed)) {
                change.renamed.put(name, renamed);
            } else if (now == null) {
                change.removed.add(name);
            } else if (!now.origin().equals(then.origin())) {
                change.values.put(name, "another column has this name now");
            }
            Declared same = now != null ? now : renamed == null ? null : after.get(renamed);
            if (same != null
                    && same.origin().equals(then.origin())
                    && !same.type().isEmpty()
                    && !then.type().isEmpty()
                    && !same.type().equals(then.type())) {
                change.types.put(
                        now != null ? name : String.valueOf(renamed),
                        "the type is " + same.type() + " now, was " + then.type());
            }
        });
        after.keySet().stream()
                .filter(name -> !before.containsKey(name) && !change.renamed.containsValue(name))
                .forEach(change.added::add);
    }
}
