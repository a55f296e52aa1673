package io.tailwater.launcher.check;

import java.util.Locale;

/** Names of the JSON contract: lower case, words joined by underscores. */
final class WireName {

    private WireName() {}

    /** The contract's name of one of the schemas' enum constants, e.g. {@code column_removed}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
