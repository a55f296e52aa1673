package io.tailwater.schemas.topic;

import io.tailwater.schemas.event.PullRequestRef;

/**
 * Key of a pull request from end to end.
 *
 * @param workspaceUuid Bitbucket's workspace uuid, braces included
 * @param repositoryUuid Bitbucket's uuid of the destination repository, braces included
 * @param number number within the destination repository, from 1
 */
public record PullRequestKey(String workspaceUuid, String repositoryUuid, long number) implements RecordKey {

    /** @throws IllegalArgumentException when a part is blank, holds the separator, or the number is below 1 */
    public PullRequestKey {
        RecordKey.requirePart("workspaceUuid", workspaceUuid);
        RecordKey.requirePart("repositoryUuid", repositoryUuid);
        if (number < 1) {
            throw new IllegalArgumentException("pull request number below 1: " + number);
        }
    }

    /** The key of the pull request that the reference names. */
    public static PullRequestKey of(PullRequestRef pullRequest) {
        return new PullRequestKey(
                pullRequest.getWorkspaceUuid(), pullRequest.getRepositoryUuid(), pullRequest.getNumber());
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static PullRequestKey parse(String text) {
        String[] parts = RecordKey.split(text, 3);
        try {
            return new PullRequestKey(parts[0], parts[1], Long.parseLong(parts[2]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a pull request key: " + text, e);
        }
    }

    /** The key of the destination repository. */
    public RepositoryKey repository() {
        return new RepositoryKey(workspaceUuid, repositoryUuid);
    }

    @Override
    public String text() {
        return workspaceUuid + "/" + repositoryUuid + "/" + number;
    }
}
