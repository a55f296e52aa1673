package io.tailwater.lineage.compare;

import java.util.Locale;

/** What changed about a dataset. */
public enum ChangeKind {
    DATASET_ADDED,
    DATASET_REMOVED,
    DATASET_RENAMED,
    COLUMN_ADDED,
    COLUMN_REMOVED,
    COLUMN_RENAMED,
    COLUMN_TYPE_CHANGED,
    /** Same column, computed otherwise. */
    VALUES_CHANGED,
    /** Rows may appear, vanish or be collected otherwise. */
    ROWS_CHANGED;

    /** The name used in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
