package io.tailwater.lineage.compare;

import java.util.Locale;

/** What a change means for readers, least to most. */
public enum Verdict {
    /** Nobody can notice. */
    NONE,
    /** Only new things. */
    ADDITIVE,
    /** Same shape, other values or rows somewhere. */
    BEHAVIOURAL,
    /** A reader that worked before fails or loses a column, or a published output loses one. */
    BREAKING;

    /** The name used in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
