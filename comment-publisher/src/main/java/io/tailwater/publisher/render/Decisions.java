package io.tailwater.publisher.render;

import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.SuppressedFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people decided in the repository's configuration: what is suppressed, what is wrong in the file, how to add to it. */
final class Decisions {

    /** The file in which a repository's people decide; its form is docs/tailwater.schema.json. */
    static final String PATH = ".tailwater.yml";

    private static final int NAMED = 3;

    private Decisions() {}

    /** Whether there is anything to say. */
    static boolean any(Comparison comparison) {
        return !comparison.getSuppressed().isEmpty()
                || comparison.getUnresolved().stream().anyMatch(Decisions::isAboutTheFile);
    }

    /** Whether an entry is about the configuration, not about data. */
    static boolean isAboutTheFile(UnresolvedLineage item) {
        return item.getPath().equals(PATH);
    }

    /** The lines, each with an empty one before it. */
    static List<String> lines(Comparison comparison, Findings findings) {
        List<String> lines = new ArrayList<>();
        suppressed(comparison).ifPresent(line -> lines.addAll(List.of("", line)));
        mistakes(comparison).ifPresent(line -> lines.addAll(List.of("", line)));
        findings.all().findFirst().ifPresent(finding -> lines.addAll(List.of("", silence(finding))));
        return lines;
    }

    private static Optional<String> suppressed(Comparison comparison) {
        List<SuppressedFinding> all = comparison.getSuppressed();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String named = all.stream()
                .limit(NAMED)
                .map(finding -> Markdown.code(
                                finding.getDataset() + (finding.getColumn() == null ? "" : "." + finding.getColumn()))
                        + " (" + Markdown.sentence(finding.getFinding().replace('_', ' ')) + ") until "
                        + Markdown.sentence(finding.getExpires()) + ": " + Markdown.sentence(finding.getReason()))
                .collect(Collectors.joining("; "));
        int more = all.size() - NAMED;
        return Optional.of((all.size() == 1 ? "1 finding" : all.size() + " findings") + " suppressed in "
                + Markdown.code(PATH) + ": " + named + (more > 0 ? "; and " + more + " more" : ""));
    }

    private static Optional<String> mistakes(Comparison comparison) {
        List<UnresolvedLineage> all = comparison.getUnresolved().stream()
                .filter(Decisions::isAboutTheFile)
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String named = all.stream()
                .limit(NAMED)
                .map(item -> Markdown.code(PATH + ":" + item.getLine()) + " " + Markdown.sentence(item.getReason()))
                .collect(Collectors.joining("; "));
        int more = all.size() - NAMED;
        return Optional.of("Configuration: " + named + (more > 0 ? "; and " + more + " more" : ""));
    }

    /** What to write to live with the first finding: one entry, ready to be copied. */
    private static String silence(Finding finding) {
        Optional<Impact> onlyReader = finding.readers().size() == 1 && finding.change() == null
                ? Optional.of(finding.readers().getFirst().impact())
                : Optional.empty();
        String named = onlyReader
                .map(impact -> "reader: " + quoted(impact.getDataset()))
                .orElseGet(() -> "change: " + quoted(finding.cause()));
        return "Silence a finding: under " + Markdown.code("suppress:") + " in " + Markdown.code(PATH)
                + " of the destination branch, "
                + Markdown.code("- {" + named + ", reason: \"why\", expires: YYYY-MM-DD}");
    }

    /** A YAML text in double quotes, on one line. */
    private static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                text.append('\\');
            }
            text.appendCodePoint(Character.isISOControl(point) ? ' ' : point);
        });
        return text.append('"').toString();
    }
}
