package io.tailwater.console.http;

import io.tailwater.schemas.lineage.DependencyKind;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Certainty;
import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Effect;
import io.tailwater.schemas.report.Hop;
import io.tailwater.schemas.report.Impact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report as its page shows it: what breaks first, then what to look at, what the pull request does, what could not be told. */
final class ReportView {

    /** Most rows of each part; the API has all of them. */
    static final int MOST = 300;

    private final Links links;
    private final String repository;
    private final String head;

    /**
     * A place in the code.
     *
     * @param text "path:line", with the repository before it when it is another one
     * @param href its page at Bitbucket
     */
    public record Place(String text, String href) {}

    /**
     * One step of evidence.
     *
     * @param name dataset and column
     * @param how how it depends on the step before, empty for the first
     * @param at where that is written
     */
    public record Step(String name, String how, Place at) {}

    /**
     * One reader that notices.
     *
     * @param name dataset and column
     * @param kind what it is
     * @param repository its repository, empty for the pull request's own
     * @param effect what happens to it, in words
     * @param badge how bad and how sure
     * @param changedHere whether the pull request edits it
     * @param owners who is to be told
     * @param because one sentence
     * @param path evidence, from the change to the reader
     */
    public record Finding(
            String name,
            String kind,
            String repository,
            String effect,
            Badge badge,
            boolean changedHere,
            List<String> owners,
            String because,
            List<Step> path) {}

    /** What the pull request does. */
    public record Done(String name, String what, String because, Place at) {}

    /** What could not be told. */
    public record Unknown(String reason, Place at) {}

    /**
     * Findings of one kind.
     *
     * @param title heading
     * @param text what the heading means
     * @param findings those that are shown
     * @param more how many are not
     */
    public record Group(String title, String text, List<Finding> findings, int more) {}

    /**
     * All of it.
     *
     * @param groups findings, worst first; none that is empty
     * @param changes what the pull request does
     * @param moreChanges changes that are not shown
     * @param unresolved what could not be told
     * @param moreUnresolved of those, how many are not shown
     */
    public record Shown(
            List<Group> groups, List<Done> changes, int moreChanges, List<Unknown> unresolved, int moreUnresolved) {}

    /**
     * A view.
     *
     * @param links addresses at Bitbucket
     * @param repository full name of the pull request's repository
     * @param head its newest commit
     */
    ReportView(Links links, String repository, String head) {
        this.links = links;
        this.repository = repository;
        this.head = head;
    }

    Shown show(Comparison comparison) {
        List<Impact> breaking = new ArrayList<>();
        List<Impact> possible = new ArrayList<>();
        List<Impact> review = new ArrayList<>();
        List<Impact> here = new ArrayList<>();
        for (Impact impact : comparison.getImpacts()) {
            if (impact.getChangedHere()) {
                here.add(impact);
            } else if (loses(impact.getEffect()) && impact.getCertainty() == Certainty.PROVEN) {
                breaking.add(impact);
            } else if (loses(impact.getEffect())) {
                possible.add(impact);
            } else {
                review.add(impact);
            }
        }
        List<Group> groups = new ArrayList<>();
        add(
                groups,
                "Breaks",
                "Readers that work today and fail, or lose a column, once this is merged. Each is proven.",
                breaking);
        add(groups, "May break", "Readers for which a break could not be excluded.", possible);
        add(groups, "To review", "Readers that go on working and may see other values or rows.", review);
        add(groups, "Changed in this pull request", "Readers that the pull request edits itself.", here);
        return new Shown(
                List.copyOf(groups),
                comparison.getChanges().stream().limit(MOST).map(this::change).toList(),
                more(comparison.getChanges().size()),
                comparison.getUnresolved().stream()
                        .limit(MOST)
                        .map(this::unknown)
                        .toList(),
                more(comparison.getUnresolved().size()));
    }

    private static boolean loses(Effect effect) {
        return switch (effect) {
            case BREAKS, COLUMN_REMOVED, COLUMN_RENAMED -> true;
            case VALUES, ROWS, REACHED -> false;
        };
    }

    private void add(List<Group> groups, String title, String text, List<Impact> impacts) {
        if (!impacts.isEmpty()) {
            groups.add(new Group(
                    title, text, impacts.stream().limit(MOST).map(this::finding).toList(), more(impacts.size())));
        }
    }

    private static int more(int size) {
        return Math.max(0, size - MOST);
    }

    private Finding finding(Impact impact) {
        boolean proven = impact.getCertainty() == Certainty.PROVEN;
        Badge badge = loses(impact.getEffect())
                ? proven ? new Badge("Proven", "bad") : new Badge("Possible", "unknown")
                : proven ? new Badge("Proven", "warn") : new Badge("Possible", "unknown");
        return new Finding(
                name(impact.getDataset(), impact.getColumn()),
                impact.getKind(),
                impact.getRepository().equals(repository) ? "" : impact.getRepository(),
                effect(impact.getEffect()),
                badge,
                impact.getChangedHere(),
                impact.getOwners(),
                impact.getBecause(),
                impact.getPath().stream().map(this::step).toList());
    }

    private static String effect(Effect effect) {
        return switch (effect) {
            case BREAKS -> "breaks";
            case COLUMN_REMOVED -> "loses the column";
            case COLUMN_RENAMED -> "gets another column name";
            case VALUES -> "may show other values";
            case ROWS -> "may show other rows";
            case REACHED -> "shows or checks what changes";
        };
    }

    private Step step(Hop hop) {
        DependencyKind dependency = hop.getDependency();
        return new Step(
                name(hop.getDataset(), hop.getColumn()),
                dependency == null ? "" : Words.ofConstant(dependency.name()),
                place(hop.getAt()));
    }

    private Done change(Change change) {
        String what = Words.ofConstant(change.getKind().name());
        return new Done(
                name(change.getDataset(), change.getColumn()),
                change.getRenamedTo() == null ? what : what + " to " + change.getRenamedTo(),
                change.getBecause(),
                place(change.getAt()));
    }

    private Unknown unknown(UnresolvedLineage unresolved) {
        Location at = new Location(repository, unresolved.getPath(), unresolved.getLine(), head);
        return new Unknown(unresolved.getReason(), place(at));
    }

    private Place place(Location at) {
        String file = at.getPath() + (at.getLine() > 0 ? ":" + at.getLine() : "");
        return new Place(at.getRepository().equals(repository) ? file : at.getRepository() + " " + file, links.to(at));
    }

    private static String name(String dataset, @Nullable String column) {
        return column == null ? dataset : dataset + "." + column;
    }
}
