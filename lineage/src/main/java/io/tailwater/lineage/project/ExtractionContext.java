package io.tailwater.lineage.project;

import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * What an extraction may use besides the files.
 *
 * @param cache results of earlier extractions
 * @param outOfTime whether the time for the extraction is over; asked often
 */
public record ExtractionContext(ExtractionCache cache, BooleanSupplier outOfTime) {
    public ExtractionContext {
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(outOfTime, "outOfTime");
    }

    /** All the time there is. */
    public static ExtractionContext unlimited(ExtractionCache cache) {
        return new ExtractionContext(cache, () -> false);
    }
}
