package io.tailwater.console.model;

import org.jspecify.annotations.Nullable;

/** Makes text from outside fit its column. */
final class Cut {

    private Cut() {}

    /** At most so many UTF-16 units, never half a character; empty for null. NUL, which PostgreSQL refuses, is left out. */
    static String to(int length, @Nullable String text) {
        if (text == null) {
            return "";
        }
        String clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        if (clean.length() <= length) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(length - 1)) ? length - 1 : length;
        return clean.substring(0, end);
    }
}
