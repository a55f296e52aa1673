package io.tailwater.launcher.check;

import io.tailwater.lineage.coverage.CoverageReport;
import io.tailwater.lineage.coverage.KindCoverage;
import io.tailwater.lineage.coverage.ReasonCount;
import java.util.Locale;

/** Coverage for a terminal: one line a kind, below it the reasons of what is not complete. */
public final class CoverageText implements CoverageFormat {

    @Override
    public String format(CoverageReport report) {
        StringBuilder text = new StringBuilder();
        text.append("%s at %s%n%n"
                .formatted(
                        clean(report.repository()),
                        report.revision()
                                .substring(0, Math.min(12, report.revision().length()))));
        if (report.kinds().isEmpty()) {
            text.append("No file here says what data is made from what.%n".formatted());
        } else {
            text.append("%-12s %7s %9s %7s %6s %10s %8s %8s %8s %8s %8s%n"
                    .formatted(
                            "kind",
                            "number",
                            "complete",
                            "share",
                            "stars",
                            "undeclared",
                            "queries",
                            "parsed",
                            "share",
                            "columns",
                            "known"));
        }
        for (KindCoverage kind : report.kinds()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-12s %7d %9d %6.2f%% %6d %10d %8d %8d %7.2f%% %8d %7.2f%%%n",
                    clean(kind.kind()),
                    kind.datasets(),
                    kind.complete(),
                    kind.completePercent(),
                    kind.openStars(),
                    kind.undeclared(),
                    kind.queries(),
                    kind.parsed(),
                    kind.parsedPercent(),
                    kind.columns(),
                    kind.columnPercent()));
            kind.reasons().forEach(reason -> text.append(line(reason)));
        }
        text.append("%n%d files with data code, %d understood completely%n"
                .formatted(report.files().files(), report.files().analysed()));
        report.unread().forEach(reason -> text.append(line(reason)));
        return text.toString();
    }

    private static String line(ReasonCount reason) {
        return "  %6d  %s (%s:%d)%n"
                .formatted(
                        reason.count(),
                        clean(reason.reason()),
                        clean(reason.example().path()),
                        reason.example().line());
    }

    /** Names come from a repository: nothing of them may steer the terminal. */
    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
