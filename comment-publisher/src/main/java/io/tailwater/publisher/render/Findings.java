package io.tailwater.publisher.render;

import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.ChangeKind;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Hop;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison found, grouped by cause.
 *
 * @param breaks causes that break somebody, worst first
 * @param reviews other causes that somebody may notice, worst first
 */
record Findings(List<Finding> breaks, List<Finding> reviews) {

    private record Cause(String dataset, @Nullable String column) {}

    Findings {
        breaks = List.copyOf(breaks);
        reviews = List.copyOf(reviews);
    }

    /** Groups the impacts of a comparison made in the named repository. */
    static Findings of(String repository, Comparison comparison) {
        Map<Cause, List<Reader>> readers = new LinkedHashMap<>();
        for (Impact impact : comparison.getImpacts()) {
            readers.computeIfAbsent(cause(impact), unused -> new ArrayList<>())
                    .add(new Reader(impact, !impact.getRepository().equals(repository)));
        }
        boolean breaking = comparison.getVerdict() == Verdict.BREAKING;
        boolean readersTellWhy = readers.values().stream().flatMap(List::stream).anyMatch(Reader::breaks);
        List<Finding> findings = new ArrayList<>();
        readers.forEach((cause, group) -> findings.add(finding(cause, group, comparison, breaking && !readersTellWhy)));
        if (breaking && findings.stream().noneMatch(Finding::breaking)) {
            lostOutputs(comparison, findings);
        }
        return new Findings(
                findings.stream()
                        .filter(Finding::breaking)
                        .sorted(Finding.worstFirst())
                        .toList(),
                together(findings.stream()
                        .filter(finding -> !finding.breaking())
                        .sorted(Finding.worstFirst())
                        .toList()));
    }

    /** One entry for the columns of a dataset that changed in the same way, in the place of the worst. */
    private static List<Finding> together(List<Finding> findings) {
        Map<List<Object>, Finding> entries = new LinkedHashMap<>();
        findings.forEach(finding -> entries.merge(finding.inTheSameWords(), finding, Finding::with));
        return List.copyOf(entries.values());
    }

    boolean isEmpty() {
        return breaks.isEmpty() && reviews.isEmpty();
    }

    /** All of them, breaks first. */
    Stream<Finding> all() {
        return Stream.concat(breaks.stream(), reviews.stream());
    }

    private static Cause cause(Impact impact) {
        if (impact.getPath().isEmpty()) {
            return new Cause(impact.getDataset(), impact.getColumn());
        }
        Hop first = impact.getPath().getFirst();
        return new Cause(first.getDataset(), first.getColumn());
    }

    private static Finding finding(Cause cause, List<Reader> readers, Comparison comparison, boolean outputsCount) {
        List<Reader> sorted = readers.stream().sorted(Reader.worstFirst()).toList();
        boolean breaks =
                sorted.getFirst().breaks() || outputsCount && sorted.stream().anyMatch(Reader::losesColumn);
        return new Finding(cause.dataset(), cause.column(), changeOf(cause, comparison), 0, breaks, sorted);
    }

    /** The change behind a cause: of that column, else of the dataset as a whole. */
    private static @Nullable Change changeOf(Cause cause, Comparison comparison) {
        List<Change> ofDataset = comparison.getChanges().stream()
                .filter(change -> change.getDataset().equals(cause.dataset()))
                .toList();
        return ofDataset.stream()
                .filter(change -> Objects.equals(change.getColumn(), cause.column()))
                .findFirst()
                .or(() -> ofDataset.stream()
                        .filter(change -> change.getColumn() == null)
                        .findFirst())
                .orElse(null);
    }

    /** The report says that something breaks and names no reader: then a published output itself lost something. */
    private static void lostOutputs(Comparison comparison, List<Finding> findings) {
        for (Change change : comparison.getChanges()) {
            if (isLoss(change.getKind()) && !change.getSuppressed()) {
                List<Reader> readers = findings.stream()
                        .filter(finding -> Objects.equals(finding.change(), change))
                        .flatMap(finding -> finding.readers().stream())
                        .toList();
                findings.removeIf(finding -> Objects.equals(finding.change(), change));
                findings.add(new Finding(change.getDataset(), change.getColumn(), change, 0, true, readers));
            }
        }
    }

    private static boolean isLoss(ChangeKind kind) {
        return switch (kind) {
            case DATASET_REMOVED, DATASET_RENAMED, COLUMN_REMOVED, COLUMN_RENAMED, COLUMN_TYPE_CHANGED -> true;
            case DATASET_ADDED, COLUMN_ADDED, VALUES_CHANGED, ROWS_CHANGED -> false;
        };
    }
}
