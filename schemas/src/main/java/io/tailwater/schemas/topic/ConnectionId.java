package io.tailwater.schemas.topic;

/**
 * Our name for a connection; it is part of the webhook address.
 *
 * @param value letters, digits, "-" and "_", 1 to 64 of them
 */
public record ConnectionId(String value) implements RecordKey {

    /** @throws IllegalArgumentException when the value has another shape */
    public ConnectionId {
        if (!value.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("not a connection id: " + value);
        }
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static ConnectionId parse(String text) {
        return new ConnectionId(text);
    }

    @Override
    public String text() {
        return value;
    }
}
