package io.tailwater.lineage.sql.result;

import java.util.List;
import java.util.Set;

/**
 * Relations joined in a way other than by an inner join.
 *
 * @param kind LEFT, FULL, SEMI, ANTI and the like
 * @param sources the joined relations, in name order
 * @param conditions the join's conditions and those between the joined relations, canonical, in text order
 * @param keys when there is one joined relation: its columns that the condition equates with something outside of it; else empty
 * @param used whether anything but this join's own condition reads the joined relations
 */
public record OuterJoin(String kind, List<RowSource> sources, List<String> conditions, Set<String> keys, boolean used) {

    public OuterJoin {
        sources = List.copyOf(sources);
        conditions = List.copyOf(conditions);
        keys = Set.copyOf(keys);
    }

    /** What the join says, as one text: equal for joins that mean the same. */
    public String text() {
        return kind + " " + sources.stream().map(RowSource::name).toList() + " on " + conditions;
    }
}
