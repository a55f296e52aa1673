package io.tailwater.schemas.topic;

/**
 * Key of one part of what the connector keeps about a connection.
 *
 * @param connection our name for the connection
 * @param part "connection", the uuid of a repository, or that uuid "@" the name of a walk through its history
 */
public record ConnectorStateKey(ConnectionId connection, String part) implements RecordKey {

    /** @throws IllegalArgumentException when the part is blank or holds the separator */
    public ConnectorStateKey {
        RecordKey.requirePart("part", part);
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static ConnectorStateKey parse(String text) {
        String[] parts = RecordKey.split(text, 2);
        return new ConnectorStateKey(ConnectionId.parse(parts[0]), parts[1]);
    }

    @Override
    public String text() {
        return connection.text() + "/" + part;
    }
}
