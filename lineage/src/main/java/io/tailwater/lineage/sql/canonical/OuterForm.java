package io.tailwater.lineage.sql.canonical;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something joined in another way than by an inner join.
 *
 * @param kind LEFT, FULL, SEMI, ANTI, …
 * @param right what is joined
 * @param on when rows meet
 * @param left for joins that are not simply hung on what is there already (FULL, or RIGHT over several relations): the other side
 */
public record OuterForm(
        String kind,
        JoinForm right,
        List<Canon> on,
        @Nullable JoinForm left) {

    void forEachInstance(Consumer<Instance> action) {
        if (left != null) {
            left.forEachInstance(action);
        }
        right.forEachInstance(action);
    }
}
