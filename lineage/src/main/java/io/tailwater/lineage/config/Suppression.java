package io.tailwater.lineage.config;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finding that people decided to live with, until a day.
 *
 * @param reader readers it is about, by name; null for all
 * @param change what changes, as {@code dataset} or {@code dataset.column}; null for everything
 * @param effects wire names of the effects it is about; empty for all
 * @param reason why, in their words
 * @param expires last day on which it holds
 * @param path the file it stands in
 * @param line line in that file, counted from 1
 */
public record Suppression(
        @Nullable Glob reader,
        @Nullable Glob change,
        Set<String> effects,
        String reason,
        LocalDate expires,
        String path,
        int line) {
    public Suppression {
        effects = Set.copyOf(effects);
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(path, "path");
    }

    /** Whether it says the same as another one, wherever either stands. */
    public boolean saysTheSame(Suppression other) {
        return Objects.equals(reader, other.reader)
                && Objects.equals(change, other.change)
                && effects.equals(other.effects)
                && reason.equals(other.reason)
                && expires.equals(other.expires);
    }
}
