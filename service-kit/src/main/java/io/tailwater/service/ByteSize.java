package io.tailwater.service;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or disk, written like {@code 256KB}; units are powers of 1024.
 *
 * @param bytes number of bytes, not negative
 */
public record ByteSize(long bytes) {

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,18})(B|KB|MB|GB)");
    private static final Map<String, Long> UNITS = Map.of("B", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);

    /** @throws IllegalArgumentException when negative */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is negative: " + bytes);
        }
    }

    /**
     * Reads {@code 100B}, {@code 256KB}, {@code 10MB} or {@code 2GB}.
     *
     * @throws IllegalArgumentException when written otherwise, or too large for a long
     */
    public static ByteSize parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size like 256KB (units B, KB, MB, GB): " + text);
        }
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2))));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a size too large: " + text, e);
        }
    }

    /**
     * The size as an {@code int}, for buffers and limits of libraries.
     *
     * @throws ArithmeticException when it does not fit
     */
    public int toInt() {
        return Math.toIntExact(bytes);
    }

    @Override
    public String toString() {
        for (String unit : new String[] {"GB", "MB", "KB"}) {
            long factor = unit(unit);
            if (bytes > 0 && bytes % factor == 0) {
                return bytes / factor + unit;
            }
        }
        return bytes + "B";
    }

    private static long unit(String name) {
        Long factor = UNITS.get(name);
        if (factor == null) {
            throw new IllegalArgumentException("not a unit: " + name);
        }
        return factor;
    }
}
