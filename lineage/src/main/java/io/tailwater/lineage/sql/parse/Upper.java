package io.tailwater.lineage.sql.parse;

import java.util.Locale;

/** Capitals, the same in every locale, without a copy where nothing changes. */
final class Upper {

    private Upper() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= 128) {
                return text.toUpperCase(Locale.ROOT);
            }
        }
        return text;
    }
}
