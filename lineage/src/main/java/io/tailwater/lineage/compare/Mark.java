package io.tailwater.lineage.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * That something changes, and the way from its cause.
 *
 * @param path hops from the cause to it
 * @param certainty how sure it is
 * @param because what was found at the cause
 */
record Mark(List<Hop> path, Certainty certainty, String because) {
    Mark {
        path = List.copyOf(path);
    }

    Mark then(Hop hop, Certainty atMost) {
        List<Hop> longer = new ArrayList<>(path);
        longer.add(hop);
        return new Mark(
                longer,
                certainty == Certainty.POSSIBLE || atMost == Certainty.POSSIBLE ? Certainty.POSSIBLE : Certainty.PROVEN,
                because);
    }
}
