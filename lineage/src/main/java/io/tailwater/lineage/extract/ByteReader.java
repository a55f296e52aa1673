package io.tailwater.lineage.extract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteWriter} wrote. Anything else ends in {@link Malformed}, never in more memory than the bytes justify. */
final class ByteReader {
    private final List<String> texts = new ArrayList<>();
    private final byte[] bytes;
    private int position;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes are not what the writer writes. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    int number() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = single();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Malformed("a number without end");
    }

    boolean flag() {
        return single() != 0;
    }

    private byte single() {
        if (position >= bytes.length) {
            throw new Malformed("the end comes too early");
        }
        return bytes[position++];
    }

    @Nullable
    String textOrNull() {
        int what = number();
        return switch (what) {
            case 0 -> null;
            case 1 -> characters();
            case 2 -> {
                String text = characters();
                texts.add(text);
                yield text;
            }
            default -> {
                int index = what - 3;
                if (index < 0 || index >= texts.size()) {
                    throw new Malformed("no such text");
                }
                yield texts.get(index);
            }
        };
    }

    String text() {
        String text = textOrNull();
        if (text == null) {
            throw new Malformed("a text is missing");
        }
        return text;
    }

    private String characters() {
        int length = count();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    /** A number of things that each take at least a byte. */
    private int count() {
        int count = number();
        if (count < 0 || count > bytes.length - position) {
            throw new Malformed("more than there can be");
        }
        return count;
    }

    <T> List<T> list(Supplier<T> reader) {
        int count = count();
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(reader.get());
        }
        return items;
    }

    List<String> texts() {
        return list(this::text);
    }

    Set<String> textSet() {
        return new LinkedHashSet<>(texts());
    }

    <E> E constant(E[] constants) {
        int ordinal = number();
        if (ordinal < 0 || ordinal >= constants.length) {
            throw new Malformed("no such constant");
        }
        return constants[ordinal];
    }

    boolean atEnd() {
        return position == bytes.length;
    }
}
