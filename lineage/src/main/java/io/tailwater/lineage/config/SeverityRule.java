package io.tailwater.lineage.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much findings on some readers count, where that is not what their effect says.
 *
 * @param reader readers it is about, by name; null for all
 * @param kind kind of the readers, e.g. {@code test}; null for all
 * @param bound whether it makes findings milder or worse
 * @param severity wire name of the verdict the findings count as, at most or at least: {@code none}, {@code behavioural} or {@code breaking}
 * @param path the file it stands in
 * @param line line in that file, counted from 1
 */
public record SeverityRule(
        @Nullable Glob reader, @Nullable String kind, Bound bound, String severity, String path, int line) {
    /** Which side of the severity is left open. */
    public enum Bound {
        /** Findings count as this or milder. */
        AT_MOST,
        /** Findings count as this or worse. */
        AT_LEAST
    }

    public SeverityRule {
        Objects.requireNonNull(bound, "bound");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(path, "path");
    }

    /** Whether it says the same as another one, wherever either stands. */
    public boolean saysTheSame(SeverityRule other) {
        return Objects.equals(reader, other.reader)
                && Objects.equals(kind, other.kind)
                && bound == other.bound
                && severity.equals(other.severity);
    }
}
