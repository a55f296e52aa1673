package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Definition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares columns and rules that a definition states one by one, in settings. */
final class DeclaredExpressions {
    private DeclaredExpressions() {}

    /** Whether a setting is one of those compared here. */
    static boolean isOne(String setting) {
        return setting.startsWith(Definition.EXPRESSION_SETTING) || setting.startsWith(Definition.ROWS_SETTING);
    }

    /**
     * Compares the two sides of a dataset.
     *
     * @param upstreamNames new names of columns that it reads, by their old ones: a column that only follows is the same
     */
    static void compare(OwnChange change, Map<String, String> upstreamNames) {
        Map<String, String> before = of(change.before, Definition.EXPRESSION_SETTING);
        Map<String, String> after = of(change.after, Definition.EXPRESSION_SETTING);
        Map<String, String> followed = new HashMap<>(before);
        followed.replaceAll((column, expression) -> renamed(expression, upstreamNames));
        renames(change, followed, after);
        after.forEach((column, expression) -> {
            String then = followed.get(column);
            boolean differs = then != null
                    && !expression.equals(before.get(column))
                    && !renamed(then, change.renamed).equals(expression);
            if (differs && !change.added.contains(column)) {
                change.values.put(column, "the expression that computes it changed");
            }
        });
        Map<String, String> rules = of(change.before, Definition.ROWS_SETTING);
        of(change.after, Definition.ROWS_SETTING).forEach((rule, text) -> {
            String then = rules.get(rule);
            if (then != null && !then.equals(text)) {
                change.rows.put(rule + " changed", Certainty.PROVEN);
            }
        });
    }

    private static String renamed(String expression, Map<String, String> names) {
        String now = expression;
        for (Map.Entry<String, String> name : names.entrySet()) {
            if (now.contains(name.getKey())) {
                now = now.replaceAll(
                        "(?<![\\w$])" + Pattern.quote(name.getKey()) + "(?!\\w)",
                        Matcher.quoteReplacement(name.getValue()));
            }
        }
        return now;
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
