package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.SourceLocation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one dataset's own output differs between two revisions, given the same upstream data. Filled by {@link OwnChanges}. */
final class OwnChange {
    final Dataset before;
    final Dataset after;
    /** Whether the dataset's own definition differs, not only what arrives from upstream. */
    final boolean own;
    /** Whether the file that defines the dataset differs. */
    final boolean edited;

    final Set<String> removed = new LinkedHashSet<>();
    final Set<String> added = new LinkedHashSet<>();
    final Map<String, String> renamed = new LinkedHashMap<>();
    /** Columns computed otherwise, with what was found. */
    final Map<String, String> values = new LinkedHashMap<>();
    /** What was found about rows, with how sure it is; empty if they are the same. */
    final Map<String, Certainty> rows = new LinkedHashMap<>();

    final Map<String, String> types = new LinkedHashMap<>();
    /** Columns among {@link #types} whose values a reader cannot use as before: text that was a number. */
    final Set<String> otherFamilies = new LinkedHashSet<>();

    boolean reordered;
    boolean incomplete;

    OwnChange(Dataset before, Dataset after, boolean own, boolean edited) {
        this.before = before;
        this.after = after;
        this.own = own;
        this.edited = edited;
    }

    /** The statement of the after side that drops a column; null if there is none. */
    @Nullable
    SourceLocation droppedAt(String column) {
        Definition definition = after.definition();
        return definition == null ? null : definition.dropped().get(column);
    }

    boolean losesColumns() {
        return !removed.isEmpty() || !renamed.isEmpty();
    }

    boolean isNothing() {
        return !reordered
                && removed.isEmpty()
                && added.isEmpty()
                && renamed.isEmpty()
                && values.isEmpty()
                && rows.isEmpty()
                && types.isEmpty();
    }
}
