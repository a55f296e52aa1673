package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what happens downstream between two revisions of a repository. Pure. */
public final class RepositoryComparison {
    private final LineageIndex base;
    private final LineageIndex head;
    private final List<Change> changes = new ArrayList<>();

    private final FindingRules rules;

    private RepositoryComparison(LineageIndex base, LineageIndex head, FindingRules rules) {
        this.base = base;
        this.head = head;
        this.rules = rules;
    }

    /**
     * Compares two revisions.
     *
     * @param mergeBase the before side
     * @param head the after side
     * @return the report, with the merge base also standing in as base; see {@link ChangeReport#withBase(String)}
     */
    public static ChangeReport compare(RepositoryLineage mergeBase, RepositoryLineage head) {
        return compare(mergeBase, head, FindingRules.NONE);
    }

    /**
     * Compares two revisions.
     *
     * @param mergeBase the before side
     * @param head the after side
     * @param rules what people decided about findings
     * @return as {@link #compare(RepositoryLineage, RepositoryLineage)}
     */
    public static ChangeReport compare(RepositoryLineage mergeBase, RepositoryLineage head, FindingRules rules) {
        return new RepositoryComparison(new LineageIndex(mergeBase), new LineageIndex(head), rules).report();
    }

    private ChangeReport report() {
        OwnChanges ownChanges = new OwnChanges(base, head);
        Map<String, OwnChange> own = ownChanges.find();
        Map<String, Dataset> renamed = ownChanges.renamedDatasets();
        datasetsAddedAndRemoved(renamed);
        own.values().stream().filter(change -> change.own).forEach(this::describe);
        List<Impact> impacts = new ImpactWalk(base, head, own)
                .walk().stream()
                        .sorted(Comparator.comparing(Impact::effect)
                                .thenComparing(Impact::certainty)
                                .thenComparing(impact -> impact.path().size()))
                        .toList();
        NotUnderstood notUnderstood = new NotUnderstood(base, head, impacts);
        List<Unresolved> unresolved = notUnderstood.bearingOn(own.keySet());
        FindingRules.Applied applied = rules.apply(changes, impacts);
        RepositoryLineage after = head.lineage();
        RepositoryLineage before = base.lineage();
        return new ChangeReport(
                        after.repository(),
                        before.revision(),
                        after.revision(),
                        before.revision(),
                        new VerdictRule(base, head, own, renamed, rules).verdict(applied.changes(), applied.impacts()),
                        unresolved.isEmpty(),
                        applied.changes(),
                        applied.impacts(),
                        unresolved,
                        notUnderstood.coverage(),
                        applied.suppressed())
                .withNotes(applied.notes());
    }

    private static boolean isProduced(@Nullable Dataset dataset) {
        return dataset != null && dataset.role() == DatasetRole.PRODUCED;
    }

    private void datasetsAddedAndRemoved(Map<String, Dataset> renamed) {
        Set<String> goneByRename = new HashSet<>();
        renamed.forEach((id, before) -> {
            goneByRename.add(before.id());
            Dataset after = head.dataset(id);
            if (after != null && !DatasetRenames.keepsRelation(before, after)) {
                String because = "the same query has the name " + after.name() + " now";
                add(before, ChangeKind.DATASET_RENAMED, null, after.name(), head.evidence(after.location()), because);
            }
        });
        for (Dataset before : base.datasets()) {
            if (!goneByRename.contains(before.id())) {
                goneOrRelocated(before, head.dataset(before.id()));
            }
        }
        for (Dataset after : head.datasets()) {
            if (isProduced(after) && !isProduced(base.dataset(after.id())) && !renamed.containsKey(after.id())) {
                add(after, ChangeKind.DATASET_ADDED, null, null, head.evidence(after.location()), "it is new");
            }
        }
    }

    private void goneOrRelocated(Dataset before, @Nullable Dataset after) {
        if (isProduced(before) && !isProduced(after)) {
            add(before, ChangeKind.DATASET_REMOVED, null, null, whereGone(before, after), "it no longer exists");
        }
        if (before.role() == DatasetRole.SOURCE && (after == null || after.role() == DatasetRole.MISSING)) {
            Evidence at = base.evidence(before.location());
            add(before, ChangeKind.DATASET_REMOVED, null, null, at, "it is no longer declared");
        }
        if (isProduced(before)
                && after != null
                && isProduced(after)
                && before.qualifiedName() != null
                && after.qualifiedName() != null
                && !before.qualifiedName().equals(after.qualifiedName())) {
            String because = "the relation is called " + after.qualifiedName() + " now";
            Evidence at = head.evidence(after.location());
            add(before, ChangeKind.DATASET_RENAMED, null, after.qualifiedName(), at, because);
        }
    }

    private void describe(OwnChange change) {
        Dataset after = change.after;
        if (after.role() == DatasetRole.READER) {
            return;
        }
        change.removed.forEach(
                column -> add(after, ChangeKind.COLUMN_REMOVED, column, null, gone(change, column), whyGone(after)));
        String renamed =
                DeclaredColumns.of(after).isEmpty() ? "the same expression has another name" : "the column is renamed";
        change.renamed.forEach((from, to) -> add(after, ChangeKind.COLUMN_RENAMED, from, to, at(after, to), renamed));
        change.added.forEach(
                column -> add(after, ChangeKind.COLUMN_ADDED, column, null, at(after, column), "the column is new"));
        change.types.forEach(
                (column, found) -> add(after, ChangeKind.COLUMN_TYPE_CHANGED, column, null, at(after, column), found));
        change.values.forEach(
                (column, found) -> add(after, ChangeKind.VALUES_CHANGED, column, null, at(after, column), found));
        change.rows.forEach((found, certainty) -> changes.add(new Change(
                after.name(),
                after.qualifiedName(),
                after.kind(),
                ChangeKind.ROWS_CHANGED,
                null,
                null,
                head.evidence(after.location()),
                found,
                certainty)));
    }

    private static String whyGone(Dataset after) {
        if (DatasetKinds.isFieldwise(after.kind())) {
            return "the field is no longer offered";
        }
        return DeclaredColumns.of(after).isEmpty() ? "the column is no longer selected" : "the column is dropped";
    }

    private Evidence at(Dataset dataset, String column) {
        SourceLocation location = dataset.column(column).map(Column::location).orElse(dataset.location());
        return head.evidence(location);
    }

    /** Where a dataset was dropped, if a statement did that; else where it was. */
    private Evidence whereGone(Dataset before, @Nullable Dataset after) {
        return after != null && after.role() == DatasetRole.MISSING && after.definition() != null
                ? head.evidence(after.location())
                : base.evidence(before.location());
    }

    private Evidence gone(OwnChange change, String column) {
        SourceLocation dropped = change.droppedAt(column);
        if (dropped != null) {
            return head.evidence(dropped);
        }
        SourceLocation location =
                change.before.column(column).map(Column::location).orElse(change.before.location());
        return base.evidence(location);
    }

    private void add(
            Dataset dataset,
            ChangeKind kind,
            @Nullable String column,
            @Nullable String renamedTo,
            Evidence at,
            String because) {
        changes.add(new Change(
                dataset.name(),
                dataset.qualifiedName(),
                dataset.kind(),
                kind,
                column,
                renamedTo,
                at,
                because,
                Certainty.PROVEN));
    }
}
