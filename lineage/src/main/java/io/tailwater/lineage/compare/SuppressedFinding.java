package io.tailwater.lineage.compare;

import io.tailwater.lineage.config.Suppression;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finding that people decided to live with, until a day.
 *
 * @param change the change; of an impact null
 * @param impact the impact; of a change null
 * @param by what they wrote
 */
public record SuppressedFinding(
        @Nullable Change change, @Nullable Impact impact, Suppression by) {
    public SuppressedFinding {
        Objects.requireNonNull(by, "by");
        if ((change == null) == (impact == null)) {
            throw new IllegalArgumentException("a suppressed finding is either a change or an impact");
        }
    }
}
