package io.tailwater.lineage.compare;

import java.util.List;

/** What the default branches of a workspace's other repositories read. */
public interface WorkspaceGraph {
    /**
     * Every use of a relation by datasets of repositories other than the one that changes, all columns.
     *
     * @param qualifiedName normalised full relation name, as in {@link io.tailwater.lineage.graph.Dataset#qualifiedName()}
     */
    List<WorkspaceReader> readersOf(String qualifiedName);
}
