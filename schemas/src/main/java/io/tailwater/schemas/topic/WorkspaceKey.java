package io.tailwater.schemas.topic;

/**
 * Key of what concerns a whole workspace.
 *
 * @param workspaceUuid Bitbucket's workspace uuid, braces included
 */
public record WorkspaceKey(String workspaceUuid) implements RecordKey {

    /** @throws IllegalArgumentException when the uuid is blank or holds the separator */
    public WorkspaceKey {
        RecordKey.requirePart("workspaceUuid", workspaceUuid);
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static WorkspaceKey parse(String text) {
        return new WorkspaceKey(text);
    }

    @Override
    public String text() {
        return workspaceUuid;
    }
}
