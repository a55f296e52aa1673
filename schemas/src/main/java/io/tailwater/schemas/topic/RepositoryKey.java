package io.tailwater.schemas.topic;

/**
 * Key of everything whose order matters per repository.
 *
 * @param workspaceUuid Bitbucket's workspace uuid, braces included
 * @param repositoryUuid Bitbucket's repository uuid, braces included
 */
public record RepositoryKey(String workspaceUuid, String repositoryUuid) implements RecordKey {

    /** @throws IllegalArgumentException when a part is blank or holds the separator */
    public RepositoryKey {
        RecordKey.requirePart("workspaceUuid", workspaceUuid);
        RecordKey.requirePart("repositoryUuid", repositoryUuid);
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static RepositoryKey parse(String text) {
        String[] parts = RecordKey.split(text, 2);
        return new RepositoryKey(parts[0], parts[1]);
    }

    @Override
    public String text() {
        return workspaceUuid + "/" + repositoryUuid;
    }
}
