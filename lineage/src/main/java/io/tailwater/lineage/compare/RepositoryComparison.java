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
import java.util.LinkedHashSet;
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
        Map<String, OwnChange> own = new OwnChanges(base, head).find();
        datasetsAddedAndRemoved();
        own.values().stream().filter(change -> change.own).forEach(this::describe);
        List<Impact> impacts = new ImpactWalk(base, head, own)
                .walk().stream()
                        .sorted(Comparator.comparing(Impact::effect)
                                .thenComparing(Impact::certainty)
                                .thenComparing(impact -> impact.path().size()))
                        .toList();
        List<Unresolved> unresolved = unresolved(own, impacts);
        FindingRules.Applied applied = rules.apply(changes, impacts);
        RepositoryLineage after = head.lineage();
        RepositoryLineage before = base.lineage();
        return new ChangeReport(
                after.repository(),
                before.revision(),
                after.revision(),
                before.revision(),
                new VerdictRule(base, head, own, rules).verdict(applied.changes(), applied.impacts()),
                unresolved.isEmpty(),
                applied.changes(),
                applied.impacts(),
                unresolved,
                after.coverage(),
                applied.suppressed())
                .withNotes(applied.notes());
    }

    private static boolean isProduced(@Nullable Dataset dataset) {
        return dataset != null && dataset.role() == DatasetRole.PRODUCED;
    }

    private void datasetsAddedAndRemoved() {
        for (Dataset before : base.datasets()) {
            Dataset after = head.dataset(before.id());
            if (isProduced(before) && !isProduced(after)) {
                add(before, ChangeKind.DATASET_REMOVED, null, null, whereGone(before, after), "it no longer exists");
            }
            boolean sourceGone =
                    before.role() == DatasetRole.SOURCE && (after == null || after.role() == DatasetRole.MISSING);
            if (sourceGone) {
                add(
                        before,
                        ChangeKind.DATASET_REMOVED,
                        null,
                        null,
                        base.evidence(before.location()),
                        "it is no longer declared");
            }
            if (isProduced(before)
                    && after != null
                    && isProduced(after)
                    && before.qualifiedName() != null
                    && after.qualifiedName() != null
                    && !before.qualifiedName().equals(after.qualifiedName())) {
                add(
                        before,
                        ChangeKind.DATASET_RENAMED,
                        null,
                        after.qualifiedName(),
                        head.evidence(after.location()),
                        "the relation is called " + after.qualifiedName() + " now");
            }
        }
        for (Dataset after : head.datasets()) {
            if (isProduced(after) && !isProduced(base.dataset(after.id()))) {
                add(after, ChangeKind.DATASET_ADDED, null, null, head.evidence(after.location()), "it is new");
            }
        }
    }

    private void describe(OwnChange change) {
        Dataset after = change.after;
        if (after.role() == DatasetRole.READER) {
            return;
        }
        change.removed.forEach(column -> add(
                after,
                ChangeKind.COLUMN_REMOVED,
                column,
                null,
                gone(change, column),
                whyGone(after)));
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

    /** What is not known about datasets that change or stand downstream of one that does, and what is newly unknown. */
    private List<Unresolved> unresolved(Map<String, OwnChange> own, List<Impact> impacts) {
        Set<String> concerned = new HashSet<>(own.keySet());
        List<String> open = new ArrayList<>(own.keySet());
        for (Dataset after : head.datasets()) {
            Dataset before = base.dataset(after.id());
            if (before == null || before.role() != after.role()) {
                if (concerned.add(after.id())) {
                    open.add(after.id());
                }
            }
        }
        while (!open.isEmpty()) {
            String id = open.remove(open.size() - 1);
            head.readers(id).keySet().forEach(reader -> {
                if (concerned.add(reader.id())) {
                    open.add(reader.id());
                }
            });
        }
        Set<Unresolved> result = new LinkedHashSet<>();
        Set<String> explained = explainedByBreaks(impacts);
        for (Dataset dataset : head.datasets()) {
            if (concerned.contains(dataset.id())) {
                dataset.unresolved().stream()
                        .filter(entry -> !explained.contains(place(entry)))
                        .forEach(result::add);
            }
        }
        Set<String> known = new HashSet<>();
        base.lineage().unresolved().forEach(each -> known.add(each.location().path() + each.reason()));
        for (Unresolved each : head.lineage().unresolved()) {
            if (!known.contains(each.location().path() + each.reason()) && !explained.contains(place(each))) {
                result.add(each);
            }
        }
        return List.copyOf(result);
    }

    /** Where columns are named that are gone: what is not known there is known to break. */
    private static Set<String> explainedByBreaks(List<Impact> impacts) {
        Set<String> places = new HashSet<>();
        for (Impact impact : impacts) {
            if (impact.effect() == Effect.BREAKS && impact.certainty() == Certainty.PROVEN) {
                Hop first = impact.path().get(0);
                Hop last = impact.path().get(impact.path().size() - 1);
                places.add(last.at().path() + "\n" + last.at().line() + "\n" + first.column());
            }
        }
        return places;
    }

    private static String place(Unresolved open) {
        return open.location().path() + "\n" + open.location().line() + "\n" + open.column();
    }
}
