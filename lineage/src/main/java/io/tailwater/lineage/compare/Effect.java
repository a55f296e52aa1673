package io.tailwater.lineage.compare;

import java.util.Locale;

/** What a change does to a reader. */
public enum Effect {
    /** Will not build or run, or loses a column it uses. */
    BREAKS,
    /** Its own output loses the column, by an edit in the same change or through a star. */
    COLUMN_REMOVED,
    /** Its own output's column has another name now. */
    COLUMN_RENAMED,
    /** Same column, other values. */
    VALUES,
    /** Rows may appear or vanish. */
    ROWS,
    /** An exposure, dashboard or test behind something that changes. */
    REACHED;

    /** The name used in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
