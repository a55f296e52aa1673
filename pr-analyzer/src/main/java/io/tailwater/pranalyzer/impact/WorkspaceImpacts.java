package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.compare.WorkspaceGraph;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;

/** Carries what a pull request changes on to readers in other repositories. Pure. */
@FunctionalInterface
public interface WorkspaceImpacts {

    /**
     * The comparison with the impacts in other repositories added, and the verdict they ask for.
     *
     * @param changeSet what the pull request changes
     * @param comparison its comparison
     * @param others who reads what in the workspace's other repositories
     */
    Comparison extend(ChangeSet changeSet, Comparison comparison, WorkspaceGraph others);
}
