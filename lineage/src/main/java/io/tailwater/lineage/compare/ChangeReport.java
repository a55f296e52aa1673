package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Coverage;
import io.tailwater.lineage.graph.Unresolved;
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
        Coverage coverage) {
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
    }

    /** The same report for a destination branch that has moved on since the merge base. */
    public ChangeReport withBase(String baseRevision) {
        return new ChangeReport(
                repository, baseRevision, head, mergeBase, verdict, complete, changes, impacts, unresolved, coverage);
    }
}
