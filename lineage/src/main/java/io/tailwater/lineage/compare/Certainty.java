package io.tailwater.lineage.compare;

import java.util.Locale;

/** How sure an impact is. */
public enum Certainty {
    /** Follows from the text of both revisions. */
    PROVEN,
    /** Cannot be excluded; something on the path is not fully known. */
    POSSIBLE;

    /** The name used in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
