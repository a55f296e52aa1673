package io.tailwater.pranalyzer.state;

/**
 * What was last heard of a repository.
 *
 * @param workspaceSlug slug of its workspace
 * @param repositorySlug its slug
 * @param heardAt when it was received, in milliseconds; older news does not rename it back
 */
public record KnownRepository(String workspaceSlug, String repositorySlug, long heardAt) {

    /** Whether these are the names we know. */
    public boolean isNamed(String workspace, String repository) {
        return workspaceSlug.equals(workspace) && repositorySlug.equals(repository);
    }
}
