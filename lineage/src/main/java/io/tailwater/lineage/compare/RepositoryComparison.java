package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.RepositoryLineage;
import java.util.List;

/** Says what happens downstream between two revisions of a repository. Pure. */
public final class RepositoryComparison {
    private RepositoryComparison() {}

    /**
     * Compares two revisions.
     *
     * @param mergeBase the before side
     * @param head the after side
     * @return the report, with the merge base also standing in as base; see {@link ChangeReport#withBase(String)}
     */
    public static ChangeReport compare(RepositoryLineage mergeBase, RepositoryLineage head) {
        return new ChangeReport(
                head.repository(),
                mergeBase.revision(),
                head.revision(),
                mergeBase.revision(),
                Verdict.NONE,
                false,
                List.of(),
                List.of(),
                head.unresolved(),
                head.coverage());
    }
}
