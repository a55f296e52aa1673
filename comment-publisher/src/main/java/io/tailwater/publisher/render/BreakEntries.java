package io.tailwater.publisher.render;

import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.ChangeKind;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Effect;
import io.tailwater.schemas.report.Hop;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The numbered list of what breaks: cause and reader, evidence, way out. */
final class BreakEntries {

    private static final int LONGEST_PATH = 6;
    private static final String HARD_BREAK = "  ";
    private static final String INDENT = "    ";

    private final CommentLinks links;
    private final Comparison comparison;

    BreakEntries(CommentLinks links, Comparison comparison) {
        this.links = links;
        this.comparison = comparison;
    }

    /** The lines of one entry. */
    List<String> entry(int number, Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(number + ". " + headline(finding));
        lines.add(INDENT + evidence(finding));
        lines.add(INDENT + "Way out: " + wayOut(finding));
        List<String> broken = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            broken.add(index + 1 < lines.size() ? lines.get(index) + HARD_BREAK : lines.get(index));
        }
        return broken;
    }

    private static String headline(Finding finding) {
        String cause = cause(finding);
        if (finding.readers().isEmpty()) {
            return cause + ", a **published output**";
        }
        Reader worst = finding.readers().getFirst();
        List<Reader> alike = finding.readers().stream()
                .filter(reader -> reader.breaks() == worst.breaks() && reader.elsewhere() == worst.elsewhere())
                .toList();
        String more = alike.size() > 1 ? " and " + (alike.size() - 1) + " more" : "";
        return cause + ", " + what(finding, alike, "**" + worst.label() + "**" + more);
    }

    private static String cause(Finding finding) {
        String name = Markdown.code(finding.cause());
        Change change = finding.change();
        if (change == null) {
            return name + " changes";
        }
        String renamedTo = change.getRenamedTo();
        return switch (change.getKind()) {
            case DATASET_REMOVED, COLUMN_REMOVED -> name + " is gone";
            case DATASET_RENAMED, COLUMN_RENAMED ->
                renamedTo == null ? name + " has another name" : name + " is now " + Markdown.code(renamedTo);
            case COLUMN_TYPE_CHANGED -> name + " has another type";
            case VALUES_CHANGED -> name + " has other values";
            case ROWS_CHANGED -> name + " has other rows";
            case DATASET_ADDED, COLUMN_ADDED -> name + " is new";
        };
    }

    private static String what(Finding finding, List<Reader> readers, String who) {
        boolean several = readers.size() > 1;
        long failing = readers.stream()
                .filter(reader -> reader.impact().getEffect() == Effect.BREAKS)
                .count();
        if (readers.stream().anyMatch(reader -> reader.impact().getSeverity() != null)) {
            return "which counts as a break for " + who;
        }
        if (failing == 0) {
            boolean renamed = readers.stream().allMatch(Reader::isRenamed);
            return "and " + who + (renamed ? (several ? " are renamed" : " is renamed") : several ? " go" : " goes")
                    + " with it";
        }
        Change change = finding.change();
        if (change != null && isRemovedOrRenamed(change.getKind()) && failing == readers.size()) {
            return who + (several ? " still read it" : " still reads it");
        }
        return who + (several ? " break" : " breaks");
    }

    private static boolean isRemovedOrRenamed(ChangeKind kind) {
        return switch (kind) {
            case DATASET_REMOVED, DATASET_RENAMED, COLUMN_REMOVED, COLUMN_RENAMED -> true;
            case DATASET_ADDED, COLUMN_ADDED, COLUMN_TYPE_CHANGED, VALUES_CHANGED, ROWS_CHANGED -> false;
        };
    }

    private String evidence(Finding finding) {
        List<String> parts = new ArrayList<>();
        Change change = finding.change();
        if (finding.readers().isEmpty()) {
            if (change != null) {
                parts.add(Markdown.fileLink(
                        change.getAt().getPath(), change.getAt().getLine(), links.to(change.getAt())));
                parts.add(Markdown.sentence(change.getBecause()));
            }
            return String.join(" · ", parts);
        }
        Reader worst = finding.readers().getFirst();
        if (!worst.impact().getPath().isEmpty()) {
            parts.add(Markdown.fileLink(worst.at().getPath(), worst.at().getLine(), links.to(worst.at())));
        }
        if (!worst.impact().getOwners().isEmpty()) {
            parts.add("owner " + Markdown.emphasised(worst.impact().getOwners().getFirst()));
        }
        if (worst.impact().getPath().size() > 1) {
            parts.add(path(worst.impact().getPath()));
        }
        finding.readers().stream()
                .filter(reader -> !reader.breaks() && reader.isShownToPeople() && !reader.elsewhere())
                .findFirst()
                .ifPresent(reader -> parts.add("reaches " + reader.label()));
        return String.join(" · ", parts);
    }

    private static String path(List<Hop> path) {
        List<String> names = path.stream()
                .map(hop -> hop.getColumn() == null ? hop.getDataset() : hop.getDataset() + "." + hop.getColumn())
                .map(Markdown::code)
                .toList();
        if (names.size() <= LONGEST_PATH) {
            return String.join(" → ", names);
        }
        int left = names.size() - (LONGEST_PATH - 1);
        return names.stream().limit(LONGEST_PATH - 2).collect(Collectors.joining(" → ")) + " → " + left + " steps → "
                + names.getLast();
    }

    private String wayOut(Finding finding) {
        Change change = finding.change();
        if (finding.readers().isEmpty() || change == null) {
            return "keep " + Markdown.code(finding.cause()) + " as it was, or tell those who read it first.";
        }
        Reader worst = finding.readers().getFirst();
        return worst.impact().getEffect() == Effect.BREAKS
                ? wayOutOfFailing(finding, change, worst)
                : wayOutOfLosing(finding, change, worst);
    }

    private String wayOutOfFailing(Finding finding, Change change, Reader worst) {
        String reader = Markdown.code(worst.impact().getDataset());
        String place = worst.at().getLine() > 0 ? "line " + worst.at().getLine() : "its definition";
        String column = column(finding);
        String dataset = Markdown.code(finding.dataset());
        return switch (change.getKind()) {
            case COLUMN_REMOVED ->
                "keep " + column + " in " + dataset + " until " + reader + " no longer needs it, or change " + place
                        + replacement(finding) + ".";
            case COLUMN_RENAMED ->
                "change " + place + " of " + reader + " to " + newName(change) + ", or give " + dataset
                        + " both names until " + reader + " has moved.";
            case DATASET_REMOVED ->
                "keep " + dataset + " until " + reader + " no longer reads it, or take it out of " + place + ".";
            case DATASET_RENAMED ->
                "point " + place + " of " + reader + " to " + newName(change) + ", or leave a view under the old name.";
            case COLUMN_TYPE_CHANGED ->
                "cast " + column + " in " + reader + " at " + place + ", or keep the type in " + dataset + ".";
            case DATASET_ADDED, COLUMN_ADDED, VALUES_CHANGED, ROWS_CHANGED ->
                "change " + place + " of " + reader + ", or keep " + Markdown.code(finding.cause()) + " as it was.";
        };
    }

    /** For a reader that still runs, but whose own output loses the column or its name. */
    private static String wayOutOfLosing(Finding finding, Change change, Reader worst) {
        String reader = Markdown.code(worst.impact().getDataset());
        String lost = worst.columnBefore().map(Markdown::code).orElseGet(() -> column(finding));
        return switch (change.getKind()) {
            case COLUMN_RENAMED ->
                "in " + reader + ", alias "
                        + worst.columnAfter().map(Markdown::code).orElseGet(() -> newName(change)) + " back to " + lost
                        + ", or tell those who read it first.";
            case COLUMN_REMOVED,
                    COLUMN_TYPE_CHANGED,
                    COLUMN_ADDED,
                    DATASET_REMOVED,
                    DATASET_RENAMED,
                    DATASET_ADDED,
                    VALUES_CHANGED,
                    ROWS_CHANGED -> "keep " + lost + " in " + reader + ", or tell those who read it first.";
        };
    }

    private static String column(Finding finding) {
        return finding.column() == null ? "the column" : Markdown.code(finding.column());
    }

    private static String newName(Change change) {
        return change.getRenamedTo() == null ? "the new name" : Markdown.code(change.getRenamedTo());
    }

    /** The one column that came to the same dataset, where there is exactly one: likely what the author meant. */
    private String replacement(Finding finding) {
        List<Change> added = comparison.getChanges().stream()
                .filter(change -> change.getKind() == ChangeKind.COLUMN_ADDED)
                .filter(change -> change.getDataset().equals(finding.dataset()))
                .toList();
        String column = added.size() == 1 ? added.getFirst().getColumn() : null;
        return column == null ? "" : " to " + Markdown.code(column) + " if that takes its place";
    }
}
