package io.tailwater.lineage.graph;

import java.util.Locale;

/** The output value is computed from the input value. */
public enum DirectUse implements Dependency {
    /** Passed through unchanged. */
    IDENTITY,
    /** Computed from values of the same input row. */
    TRANSFORMATION,
    /** Computed from values of many input rows. */
    AGGREGATION;

    @Override
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
