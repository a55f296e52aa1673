package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Definition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Compares columns and rules that a definition states one by one, in settings. */
final class DeclaredExpressions {
    private DeclaredExpressions() {}

    /** Whether a setting is one of those compared here. */
    static boolean isOne(String setting) {
        return setting.startsWith(Definition.EXPRESSION_SETTING) || setting.startsWith(Definition.ROWS_SETTING);
    }

    static void compare(OwnChange change) {
        Map<String, String> before = of(change.before, Definition.EXPRESSION_SETTING);
        Map<String, String> after = of(change.after, Definition.EXPRESSION_SETTING);
        after.forEach((column, expression) -> {
            String then = before.get(column);
            if (then != null && !then.equals(expression) && !change.added.contains(column)) {
                change.values.put(column, "the expression that computes it changed");
            }
        });
        renames(change, before, after);
        Map<String, String> rules = of(change.before, Definition.ROWS_SETTING);
        of(change.after, Definition.ROWS_SETTING).forEach((rule, text) -> {
            String then = rules.get(rule);
            if (then != null && !then.equals(text)) {
                change.rows.put(rule + " changed", Certainty.PROVEN);
            }
        });
    }

    /** A column that is gone and one that is new, computed in the same way as no other: the same one under another name. */
    private static void renames(OwnChange change, Map<String, String> before, Map<String, String> after) {
        Map<String, String> gone = onlyOnes(change.removed, before);
        Map<String, String> fresh = onlyOnes(change.added, after);
        gone.forEach((expression, from) -> {
            String to = fresh.get(expression);
            if (to != null) {
                change.removed.remove(from);
                change.added.remove(to);
                change.renamed.put(from, to);
            }
        });
    }

    /** The columns among these by their expression, without those that share one. */
    private static Map<String, String> onlyOnes(Set<String> columns, Map<String, String> expressions) {
        Map<String, String> found = new LinkedHashMap<>();
        Set<String> shared = new HashSet<>();
        for (String column : columns) {
            String expression = expressions.get(column);
            if (expression != null && found.put(expression, column) != null) {
                shared.add(expression);
            }
        }
        found.keySet().removeAll(shared);
        return found;
    }

    private static Map<String, String> of(Dataset dataset, String prefix) {
        Map<String, String> found = new HashMap<>();
        Definition definition = dataset.definition();
        if (definition != null) {
            for (String setting : definition.settings()) {
                if (setting.startsWith(prefix)) {
                    int end = setting.indexOf('=');
                    found.put(setting.substring(prefix.length(), end), setting.substring(end + 1));
                }
            }
        }
        return found;
    }
}
