package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import java.util.List;
import java.util.Map;

/** What changes and impacts mean together: only what is proven breaks. */
final class VerdictRule {
    private final LineageIndex base;
    private final LineageIndex head;
    private final Map<String, OwnChange> own;

    VerdictRule(LineageIndex base, LineageIndex head, Map<String, OwnChange> own) {
        this.base = base;
        this.head = head;
        this.own = own;
    }

    Verdict verdict(List<Change> changes, List<Impact> impacts) {
        boolean breaks = impacts.stream()
                        .anyMatch(impact -> impact.effect() == Effect.BREAKS && impact.certainty() == Certainty.PROVEN)
                || publishedOutputLoses(changes);
        if (breaks) {
            return Verdict.BREAKING;
        }
        boolean differs = changes.stream().anyMatch(VerdictRule::isBehavioural)
                || impacts.stream().anyMatch(VerdictRule::isBehavioural);
        if (differs) {
            return Verdict.BEHAVIOURAL;
        }
        boolean adds = changes.stream()
                .anyMatch(change ->
                        change.kind() == ChangeKind.DATASET_ADDED || change.kind() == ChangeKind.COLUMN_ADDED);
        return adds ? Verdict.ADDITIVE : Verdict.NONE;
    }

    private static boolean isBehavioural(Change change) {
        return switch (change.kind()) {
            case VALUES_CHANGED, ROWS_CHANGED, COLUMN_TYPE_CHANGED -> true;
            case DATASET_ADDED, DATASET_REMOVED, DATASET_RENAMED, COLUMN_ADDED, COLUMN_REMOVED, COLUMN_RENAMED -> false;
        };
    }

    private static boolean isBehavioural(Impact impact) {
        return switch (impact.effect()) {
            case BREAKS, VALUES, ROWS -> true;
            case COLUMN_REMOVED, COLUMN_RENAMED, REACHED -> false;
        };
    }

    private boolean publishedOutputLoses(List<Change> changes) {
        for (OwnChange change : own.values()) {
            if (change.losesColumns() && change.after.role() == DatasetRole.PRODUCED && isPublished(change.before)) {
                return true;
            }
        }
        for (Dataset before : base.datasets()) {
            Dataset after = head.dataset(before.id());
            boolean gone = after == null || after.role() != DatasetRole.PRODUCED;
            if (before.role() == DatasetRole.PRODUCED && gone && isPublished(before)) {
                return true;
            }
        }
        return changes.stream().anyMatch(change -> change.kind() == ChangeKind.DATASET_RENAMED);
    }

    /** Whether readers outside the repository may count on it: it is made for them, or nobody inside reads it. */
    private boolean isPublished(Dataset dataset) {
        return dataset.published()
                || base.readers(dataset.id()).keySet().stream()
                        .noneMatch(reader -> reader.role() == DatasetRole.PRODUCED)
                || base.readers(dataset.id()).keySet().stream()
                        .anyMatch(reader -> reader.kind().equals("exposure"));
    }
}
