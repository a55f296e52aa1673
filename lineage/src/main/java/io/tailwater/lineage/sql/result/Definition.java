package io.tailwater.lineage.sql.result;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The expression that defines a column, independent of formatting, comments, aliases, CTE names, redundant parentheses and the order of {@code AND} and
 * {@code =}. Worked out when it is asked for: most readers of lineage never compare expressions.
 */
public final class Definition {
    private final Supplier<Texts> later;
    private @Nullable Texts texts;

    /** Both texts, see {@link #exact()} and {@link #shape()}. */
    public record Texts(String exact, String shape) {}

    /** A definition whose texts are worked out once, when one of them is asked for. */
    public Definition(Supplier<Texts> later) {
        this.later = later;
    }

    private Texts texts() {
        if (texts == null) {
            texts = later.get();
        }
        return texts;
    }

    /** Equal for two columns exactly when they are computed the same way from the same rows of the same relations. */
    public String exact() {
        return texts().exact();
    }

    /**
     * As {@link #exact()}, but blind to what filters and joins stand inside the subqueries that the values come from: where
     * only {@code exact} differs, the rows changed underneath, not the computation.
     */
    public String shape() {
        return texts().shape();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Definition definition && texts().equals(definition.texts());
    }

    @Override
    public int hashCode() {
        return texts().hashCode();
    }

    @Override
    public String toString() {
        return texts().toString();
    }
}
