package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What changes and impacts mean together: only what is proven breaks. */
final class VerdictRule {
    private final LineageIndex base;
    private final LineageIndex head;
    private final Map<String, OwnChange> own;

    /** Datasets that only go by another name, by their id at head. */
    private final Map<String, Dataset> renamed;

    private final FindingRules rules;

    VerdictRule(
            LineageIndex base,
            LineageIndex head,
            Map<String, OwnChange> own,
            Map<String, Dataset> renamed,
            FindingRules rules) {
        this.base = base;
        this.head = head;
        this.own = own;
        this.renamed = renamed;
        this.rules = rules;
    }

    Verdict verdict(List<Change> changes, List<Impact> impacts) {
        Verdict verdict = worse(losses(changes), Verdict.NONE);
        for (Impact impact : impacts) {
            Verdict counted = impact.severity();
            verdict = worse(verdict, counted == null ? severity(impact) : counted);
        }
        for (Change change : changes) {
            verdict = worse(verdict, change.suppressed() ? Verdict.NONE : severity(change));
        }
        return verdict;
    }

    private static Verdict worse(Verdict one, Verdict other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Verdict severity(Change change) {
        return switch (change.kind()) {
            case VALUES_CHANGED, ROWS_CHANGED, COLUMN_TYPE_CHANGED -> Verdict.BEHAVIOURAL;
            case DATASET_ADDED, COLUMN_ADDED -> Verdict.ADDITIVE;
            case DATASET_REMOVED, DATASET_RENAMED, COLUMN_REMOVED, COLUMN_RENAMED -> Verdict.NONE;
        };
    }

    /** What an impact counts as by itself. */
    static Verdict severity(Impact impact) {
        return switch (impact.effect()) {
            case BREAKS -> impact.certainty() == Certainty.PROVEN ? Verdict.BREAKING : Verdict.BEHAVIOURAL;
            case VALUES, ROWS -> Verdict.BEHAVIOURAL;
            case COLUMN_REMOVED, COLUMN_RENAMED, REACHED -> Verdict.NONE;
        };
    }

    /** What it counts as that published outputs lose columns, or are gone. */
    private Verdict losses(List<Change> changes) {
        Verdict worst = Verdict.NONE;
        for (OwnChange change : own.values()) {
            if (change.after.role() == DatasetRole.PRODUCED && loses(change, changes)) {
                worst = worse(worst, ofLoss(change.before));
            }
        }
        for (Dataset before : base.datasets()) {
            if (before.role() == DatasetRole.PRODUCED
                    && isPublished(before)
                    && losesRelation(before)
                    && !isSuppressed(changes, before.name(), null)) {
                worst = worse(worst, ofLoss(before));
            }
        }
        return worst;
    }

    /** Whether readers outside lose a column they may count on, or its type. */
    private boolean loses(OwnChange change, List<Change> changes) {
        boolean promised = !Contracts.columns(change.before).isEmpty();
        boolean columns = Stream.concat(change.removed.stream(), change.renamed.keySet().stream())
                .anyMatch(column -> !isSuppressed(changes, change.before.name(), column));
        boolean types =
                change.otherFamilies.stream().anyMatch(column -> !isSuppressed(changes, change.before.name(), column));
        return columns && (promised || isPublished(change.before)) || types && promised;
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

    private Verdict ofLoss(Dataset dataset) {
        return rules.ofLoss(dataset.name(), dataset.qualifiedName(), dataset.kind());
    }

    private static boolean isSuppressed(List<Change> changes, String dataset, @Nullable String column) {
        return changes.stream()
                .filter(Change::suppressed)
                .anyMatch(change -> change.dataset().equals(dataset) && Objects.equals(change.column(), column));
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
