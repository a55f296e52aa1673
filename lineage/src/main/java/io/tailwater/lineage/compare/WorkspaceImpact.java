package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DirectUse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries a repository's change on to readers in other repositories, hop by hop through relations they share by name. */
public final class WorkspaceImpact {
    private static final int MOST_STEPS = 20_000;

    private final ChangeReport report;
    private final WorkspaceGraph workspace;
    private final Map<String, Impact> found = new LinkedHashMap<>();
    private final Deque<Step> open = new ArrayDeque<>();
    private final Set<String> stale = new HashSet<>();

    /**
     * Something about a relation that its readers may notice.
     *
     * @param builtBy repository whose build no longer brings it up to date, so that it keeps what it had; null where it is read as
     *     it is now
     * @param relation full name of the relation
     * @param column column concerned; null for its rows or the relation as a whole
     * @param effect what happens to it
     */
    private record Step(
            @Nullable String builtBy,
            String relation,
            @Nullable String column,
            Effect effect,
            Certainty certainty,
            String because,
            List<Hop> path) {}

    private WorkspaceImpact(ChangeReport report, WorkspaceGraph workspace) {
        this.report = report;
        this.workspace = workspace;
    }

    /**
     * The report with the impacts in other repositories appended, and the verdict they ask for.
     *
     * @param report what the change does inside its own repository
     * @param workspace who reads what elsewhere
     */
    public static ChangeReport extend(ChangeReport report, WorkspaceGraph workspace) {
        return new WorkspaceImpact(report, workspace).extended();
    }

    private ChangeReport extended() {
        report.changes().forEach(this::begin);
        report.impacts().forEach(this::begin);
        // this repository's people may live with it; readers elsewhere were not asked
        report.suppressed()
                .forEach(finding -> Optional.ofNullable(finding.impact()).ifPresent(this::begin));
        int steps = 0;
        while (!open.isEmpty() && steps++ < MOST_STEPS) {
            follow(open.removeFirst());
        }
        if (found.isEmpty() && open.isEmpty()) {
            return report;
        }
        List<Impact> all = new ArrayList<>(report.impacts());
        all.addAll(found.values());
        return report.withImpacts(verdict(), report.complete() && open.isEmpty(), all);
    }

    private Verdict verdict() {
        Verdict verdict = report.verdict();
        for (Impact impact : found.values()) {
            boolean breaks = impact.effect() == Effect.BREAKS && impact.certainty() == Certainty.PROVEN;
            Verdict asked = breaks ? Verdict.BREAKING : Verdict.BEHAVIOURAL;
            if (impact.effect() != Effect.REACHED && asked.compareTo(verdict) > 0) {
                verdict = asked;
            }
        }
        return verdict;
    }

    private void begin(Change change) {
        if (change.qualifiedName() == null) {
            return;
        }
        Effect effect = switch (change.kind()) {
            case DATASET_REMOVED, DATASET_RENAMED, COLUMN_REMOVED, COLUMN_RENAMED -> Effect.BREAKS;
            case COLUMN_TYPE_CHANGED, VALUES_CHANGED -> Effect.VALUES;
            case ROWS_CHANGED -> Effect.ROWS;
            case DATASET_ADDED, COLUMN_ADDED -> null;
        };
        if (effect != null) {
            Hop hop = new Hop(change.dataset(), change.column(), "change", change.at());
            open.add(new Step(
                    null,
                    change.qualifiedName(),
                    change.column(),
                    effect,
                    change.certainty(),
                    change.dataset() + (change.column() == null ? "" : "." + change.column()) + ": " + change.because(),
                    List.of(hop)));
        }
    }

    private void begin(Impact impact) {
        if (impact.qualifiedName() == null) {
            return;
        }
        Effect effect = switch (impact.effect()) {
            case COLUMN_REMOVED, COLUMN_RENAMED, BREAKS -> Effect.BREAKS;
            case VALUES -> Effect.VALUES;
            case ROWS -> Effect.ROWS;
            case REACHED -> null;
        };
        boolean keepsWhatItHad = impact.effect() == Effect.BREAKS && !DatasetKinds.isComputedWhenRead(impact.kind());
        // the last hop has the column's old name
        String column = impact.effect() == Effect.COLUMN_RENAMED
                ? impact.path().get(impact.path().size() - 1).column()
                : impact.column();
        if (effect != null) {
            open.add(new Step(
                    keepsWhatItHad ? report.repository() : null,
                    impact.qualifiedName(),
                    column,
                    effect,
                    impact.certainty(),
                    impact.because(),
                    impact.path()));
        }
    }

    private void follow(Step step) {
        for (WorkspaceReader reader : workspace.readersOf(step.relation())) {
            boolean star = reader.usesColumn() == null && reader.dependency() == DirectUse.IDENTITY;
            boolean concerned = step.column() == null || star || step.column().equals(reader.usesColumn());
            if (reader.repository().equals(report.repository())) {
                continue;
            }
            if (step.builtBy() != null) {
                readsWhatWasThere(step, reader);
            } else if (concerned) {
                reach(step, reader, star);
            }
        }
    }

    /**
     * A reader of something that is not built any more: what the same build makes of it is not built either, and what only
     * shows it shows old data.
     */
    private void readsWhatWasThere(Step step, WorkspaceReader reader) {
        String relation = reader.qualifiedName();
        boolean shows = relation == null;
        boolean builtTogether =
                reader.repository().equals(step.builtBy()) && !shows && !DatasetKinds.isFieldwise(reader.kind());
        List<Hop> path = new ArrayList<>(step.path());
        path.add(new Hop(reader.dataset(), null, "reference", at(reader)));
        if (builtTogether || shows) {
            note(reader, null, builtTogether ? Effect.BREAKS : Effect.REACHED, step, path);
        }
        if (relation != null && stale.add(relation)) {
            open.add(new Step(step.builtBy(), relation, null, Effect.BREAKS, step.certainty(), step.because(), path));
        }
    }

    private static Evidence at(WorkspaceReader reader) {
        return new Evidence(
                reader.repository(), reader.location().path(), reader.location().line(), reader.revision(), null);
    }

    /** Whether that is news. */
    private boolean note(WorkspaceReader reader, @Nullable String column, Effect effect, Step step, List<Hop> path) {
        String key = reader.repository() + "\n" + reader.dataset() + "\n" + column + "\n" + effect;
        Impact before = found.get(key);
        if (before != null && (before.certainty() == Certainty.PROVEN || step.certainty() == Certainty.POSSIBLE)) {
            return false;
        }
        found.put(
                key,
                new Impact(
                        reader.repository(),
                        reader.dataset(),
                        reader.qualifiedName(),
                        reader.kind(),
                        column,
                        effect,
                        step.certainty(),
                        false,
                        reader.owners(),
                        step.because(),
                        path));
        return true;
    }

    private void reach(Step step, WorkspaceReader reader, boolean star) {
        String column = star ? step.column() : reader.feedsColumn();
        List<Hop> path = new ArrayList<>(step.path());
        path.add(new Hop(reader.dataset(), column, reader.dependency().wireName(), at(reader)));
        boolean shown = reader.qualifiedName() == null;
        Effect effect = effectOn(step, reader, star, shown);
        boolean fieldBreaks = effect == Effect.BREAKS && breaksFieldByField(reader);
        boolean whole = effect == Effect.ROWS || (effect == Effect.BREAKS && !fieldBreaks) || effect == Effect.REACHED;
        String concerned = whole ? null : column;
        if (!note(reader, concerned, effect, step, path) || reader.qualifiedName() == null) {
            return;
        }
        Effect onward = effect == Effect.COLUMN_REMOVED ? Effect.BREAKS : effect;
        boolean keepsWhatItHad = effect == Effect.BREAKS && !DatasetKinds.isComputedWhenRead(reader.kind());
        open.add(new Step(
                keepsWhatItHad ? reader.repository() : null,
                reader.qualifiedName(),
                concerned,
                onward,
                step.certainty(),
                step.because(),
                path));
    }

    /** Whether the reader computes the field when it is asked for, so that what shows the field fails, too. */
    private static boolean breaksFieldByField(WorkspaceReader reader) {
        return DatasetKinds.isFieldwise(reader.kind()) && reader.feedsColumn() != null;
    }

    private static Effect effectOn(Step step, WorkspaceReader reader, boolean star, boolean shown) {
        return switch (step.effect()) {
            case BREAKS -> star && step.column() != null ? Effect.COLUMN_REMOVED : Effect.BREAKS;
            case VALUES -> shown ? Effect.REACHED : reader.feedsColumn() == null && !star ? Effect.ROWS : Effect.VALUES;
            case ROWS -> shown ? Effect.REACHED : Effect.ROWS;
            case COLUMN_REMOVED, COLUMN_RENAMED, REACHED -> step.effect();
        };
    }
}
