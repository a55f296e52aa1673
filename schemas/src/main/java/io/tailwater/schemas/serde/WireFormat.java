package io.tailwater.schemas.serde;

/**
 * Confluent's framing of a value: a zero byte, the schema id as four bytes with the highest first, then the value in
 * Avro's binary encoding.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">wire format</a>
 */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    /** The subject under which a topic's schemas stand (Confluent's default, by topic name). */
    static String subject(String topic, boolean isKey) {
        return topic + (isKey ? "-key" : "-value");
    }
}
