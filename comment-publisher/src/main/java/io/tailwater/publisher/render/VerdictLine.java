package io.tailwater.publisher.render;

import io.tailwater.schemas.report.Certainty;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Coverage;
import io.tailwater.schemas.report.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first lines: what was found, how sure that is, at which head, and what the last push changed. */
final class VerdictLine {

    /** Above this share of files that were not understood, the verdict itself says so. */
    private static final double MUCH = 0.1;

    private VerdictLine() {}

    /** Digits of a revision that people see. */
    static String shortened(String revision) {
        return Markdown.code(revision.substring(0, Math.min(7, revision.length())));
    }

    static String of(Findings findings, Comparison comparison, Subject subject, Optional<EarlierComment> earlier) {
        List<String> parts = new ArrayList<>();
        boolean wellAgain = isWellAgain(findings, comparison, earlier);
        parts.add("**" + verdict(findings, comparison, wellAgain) + "**");
        Coverage coverage = comparison.getCoverage();
        if (muchIsUnknown(coverage) && !findings.isEmpty()) {
            parts.add("**" + unknown(coverage) + "**");
        }
        String head = shortened(comparison.getHead());
        if (wellAgain) {
            parts.add(head);
            fixed(earlier.get()).ifPresent(parts::add);
        } else {
            parts.add(head + " against " + Markdown.code(subject.against()));
        }
        return String.join(" · ", parts);
    }

    /** Whether an earlier comment told of something and nothing of it is left, for certain. */
    static boolean isWellAgain(Findings findings, Comparison comparison, Optional<EarlierComment> earlier) {
        return findings.isEmpty() && comparison.getComplete() && earlier.isPresent();
    }

    private static String unknown(Coverage coverage) {
        return coverage.getUnresolved() == 0
                ? "not everything could be analysed"
                : coverage.getUnresolved() + " of " + coverage.getFiles() + " files could not be analysed";
    }

    private static String verdict(Findings findings, Comparison comparison, boolean wellAgain) {
        if (findings.isEmpty()) {
            if (!comparison.getComplete()) {
                return "No impact found, but " + unknown(comparison.getCoverage());
            }
            if (wellAgain) {
                return "No impact left";
            }
            return comparison.getVerdict() == Verdict.ADDITIVE ? "Only additions, no impact" : "No impact";
        }
        String reviews = findings.reviews().size() + " to review";
        if (findings.breaks().isEmpty()) {
            return (comparison.getComplete() && nothingMayBreak(findings) ? "No break" : "No proven break") + " · "
                    + reviews;
        }
        int readers = findings.breaks().stream()
                .mapToInt(finding ->
                        (int) finding.readers().stream().filter(Reader::breaks).count())
                .sum();
        String breaks = counted(findings.breaks().size(), "break", "breaks")
                + (readers > findings.breaks().size() ? " for " + readers + " readers" : "");
        return findings.reviews().isEmpty() ? breaks : breaks + " · " + reviews;
    }

    private static boolean nothingMayBreak(Findings findings) {
        return findings.all().flatMap(finding -> finding.readers().stream()).allMatch(reader -> switch (reader.impact()
                .getEffect()) {
            case VALUES, ROWS, REACHED -> true;
            case BREAKS, COLUMN_REMOVED, COLUMN_RENAMED -> reader.impact().getCertainty() == Certainty.PROVEN;
        });
    }

    private static boolean muchIsUnknown(Coverage coverage) {
        return coverage.getFiles() > 0 && coverage.getUnresolved() > MUCH * coverage.getFiles();
    }

    private static Optional<String> fixed(EarlierComment earlier) {
        int breaks =
                (int) earlier.findingKeys().stream().filter(Finding::isBreak).count();
        int reviews = earlier.findingKeys().size() - breaks;
        if (breaks > 0) {
            return Optional.of(counted(breaks, "break", "breaks") + " fixed");
        }
        return reviews > 0 ? Optional.of(counted(reviews, "finding", "findings") + " gone") : Optional.empty();
    }

    /**
     * What became of the findings of an earlier head; empty when there is nothing to compare with. Where not everything
     * was understood, a finding that is not found again need not be fixed, and is not called so.
     */
    static Optional<String> sinceLastPush(List<String> keys, Comparison comparison, Optional<EarlierComment> earlier) {
        String gone = comparison.getComplete() ? " fixed, " : " no longer found, ";
        return earlier.filter(comment -> !comment.head().equals(comparison.getHead()))
                .map(comment -> {
                    Set<String> before = new HashSet<>(comment.findingKeys());
                    Set<String> now = new HashSet<>(keys);
                    long fixed =
                            before.stream().filter(key -> !now.contains(key)).count();
                    long added =
                            now.stream().filter(key -> !before.contains(key)).count();
                    return "Since " + shortened(comment.head()) + ": " + orNone(fixed) + gone + orNone(added) + " new.";
                });
    }

    private static String orNone(long count) {
        return count == 0 ? "none" : Long.toString(count);
    }

    private static String counted(int count, String one, String many) {
        return count == 1 ? "1 " + one : count + " " + many;
    }
}
