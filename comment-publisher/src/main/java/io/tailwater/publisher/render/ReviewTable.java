package io.tailwater.publisher.render;

import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.Effect;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of what is to be reviewed: nobody breaks for certain, but somebody may notice. */
final class ReviewTable {

    static final List<String> HEADER = List.of("| Reader | What may change | Because |", "|---|---|---|");

    private static final int READERS_NAMED = 2;

    private final CommentLinks links;

    ReviewTable(CommentLinks links) {
        this.links = links;
    }

    /** What stands behind the heading: what all rows have in common, where they have. */
    static String heading(List<Finding> findings) {
        boolean sameShape = findings.stream()
                .flatMap(finding -> finding.readers().stream())
                .allMatch(reader -> switch (reader.impact().getEffect()) {
                    case VALUES, ROWS, REACHED -> true;
                    case BREAKS, COLUMN_REMOVED, COLUMN_RENAMED -> false;
                });
        return sameShape ? "**Review**: same columns, other content" : "**Review**";
    }

    /** One row. */
    String row(Finding finding) {
        return "| " + readers(finding) + " | " + whatMayChange(finding) + " | " + because(finding) + " |";
    }

    private static String readers(Finding finding) {
        List<Reader> shown = named(finding);
        Set<String> ways =
                shown.stream().flatMap(reader -> reader.way().stream()).collect(Collectors.toSet());
        String names = shown.stream()
                .filter(reader -> !ways.contains(reader.impact().getDataset()))
                .map(Reader::labelWithWay)
                .distinct()
                .collect(Collectors.joining(", "));
        int more = finding.readers().size() - shown.size();
        return more > 0 ? names + " and " + more + " more" : names;
    }

    /** The readers a row names: the worst of this repository, else of any. */
    static List<Reader> named(Finding finding) {
        List<Reader> here =
                finding.readers().stream().filter(reader -> !reader.elsewhere()).toList();
        return (here.isEmpty() ? finding.readers() : here)
                .stream().limit(READERS_NAMED).toList();
    }

    private static String whatMayChange(Finding finding) {
        List<Reader> changing = finding.readers().stream()
                .filter(reader -> reader.impact().getEffect() != Effect.REACHED)
                .toList();
        return (changing.isEmpty() ? finding.readers() : changing)
                .stream().map(Reader::whatMayChange).distinct().limit(3).collect(Collectors.joining("; "));
    }

    private String because(Finding finding) {
        Change change = finding.change();
        Reader worst = finding.readers().getFirst();
        if (change == null) {
            return Markdown.sentence(worst.impact().getBecause()) + evidence(worst);
        }
        String more = finding.alike() == 0
                ? ""
                : " and " + finding.alike() + (finding.alike() == 1 ? " more column" : " more columns");
        return Markdown.code(finding.cause()) + more + ": " + Markdown.sentence(change.getBecause()) + ", "
                + link(change.getAt());
    }

    private String evidence(Reader reader) {
        return reader.impact().getPath().isEmpty() ? "" : ", " + link(reader.at());
    }

    private String link(Location at) {
        return Markdown.fileLink(at.getPath(), at.getLine(), links.to(at));
    }
}
