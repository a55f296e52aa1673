package io.tailwater.schemas.topic;

/**
 * Name of an activity in the audit record.
 *
 * @param value a uuid in its usual spelling
 */
public record ActivityId(String value) implements RecordKey {

    /** @throws IllegalArgumentException when the value has another shape */
    public ActivityId {
        if (!value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new IllegalArgumentException("not an activity id: " + value);
        }
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static ActivityId parse(String text) {
        return new ActivityId(text);
    }

    @Override
    public String text() {
        return value;
    }
}
