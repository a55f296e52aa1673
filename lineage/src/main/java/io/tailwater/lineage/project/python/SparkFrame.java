package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A data frame as a query. As long as nothing was selected from it, the aliases of the frames it is joined from are seen.
 *
 * @param items what is selected; null for everything
 * @param from what stands behind FROM
 * @param where conditions, each in parentheses
 * @param sources the frames in {@code from}, with the values they are
 * @param former aliases that are not seen any more, though columns may still be named by them
 */
record SparkFrame(
        @Nullable LineText items, LineText from, List<LineText> where, List<Source> sources, Set<String> former) {
    /** A frame behind FROM. */
    record Source(String alias, List<Value> values) {
        boolean is(Value value) {
            return values.stream().anyMatch(each -> each == value);
        }
    }

    SparkFrame {
        where = List.copyOf(where);
        sources = List.copyOf(sources);
        former = Set.copyOf(former);
    }

    boolean hasAlias(String name) {
        return sources.stream().anyMatch(source -> source.alias().equals(name));
    }

    boolean hadAlias(String name) {
        return former.contains(name);
    }

    /** A column of a value that is a frame, by the alias of that frame where several are joined. */
    String column(Value of, String quoted) {
        if (sources.size() > 1) {
            for (Source source : sources) {
                if (source.is(of)) {
                    return source.alias() + "." + quoted;
                }
            }
        }
        return quoted;
    }

    /** The query. */
    LineText query(String dialect, SourceLocation at) {
        LineText out = new LineText(dialect, at);
        SourceLocation source = from.isEmpty() ? at : from.lines().getFirst();
        if (items == null) {
            out.add("SELECT *", source);
        } else {
            out.add("SELECT ", items.isEmpty() ? at : items.lines().getFirst()).add(items);
        }
        out.add("\nFROM ", source).add(from);
        for (int i = 0; i < where.size(); i++) {
            out.add(i == 0 ? "\nWHERE " : " AND ", at).add(where.get(i));
        }
        return out;
    }

    SparkFrame with(LineText selected) {
        return new SparkFrame(selected, from, where, sources, former);
    }

    SparkFrame filtered(LineText condition) {
        List<LineText> all = new ArrayList<>(where);
        all.add(condition);
        return new SparkFrame(items, from, all, sources, former);
    }
}
