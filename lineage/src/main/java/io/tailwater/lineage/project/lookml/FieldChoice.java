package io.tailwater.lineage.project.lookml;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Which fields a {@code fields} parameter lets through: {@code ALL_FIELDS*}, sets, fields, and the same with a minus. */
final class FieldChoice {
    private final boolean listed;
    private boolean all;
    private final Set<String> wholeViews = new HashSet<>();
    private final Set<String> chosen = new HashSet<>();
    private final Set<String> without = new HashSet<>();
    private final Set<String> viewsWithout = new HashSet<>();

    FieldChoice(List<Part.Attribute> items, BiFunction<String, String, Set<String>> sets, String base) {
        this.listed = !items.isEmpty();
        for (Part.Attribute item : items) {
            String written = item.node().key();
            boolean minus = written.startsWith("-");
            String name = minus ? written.substring(1) : written;
            if (name.equals("ALL_FIELDS*")) {
                all = true;
            } else if (name.endsWith("*")) {
                String set = name.substring(0, name.length() - 1);
                int dot = set.indexOf('.');
                String alias = dot < 0 ? base : set.substring(0, dot);
                String plain = set.substring(dot + 1);
                if (plain.equals("ALL_FIELDS")) {
                    (minus ? viewsWithout : wholeViews).add(alias);
                } else {
                    (minus ? without : chosen).addAll(sets.apply(alias, plain));
                }
            } else {
                (minus ? without : chosen).add(name.contains(".") ? name : base + "." + name);
            }
        }
    }

    /** Whether a column is let through, by its own name or that of its group. */
    boolean has(String column, String field) {
        if (!listed) {
            return true;
        }
        String alias = column.substring(0, column.indexOf('.'));
        boolean left = without.contains(column) || without.contains(field) || viewsWithout.contains(alias);
        boolean onlyMinus = chosen.isEmpty() && wholeViews.isEmpty() && !all;
        boolean in =
                all || onlyMinus || chosen.contains(column) || chosen.contains(field) || wholeViews.contains(alias);
        return in && !left;
    }
}
