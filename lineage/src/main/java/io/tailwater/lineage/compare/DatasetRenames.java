package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds datasets that go by another name at head: one is gone, a new one has the same columns from the same query. */
final class DatasetRenames {
    /** Bounds the pairs whose queries are compared, for changes that replace hundreds of alike datasets. */
    private static final int MOST_COMPARISONS = 400;

    private final QueryPairs queries;
    private final List<Dataset> gone = new ArrayList<>();
    private final List<Dataset> fresh = new ArrayList<>();
    private final Map<String, Dataset> beforeById = new LinkedHashMap<>();
    private int comparisons;

    private DatasetRenames(LineageIndex base, LineageIndex head, QueryPairs queries) {
        this.queries = queries;
        for (Dataset before : base.datasets()) {
            if (before.role() == DatasetRole.PRODUCED && !isProduced(head.dataset(before.id()))) {
                gone.add(before);
            }
        }
        for (Dataset after : Upstream.first(head)) {
            if (after.role() == DatasetRole.PRODUCED && !isProduced(base.dataset(after.id()))) {
                fresh.add(after);
            }
        }
    }

    /** By id at head, what the dataset was at the merge base. */
    static Map<String, Dataset> between(LineageIndex base, LineageIndex head, QueryPairs queries) {
        return new DatasetRenames(base, head, queries).find();
    }

    private static boolean isProduced(@Nullable Dataset dataset) {
        return dataset != null && dataset.role() == DatasetRole.PRODUCED;
    }

    private Map<String, Dataset> find() {
        for (Dataset after : fresh) {
            List<Dataset> same =
                    gone.stream().filter(before -> isSame(before, after)).toList();
            Dataset before = same.size() == 1 ? same.get(0) : sameFile(same, after);
            if (before != null) {
                gone.remove(before);
                beforeById.put(after.id(), before);
            }
        }
        return beforeById;
    }

    /** Of several equal ones the one whose file was moved unchanged; null if that does not tell. */
    private static @Nullable Dataset sameFile(List<Dataset> candidates, Dataset after) {
        List<Dataset> moved = candidates.stream()
                .filter(before -> blob(before) != null && Objects.equals(blob(before), blob(after)))
                .toList();
        return moved.size() == 1 ? moved.get(0) : null;
    }

    private static @Nullable String blob(Dataset dataset) {
        return dataset.definition() == null ? null : dataset.definition().blobId();
    }

    private boolean isSame(Dataset before, Dataset after) {
        Definition old = before.definition();
        Definition now = after.definition();
        if (old == null
                || now == null
                || !before.kind().equals(after.kind())
                || before.columns().isEmpty()
                || !names(before).equals(names(after))
                || !old.settings().equals(now.settings())
                || old.queries().size() != now.queries().size()) {
            return false;
        }
        if (old.queries().isEmpty()) {
            return before.kind().equals("seed");
        }
        Map<String, Dataset> known = new LinkedHashMap<>(beforeById);
        known.put(after.id(), before);
        return comparisons++ < MOST_COMPARISONS
                && queries.compare(after, old, now, new Renames(Map.of(), known))
                        .nothing();
    }

    private static List<String> names(Dataset dataset) {
        return dataset.columns().stream().map(Column::name).toList();
    }

    /** Whether the relation is still called the same in the database, whatever the node's name. */
    static boolean keepsRelation(Dataset before, Dataset after) {
        if (before.qualifiedName() != null && after.qualifiedName() != null) {
            return before.qualifiedName().equalsIgnoreCase(after.qualifiedName());
        }
        return folder(before.location()).equals(folder(after.location()))
                && before.name().toLowerCase(Locale.ROOT).equals(after.name().toLowerCase(Locale.ROOT));
    }

    private static String folder(SourceLocation location) {
        return location.path().substring(0, location.path().lastIndexOf('/') + 1);
    }
}
