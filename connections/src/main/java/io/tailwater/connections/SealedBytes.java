package io.tailwater.connections;

import java.nio.ByteBuffer;

/** Bytes of an Avro record, read without moving the record's own buffer. */
final class SealedBytes {

    private SealedBytes() {}

    static byte[] of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
