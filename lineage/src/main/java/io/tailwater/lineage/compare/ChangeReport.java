package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Coverage;
import io.tailwater.lineage.graph.Unresolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a change does downstream: the content of {@code check --format json}.
 *
 * @param repository repository that changes
 * @param base tip of the branch the change goes to
 * @param head what is proposed
 * @param mergeBase the revision compared with head
 * @param verdict what it means for readers
 * @param complete whether everything that bears on the answer was understood; if not, {@code unresolved} says what was not
 * @param changes what differs, dataset by dataset
 * @param impacts who is affected, worst first
 * @param unresolved what could not be established at head and bears on the answer
 * @param coverage how much of head was understood
 * @param suppressed findings that people decided to live with; they are in no other list and in no verdict
 */
public record ChangeReport(
        String repository,
        String base,
        String head,
        String mergeBase,
        Verdict verdict,
        boolean complete,
        List<Change> changes,
        List<Impact> impacts,
        List<Unresolved> unresolved,
        Coverage coverage,
        List<SuppressedFinding> suppressed) {
    /** Version of the JSON form; fields may be added under the same version, none renamed. */
    public static final String SCHEMA_VERSION = "1";

    public ChangeReport {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(mergeBase, "mergeBase");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(coverage, "coverage");
        changes = List.copyOf(changes);
        impacts = List.copyOf(impacts);
        unresolved = List.copyOf(unresolved);
        suppressed = List.copyOf(suppressed);
    }

    /** A report without suppressed findings. */
    public ChangeReport(
            String repository,
            String base,
            String head,
            String mergeBase,
            Verdict verdict,
            boolean complete,
            List<Change> changes,
            List<Impact> impacts,
            List<Unresolved> unresolved,
            Coverage coverage) {
        this(repository, base, head, mergeBase, verdict, complete, changes, impacts, unresolved, coverage, List.of());
    }

    /** The same report with further entries among what people should know of, first. */
    public ChangeReport withNotes(List<Unresolved> notes) {
        List<Unresolved> all = new ArrayList<>(notes);
        all.addAll(unresolved);
        return new ChangeReport(
                repository, base, head, mergeBase, verdict, complete, changes, impacts, all, coverage, suppressed);
    }

    /** The same report with other impacts and what follows from them. */
    ChangeReport withImpacts(Verdict newVerdict, boolean newComplete, List<Impact> newImpacts) {
        return new ChangeReport(
                repository,
                base,
                head,
                mergeBase,
                newVerdict,
                newComplete,
                changes,
                newImpacts,
                unresolved,
                coverage,
                suppressed);
    }

    /** The same report for a destination branch that has moved on since the merge base. */
    public ChangeReport withBase(String baseRevision) {
        return new ChangeReport(
                repository,
                baseRevision,
                head,
                mergeBase,
                verdict,
                complete,
                changes,
                impacts,
                unresolved,
                coverage,
                suppressed);
    }
}
