package io.tailwater.schemas.topic;

/** A record key; written as UTF-8 text, so that any tool can read it and it never changes with a schema. */
public sealed interface RecordKey
        permits RepositoryKey, PullRequestKey, DatasetKey, WorkspaceKey, ConnectionId, ConnectorStateKey, ActivityId {

    /** The text that stands in the topic. */
    String text();

    /** Splits a key's text into exactly that many parts, the last of which may hold the separator. */
    static String[] split(String text, int parts) {
        String[] found = text.split("/", parts);
        if (found.length != parts) {
            throw new IllegalArgumentException("not a key of " + parts + " parts: " + text);
        }
        return found;
    }

    /** Refuses a part that could not be read back. */
    static void requirePart(String name, String part) {
        if (part.isBlank() || part.indexOf('/') >= 0) {
            throw new IllegalArgumentException(name + " is blank or holds \"/\": " + part);
        }
    }
}
