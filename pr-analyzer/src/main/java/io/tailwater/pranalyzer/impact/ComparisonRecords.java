package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.compare.ChangeReport;
import io.tailwater.lineage.compare.Evidence;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.schemas.lineage.DependencyKind;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Certainty;
import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.ChangeKind;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Coverage;
import io.tailwater.schemas.report.Effect;
import io.tailwater.schemas.report.Hop;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.SuppressedFinding;
import io.tailwater.schemas.report.Verdict;
import org.jspecify.annotations.Nullable;

/** Writes what the lineage library found as records of the topics. Pure; nothing is lost that a reader is shown. */
public final class ComparisonRecords {

    private ComparisonRecords() {}

    /** The report as a record. */
    public static Comparison of(ChangeReport report) {
        return Comparison.newBuilder()
                .setHead(report.head())
                .setBase(report.base())
                .setMergeBase(report.mergeBase())
                .setVerdict(verdict(report.verdict()))
                .setComplete(report.complete())
                .setChanges(
                        report.changes().stream().map(ComparisonRecords::change).toList())
                .setImpacts(
                        report.impacts().stream().map(ComparisonRecords::impact).toList())
                .setUnresolved(report.unresolved().stream()
                        .map(ComparisonRecords::unresolved)
                        .toList())
                .setCoverage(new Coverage(
                        report.coverage().files(),
                        report.coverage().analysed(),
                        report.coverage().unresolved()))
                .setSuppressed(report.suppressed().stream()
                        .map(ComparisonRecords::suppressed)
                        .toList())
                .build();
    }

    private static SuppressedFinding suppressed(io.tailwater.lineage.compare.SuppressedFinding finding) {
        io.tailwater.lineage.compare.Change change = finding.change();
        io.tailwater.lineage.compare.Impact impact = finding.impact();
        SuppressedFinding.Builder record = SuppressedFinding.newBuilder()
                .setReason(finding.by().reason())
                .setExpires(finding.by().expires().toString())
                .setPath(finding.by().path())
                .setLine(finding.by().line());
        if (change != null) {
            record.setDataset(change.dataset())
                    .setColumn(change.column())
                    .setFinding(change.kind().wireName())
                    .setCause(name(change.dataset(), change.column()));
        } else if (impact != null) {
            io.tailwater.lineage.compare.Hop cause = impact.path().getFirst();
            record.setDataset(impact.dataset())
                    .setColumn(impact.column())
                    .setFinding(impact.effect().wireName())
                    .setCause(name(cause.dataset(), cause.column()));
        }
        return record.build();
    }

    private static String name(String dataset, @Nullable String column) {
        return column == null ? dataset : dataset + "." + column;
    }

    static Verdict verdict(io.tailwater.lineage.compare.Verdict verdict) {
        return switch (verdict) {
            case BREAKING -> Verdict.BREAKING;
            case BEHAVIOURAL -> Verdict.BEHAVIOURAL;
            case ADDITIVE -> Verdict.ADDITIVE;
            case NONE -> Verdict.NONE;
        };
    }

    static Impact impact(io.tailwater.lineage.compare.Impact impact) {
        return Impact.newBuilder()
                .setRepository(impact.repository())
                .setDataset(impact.dataset())
                .setQualifiedName(impact.qualifiedName())
                .setKind(impact.kind())
                .setColumn(impact.column())
                .setEffect(effect(impact.effect()))
                .setCertainty(certainty(impact.certainty()))
                .setChangedHere(impact.changedHere())
                .setOwners(impact.owners())
                .setSeverity(impact.severity() == null ? null : verdict(impact.severity()))
                .setBecause(impact.because())
                .setPath(impact.path().stream().map(ComparisonRecords::hop).toList())
                .build();
    }

    static UnresolvedLineage unresolved(Unresolved unresolved) {
        return UnresolvedLineage.newBuilder()
                .setPath(unresolved.location().path())
                .setLine(unresolved.location().line())
                .setReason(unresolved.reason())
                .build();
    }

    private static Change change(io.tailwater.lineage.compare.Change change) {
        return Change.newBuilder()
                .setDataset(change.dataset())
                .setQualifiedName(change.qualifiedName())
                .setKind(kind(change.kind()))
                .setColumn(change.column())
                .setRenamedTo(change.renamedTo())
                .setAt(location(change.at()))
                .setBecause(change.because())
                .setCertainty(certainty(change.certainty()))
                .setSuppressed(change.suppressed())
                .build();
    }

    private static Certainty certainty(io.tailwater.lineage.compare.Certainty certainty) {
        return switch (certainty) {
            case PROVEN -> Certainty.PROVEN;
            case POSSIBLE -> Certainty.POSSIBLE;
        };
    }

    private static Hop hop(io.tailwater.lineage.compare.Hop hop) {
        return Hop.newBuilder()
                .setDataset(hop.dataset())
                .setColumn(hop.column())
                .setDependency(dependency(hop.dependency()))
                .setAt(location(hop.at()))
                .build();
    }

    private static Location location(Evidence at) {
        return Location.newBuilder()
                .setRepository(at.repository())
                .setPath(at.path())
                .setLine(at.line())
                .setRevision(at.revision())
                .build();
    }

    /** Null for the change itself, and for a step that only names the dataset before it. */
    private static @Nullable DependencyKind dependency(String wireName) {
        return switch (wireName) {
            case "identity" -> DependencyKind.IDENTITY;
            case "transformation" -> DependencyKind.TRANSFORMATION;
            case "aggregation" -> DependencyKind.AGGREGATION;
            case "join" -> DependencyKind.JOIN;
            case "filter" -> DependencyKind.FILTER;
            case "group_by" -> DependencyKind.GROUP_BY;
            case "sort" -> DependencyKind.SORT;
            case "window" -> DependencyKind.WINDOW;
            case "conditional" -> DependencyKind.CONDITIONAL;
            default -> null;
        };
    }

    private static ChangeKind kind(io.tailwater.lineage.compare.ChangeKind kind) {
        return switch (kind) {
            case DATASET_ADDED -> ChangeKind.DATASET_ADDED;
            case DATASET_REMOVED -> ChangeKind.DATASET_REMOVED;
            case DATASET_RENAMED -> ChangeKind.DATASET_RENAMED;
            case COLUMN_ADDED -> ChangeKind.COLUMN_ADDED;
            case COLUMN_REMOVED -> ChangeKind.COLUMN_REMOVED;
            case COLUMN_RENAMED -> ChangeKind.COLUMN_RENAMED;
            case COLUMN_TYPE_CHANGED -> ChangeKind.COLUMN_TYPE_CHANGED;
            case VALUES_CHANGED -> ChangeKind.VALUES_CHANGED;
            case ROWS_CHANGED -> ChangeKind.ROWS_CHANGED;
        };
    }

    private static Effect effect(io.tailwater.lineage.compare.Effect effect) {
        return switch (effect) {
            case BREAKS -> Effect.BREAKS;
            case COLUMN_REMOVED -> Effect.COLUMN_REMOVED;
            case COLUMN_RENAMED -> Effect.COLUMN_RENAMED;
            case VALUES -> Effect.VALUES;
            case ROWS -> Effect.ROWS;
            case REACHED -> Effect.REACHED;
        };
    }
}
