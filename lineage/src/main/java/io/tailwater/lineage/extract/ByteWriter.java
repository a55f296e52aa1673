package io.tailwater.lineage.extract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes values into bytes: whole numbers with as few bytes as they need, each short text once. */
final class ByteWriter {
    /** Longer texts are hardly ever the same. */
    private static final int SHARED_TEXT = 400;

    private final Map<String, Integer> texts = new HashMap<>();
    private byte[] bytes = new byte[1 << 16];
    private int size;

    void number(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            single((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        single((byte) rest);
    }

    void flag(boolean value) {
        single((byte) (value ? 1 : 0));
    }

    private void single(byte value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        bytes[size++] = value;
    }

    /** 0: none; 1: the text follows and will not come again; 2: it follows and is remembered; from 3 on: a remembered one. */
    void text(@Nullable String text) {
        if (text == null) {
            number(0);
        } else if (text.length() > SHARED_TEXT) {
            number(1);
            characters(text);
        } else {
            Integer known = texts.putIfAbsent(text, texts.size());
            if (known == null) {
                number(2);
                characters(text);
            } else {
                number(known + 3);
            }
        }
    }

    private void characters(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        while (bytes.length - size < encoded.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    <T> void list(Collection<T> items, Consumer<T> writer) {
        number(items.size());
        items.forEach(writer);
    }

    void texts(Collection<String> items) {
        list(items, this::text);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
