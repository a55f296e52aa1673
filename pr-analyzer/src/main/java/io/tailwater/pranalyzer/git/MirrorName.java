package io.tailwater.pranalyzer.git;

import io.tailwater.pranalyzer.normalise.ContentKey;

/** Names on disk and in references that outside text cannot influence beyond their digits. */
final class MirrorName {

    private MirrorName() {}

    /** 32 hexadecimal digits for a text. */
    static String of(String text) {
        return ContentKey.of(text).substring(0, 32);
    }
}
