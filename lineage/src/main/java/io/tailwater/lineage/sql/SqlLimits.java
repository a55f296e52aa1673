package io.tailwater.lineage.sql;

/**
 * Where the analysis gives up; what was cut is {@code unresolved} with reason LIMIT.
 *
 * @param maximumDependencies most dependencies kept for one column
 * @param maximumViewDepth how many views are followed through one another
 */
public record SqlLimits(int maximumDependencies, int maximumViewDepth) {

    /** Far beyond what people write. */
    public static final SqlLimits DEFAULT = new SqlLimits(10_000, 32);

    public SqlLimits {
        if (maximumDependencies < 1 || maximumViewDepth < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
