package io.tailwater.lineage.sql.result;

/** One way in which a result depends on one upstream column. */
public sealed interface Dependency {

    /** What is depended on. */
    UpstreamColumn column();

    /** Whether the original value can no longer be read from the result (a hash, a count). */
    boolean masking();

    /** The value is computed from the column's value. */
    record Direct(UpstreamColumn column, DirectUse use, boolean masking) implements Dependency {}

    /** The column shapes the result without giving it its value. */
    record Indirect(UpstreamColumn column, IndirectUse use, boolean masking) implements Dependency {}
}
