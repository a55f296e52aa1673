package io.tailwater.publisher.render;

import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Coverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes what a comparison found as a comment that is read in ten seconds: verdict first, then what breaks with evidence
 * and a way out, what to review, who else reads it, what could not be told. Pure, and safe for use by many threads.
 *
 * <p>Only what is proven is called a break. Names and sentences of the report come from outside: they are shown, never
 * interpreted. Lists hold 10 entries at most, the whole 60 lines and 31,000 characters, cut between entries.
 */
public final class CommentRenderer {

    private static final int REASONS_NAMED = 3;

    private final CommentLinks links;
    private final Limits limits;

    /** A renderer whose links lead to the given addresses. */
    public CommentRenderer(CommentLinks links) {
        this(links, Limits.DEFAULT);
    }

    CommentRenderer(CommentLinks links, Limits limits) {
        this.links = links;
        this.limits = limits;
    }

    /**
     * The comment for a comparison.
     *
     * @param subject what it is about
     * @param comparison what was found
     * @param earlier what the comment to be replaced said; empty when none stands or it told of no analysis
     */
    public RenderedComment render(Subject subject, Comparison comparison, Optional<EarlierComment> earlier) {
        Findings findings = Findings.of(subject.repository(), comparison);
        List<String> keys = findings.all().map(Finding::key).distinct().sorted().toList();
        List<String> lines = List.of();
        for (int entries = limits.entries(); entries > 0; entries--) {
            lines = lines(subject, comparison, findings, keys, earlier, entries);
            if (limits.allow(lines)) {
                break;
            }
        }
        return new RenderedComment(
                String.join("\n", limits.cut(lines)),
                keys,
                findings.isEmpty() && comparison.getComplete() && !Decisions.any(comparison));
    }

    /**
     * The comment for a head that could not be analysed.
     *
     * @param head the head, 12 or 40 digits
     * @param reason why, as text from outside
     */
    public String couldNotAnalyse(String head, String reason) {
        return "**Could not analyse** · " + VerdictLine.shortened(head) + "\n\nReason: " + Markdown.sentence(reason);
    }

    private List<String> lines(
            Subject subject,
            Comparison comparison,
            Findings findings,
            List<String> keys,
            Optional<EarlierComment> earlier,
            int entries) {
        List<String> lines = new ArrayList<>();
        lines.add(VerdictLine.of(findings, comparison, subject, earlier));
        if (!findings.isEmpty() || !comparison.getComplete()) {
            VerdictLine.sinceLastPush(keys, comparison, earlier).ifPresent(since -> {
                lines.set(0, lines.getFirst() + "  ");
                lines.add(since);
            });
        }
        Optional<String> report = subject.reportId().flatMap(links::toReport);
        addBreaks(lines, findings, comparison, entries, report);
        addReviews(lines, findings, entries, report);
        addElsewhere(lines, findings, entries, report);
        lines.addAll(Decisions.lines(comparison, findings));
        boolean oneLine = VerdictLine.isWellAgain(findings, comparison, earlier);
        addLastLine(lines, comparison, oneLine ? Optional.empty() : report);
        return lines;
    }

    private void addBreaks(
            List<String> lines, Findings findings, Comparison comparison, int entries, Optional<String> report) {
        if (findings.breaks().isEmpty()) {
            return;
        }
        lines.addAll(List.of("", "**Breaks**", ""));
        BreakEntries breaks = new BreakEntries(links, comparison);
        for (int index = 0; index < Math.min(entries, findings.breaks().size()); index++) {
            lines.addAll(breaks.entry(index + 1, findings.breaks().get(index)));
        }
        addRest(lines, findings.breaks().size() - entries, report);
    }

    private void addReviews(List<String> lines, Findings findings, int entries, Optional<String> report) {
        if (findings.reviews().isEmpty()) {
            return;
        }
        lines.addAll(List.of("", ReviewTable.heading(findings.reviews()), ""));
        lines.addAll(ReviewTable.HEADER);
        ReviewTable table = new ReviewTable(links);
        findings.reviews().stream().limit(entries).map(table::row).forEach(lines::add);
        addRest(lines, findings.reviews().size() - entries, report);
    }

    private void addElsewhere(List<String> lines, Findings findings, int entries, Optional<String> report) {
        List<String> readers = new Elsewhere(links, findings).entries();
        if (readers.isEmpty()) {
            return;
        }
        lines.add("");
        if (readers.size() == 1) {
            lines.add("**Elsewhere**: " + readers.getFirst());
            return;
        }
        lines.addAll(List.of("**Elsewhere**", ""));
        readers.stream().limit(entries).map(reader -> "- " + reader).forEach(lines::add);
        addRest(lines, readers.size() - entries, report);
    }

    private static void addRest(List<String> lines, int more, Optional<String> report) {
        if (more > 0) {
            lines.add("");
            String text = "and " + more + " more";
            lines.add(report.map(url -> Markdown.link(text, url)).orElse(text));
        }
    }

    private static void addLastLine(List<String> lines, Comparison comparison, Optional<String> report) {
        List<String> parts = new ArrayList<>();
        couldNotTell(comparison).ifPresent(parts::add);
        report.ifPresent(url -> parts.add(Markdown.link("full report", url)));
        if (!parts.isEmpty()) {
            lines.add("");
            lines.add(String.join(" · ", parts));
        }
    }

    private static Optional<String> couldNotTell(Comparison comparison) {
        Coverage coverage = comparison.getCoverage();
        Map<String, UnresolvedLineage> firstByReason = new LinkedHashMap<>();
        comparison.getUnresolved().stream()
                .filter(item -> !Decisions.isAboutTheFile(item))
                .forEach(item -> firstByReason.putIfAbsent(item.getReason(), item));
        List<UnresolvedLineage> reasons = List.copyOf(firstByReason.values());
        if (reasons.isEmpty() && coverage.getUnresolved() == 0) {
            return comparison.getComplete()
                    ? Optional.empty()
                    : Optional.of("Could not tell: the analysis was not complete");
        }
        String files = coverage.getUnresolved() + " of " + coverage.getFiles() + " files";
        String named = reasons.stream()
                .limit(REASONS_NAMED)
                .map(CommentRenderer::reason)
                .collect(Collectors.joining("; "));
        int more = reasons.size() - REASONS_NAMED;
        return Optional.of("Could not tell: " + files + (named.isEmpty() ? "" : ", " + named)
                + (more > 0 ? "; and " + more + " more reasons" : ""));
    }

    /** A reason with the place it was met first. */
    private static String reason(UnresolvedLineage item) {
        String file = item.getPath().substring(item.getPath().lastIndexOf('/') + 1);
        String place = item.getLine() > 0 ? file + ":" + item.getLine() : file;
        return Markdown.code(place) + " " + Markdown.sentence(item.getReason());
    }
}
