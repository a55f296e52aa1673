package io.tailwater.lineage.sql.result;

/** How an output value is computed from an input value. The words are OpenLineage's column-lineage subtypes. */
public enum DirectUse {
    /** Passed through unchanged. */
    IDENTITY,
    /** Computed from values of the same input row. */
    TRANSFORMATION,
    /** Computed from values of many input rows. */
    AGGREGATION;

    /** The use that results when a value used {@code inner}ly is used like this again further down. */
    public DirectUse after(DirectUse inner) {
        return compareTo(inner) >= 0 ? this : inner;
    }
}
