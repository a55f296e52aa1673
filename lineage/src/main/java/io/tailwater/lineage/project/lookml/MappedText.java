package io.tailwater.lineage.project.lookml;

import java.util.Arrays;

/**
 * A text put together from parts of another one.
 *
 * @param text the text
 * @param origins for each character the offset of what it comes from
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record MappedText(String text, int[] origins) {
    static MappedText of(String text, int start) {
        int[] origins = new int[text.length()];
        for (int i = 0; i < origins.length; i++) {
            origins[i] = start + i;
        }
        return new MappedText(text, origins);
    }

    /** Where the character at an offset comes from. */
    int origin(int offset) {
        return origins.length == 0 ? 0 : origins[Math.max(0, Math.min(offset, origins.length - 1))];
    }

    MappedText part(int from, int to) {
        return new MappedText(text.substring(from, to), Arrays.copyOfRange(origins, from, to));
    }

    /** Collects parts. */
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private int[] origins = new int[64];

        void add(MappedText from, int start, int end) {
            for (int i = start; i < end; i++) {
                add(from.text().charAt(i), from.origins()[i]);
            }
        }

        void add(String inserted, int origin) {
            for (int i = 0; i < inserted.length(); i++) {
                add(inserted.charAt(i), origin);
            }
        }

        private void add(char c, int origin) {
            if (text.length() == origins.length) {
                origins = Arrays.copyOf(origins, origins.length * 2);
            }
            origins[text.length()] = origin;
            text.append(c);
        }

        int length() {
            return text.length();
        }

        /** The last character; only to be asked when there is one. */
        char last() {
            return text.charAt(text.length() - 1);
        }

        boolean endsWith(char c) {
            return !text.isEmpty() && last() == c;
        }

        /** Whether what is collected so far ends inside a string. */
        boolean insideString() {
            boolean inside = false;
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '\'') {
                    inside = !inside;
                }
            }
            return inside;
        }

        MappedText build() {
            return new MappedText(text.toString(), Arrays.copyOf(origins, text.length()));
        }
    }
}
