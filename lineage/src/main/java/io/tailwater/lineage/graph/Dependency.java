package io.tailwater.lineage.graph;

/** How a column or the rows of a dataset depend on an upstream column. */
public sealed interface Dependency permits DirectUse, IndirectUse {
    /** The name used in JSON, e.g. {@code identity} or {@code group_by}. */
    String wireName();
}
