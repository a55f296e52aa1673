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

    /** Datasets that only go by another name, by their id at head. */
    private final Map<String, Dataset> renamed;

    VerdictRule(LineageIndex base, LineageIndex head, Map<String, OwnChange> own, Map<String, Dataset> renamed) {
        this.base = base;
        this.head = head;
        this.own = own;
        this.renamed = renamed;
    }

    Verdict verdict(List<Change> changes, List<Impact> impacts) {
        boolean breaks = impacts.stream()
                        .anyMatch(impact -> impact.effect() == Effect.BREAKS && impact.certainty() == Certainty.PROVEN)
                || publishedOutputLoses();
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

    private boolean publishedOutputLoses() {
        for (OwnChange change : own.values()) {
            boolean promised = !Contracts.columns(change.before).isEmpty();
            boolean produced = change.after.role() == DatasetRole.PRODUCED;
            if (produced && change.losesColumns() && (promised || isPublished(change.before))) {
                return true;
            }
            if (produced && promised && !change.otherFamilies.isEmpty()) {
                return true;
            }
        }
        for (Dataset before : base.datasets()) {
            if (before.role() == DatasetRole.PRODUCED && isPublished(before) && losesRelation(before)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the relation of that name is there no more: the dataset is gone, or its relation is called otherwise. */
    private boolean losesRelation(Dataset before) {
        Dataset after = head.dataset(before.id());
        if (after == null || after.role() != DatasetRole.PRODUCED) {
            return renamed.entrySet().stream()
                    .filter(entry -> entry.getValue().id().equals(before.id()))
                    .map(entry -> head.dataset(entry.getKey()))
                    .noneMatch(now -> now != null && DatasetRenames.keepsRelation(before, now));
        }
        return before.qualifiedName() != null
                && after.qualifiedName() != null
                && !before.qualifiedName().equals(after.qualifiedName());
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
