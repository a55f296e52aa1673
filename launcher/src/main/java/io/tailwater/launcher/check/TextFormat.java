package io.tailwater.launcher.check;

import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Certainty;
import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Coverage;
import io.tailwater.schemas.report.Hop;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.SuppressedFinding;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** For a terminal: verdict first, then what changes, who notices, and what could not be told. */
public final class TextFormat implements ComparisonFormat {

    @Override
    public String format(String repository, Comparison comparison) {
        StringBuilder text = new StringBuilder();
        text.append("%s: %s  %s against %s (merge base %s)%n"
                .formatted(
                        clean(repository),
                        WireName.of(comparison.getVerdict()),
                        shortened(comparison.getHead()),
                        shortened(comparison.getBase()),
                        shortened(comparison.getMergeBase())));
        if (!comparison.getChanges().isEmpty()) {
            text.append("\nChanges\n");
            comparison.getChanges().forEach(change -> text.append(line(change)));
        }
        if (!comparison.getImpacts().isEmpty()) {
            text.append("\nImpact\n");
            comparison.getImpacts().forEach(impact -> text.append(lines(impact)));
        }
        if (!comparison.getUnresolved().isEmpty()) {
            text.append("\nCould not tell\n");
            comparison.getUnresolved().forEach(item -> text.append(line(item)));
        }
        if (!comparison.getSuppressed().isEmpty()) {
            text.append("\nSuppressed\n");
            comparison.getSuppressed().forEach(finding -> text.append(line(finding)));
        }
        Coverage coverage = comparison.getCoverage();
        text.append("%n%d files with data code, %d understood completely, %d in part or not%s%n"
                .formatted(
                        coverage.getFiles(),
                        coverage.getAnalysed(),
                        coverage.getUnresolved(),
                        comparison.getComplete() ? "" : "; the answer is not complete"));
        return text.toString();
    }

    /** One sentence saying what happens to whom. */
    static String sentence(Impact impact) {
        String reader = impact.getKind() + " " + name(impact.getDataset(), impact.getColumn());
        String verb = switch (impact.getEffect()) {
            case BREAKS -> "breaks";
            case COLUMN_REMOVED -> "loses the column";
            case COLUMN_RENAMED -> "renames the column";
            case VALUES -> "may see other values";
            case ROWS -> "may see other rows";
            case REACHED -> "is reached";
        };
        String certainty = impact.getCertainty() == Certainty.POSSIBLE ? " (possible, not proven)" : "";
        String severity = impact.getSeverity() == null
                ? ""
                : " (counts as " + WireName.of(impact.getSeverity()) + " by the configuration)";
        return reader + " " + verb + certainty + severity;
    }

    /** A dataset, or one of its columns. */
    static String name(String dataset, @Nullable String column) {
        return clean(column == null ? dataset : dataset + "." + column);
    }

    private static String line(Change change) {
        String renamed = change.getRenamedTo() == null ? "" : " to " + clean(change.getRenamedTo());
        return "  %-20s %s%s  %s  %s%n"
                .formatted(
                        WireName.of(change.getKind()),
                        name(change.getDataset(), change.getColumn()),
                        renamed,
                        place(change.getAt()),
                        clean(change.getBecause()));
    }

    private static String lines(Impact impact) {
        String here = impact.getChangedHere() ? ", edited here" : "";
        String owners = impact.getOwners().isEmpty()
                ? ""
                : ", owner " + clean(impact.getOwners().getFirst());
        String path = impact.getPath().stream()
                .map((Hop hop) -> name(hop.getDataset(), hop.getColumn()) + " [" + place(hop.getAt()) + "]")
                .collect(Collectors.joining(" -> "));
        return "  %s: %s%s%s%n      %s%n"
                .formatted(clean(impact.getRepository()), sentence(impact), here, owners, path);
    }

    private static String line(UnresolvedLineage item) {
        String at = item.getLine() > 0 ? item.getPath() + ":" + item.getLine() : item.getPath();
        return "  %s  %s%n".formatted(clean(at), clean(item.getReason()));
    }

    private static String line(SuppressedFinding finding) {
        return "  %-20s %s  because of %s  %s until %s  %s:%d%n"
                .formatted(
                        clean(finding.getFinding()),
                        name(finding.getDataset(), finding.getColumn()),
                        clean(finding.getCause()),
                        clean(finding.getReason()),
                        clean(finding.getExpires()),
                        clean(finding.getPath()),
                        finding.getLine());
    }

    private static String place(Location at) {
        return clean(at.getPath() + ":" + at.getLine());
    }

    private static String shortened(String revision) {
        return revision.substring(0, Math.min(7, revision.length()));
    }

    /** Names come from outside: nothing that could move a terminal's cursor gets through. */
    private static String clean(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
