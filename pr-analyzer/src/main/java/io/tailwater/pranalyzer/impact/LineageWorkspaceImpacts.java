package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.compare.Certainty;
import io.tailwater.lineage.compare.ChangeReport;
import io.tailwater.lineage.compare.Evidence;
import io.tailwater.lineage.compare.WorkspaceGraph;
import io.tailwater.lineage.compare.WorkspaceImpact;
import io.tailwater.lineage.graph.Coverage;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.ChangeKind;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link WorkspaceImpacts} by the lineage library. What the comparison says already is kept as it is; only what the
 * library adds is taken over.
 */
public final class LineageWorkspaceImpacts implements WorkspaceImpacts {

    /** Room for what is added to a comparison that was made to fit before. */
    private static final int MOST_BYTES = ComparisonSize.MOST_BYTES + 150_000;

    @Override
    public Comparison extend(ChangeSet changeSet, Comparison comparison, WorkspaceGraph others) {
        ChangeReport own = report(changeSet, comparison);
        ChangeReport extended = WorkspaceImpact.extend(own, others);
        List<Impact> impacts = new ArrayList<>(comparison.getImpacts());
        extended.impacts().stream().map(ComparisonRecords::impact).forEach(impacts::add);
        List<UnresolvedLineage> unresolved = new ArrayList<>(comparison.getUnresolved());
        extended.unresolved().stream().map(ComparisonRecords::unresolved).forEach(unresolved::add);
        return ComparisonSize.fit(
                Comparison.newBuilder(comparison)
                        .setVerdict(worse(comparison.getVerdict(), ComparisonRecords.verdict(extended.verdict())))
                        .setComplete(comparison.getComplete() && extended.complete())
                        .setImpacts(impacts)
                        .setUnresolved(unresolved)
                        .build(),
                MOST_BYTES);
    }

    /** The changes alone, without impacts and unresolved places: whatever comes back beside them is new. */
    private static ChangeReport report(ChangeSet changeSet, Comparison comparison) {
        return new ChangeReport(
                changeSet.getPullRequest().getWorkspaceSlug() + "/"
                        + changeSet.getPullRequest().getRepositorySlug(),
                comparison.getBase(),
                comparison.getHead(),
                comparison.getMergeBase(),
                verdict(comparison.getVerdict()),
                true,
                comparison.getChanges().stream()
                        .map(LineageWorkspaceImpacts::change)
                        .toList(),
                List.of(),
                List.of(),
                new Coverage(
                        comparison.getCoverage().getFiles(),
                        comparison.getCoverage().getAnalysed(),
                        comparison.getCoverage().getUnresolved()));
    }

    private static io.tailwater.lineage.compare.Change change(Change change) {
        Location at = change.getAt();
        return new io.tailwater.lineage.compare.Change(
                change.getDataset(),
                change.getQualifiedName(),
                "",
                io.tailwater.lineage.compare.ChangeKind.valueOf(change.getKind().name()),
                change.getColumn(),
                change.getRenamedTo(),
                new Evidence(at.getRepository(), at.getPath(), at.getLine(), at.getRevision(), null),
                change.getBecause(),
                certainty(change),
                change.getSuppressed());
    }

    private static Certainty certainty(Change change) {
        io.tailwater.schemas.report.Certainty kept = change.getCertainty();
        if (kept == null) {
            // earlier records do not keep how sure a change of rows is, so elsewhere it is never claimed to be proven
            return change.getKind() == ChangeKind.ROWS_CHANGED ? Certainty.POSSIBLE : Certainty.PROVEN;
        }
        return switch (kept) {
            case PROVEN -> Certainty.PROVEN;
            case POSSIBLE -> Certainty.POSSIBLE;
        };
    }

    private static io.tailwater.lineage.compare.Verdict verdict(Verdict verdict) {
        return switch (verdict) {
            case BREAKING -> io.tailwater.lineage.compare.Verdict.BREAKING;
            case BEHAVIOURAL -> io.tailwater.lineage.compare.Verdict.BEHAVIOURAL;
            case ADDITIVE -> io.tailwater.lineage.compare.Verdict.ADDITIVE;
            case NONE -> io.tailwater.lineage.compare.Verdict.NONE;
        };
    }

    /** The schema lists verdicts from worst to best. */
    private static Verdict worse(Verdict one, Verdict other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
