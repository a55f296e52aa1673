package io.tailwater.schemas.topic;

/**
 * Key of one dataset of one repository; records are placed by workspace, so that one store sees all of a workspace.
 *
 * @param workspaceUuid Bitbucket's workspace uuid, braces included
 * @param repositoryUuid Bitbucket's repository uuid, braces included
 * @param dataset name that is unique within the repository; may hold the separator
 */
public record DatasetKey(String workspaceUuid, String repositoryUuid, String dataset) implements RecordKey {

    /** @throws IllegalArgumentException when a part is blank, or a uuid holds the separator */
    public DatasetKey {
        RecordKey.requirePart("workspaceUuid", workspaceUuid);
        RecordKey.requirePart("repositoryUuid", repositoryUuid);
        if (dataset.isBlank()) {
            throw new IllegalArgumentException("dataset is blank");
        }
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static DatasetKey parse(String text) {
        String[] parts = RecordKey.split(text, 3);
        return new DatasetKey(parts[0], parts[1], parts[2]);
    }

    @Override
    public String text() {
        return workspaceUuid + "/" + repositoryUuid + "/" + dataset;
    }
}
