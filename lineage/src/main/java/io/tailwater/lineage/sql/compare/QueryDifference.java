package io.tailwater.lineage.sql.compare;

import java.util.List;

/**
 * What differs between two queries.
 *
 * @param changes in the order: columns removed, renamed, added, values, order, rows; empty when the queries mean the same
 * @param incomplete whether one side had something unresolved, so that equality of the rest proves nothing about that
 */
public record QueryDifference(List<QueryChange> changes, boolean incomplete) {

    public QueryDifference {
        changes = List.copyOf(changes);
    }

    /** Whether the queries are proven to mean the same. */
    public boolean same() {
        return changes.isEmpty();
    }

    /** The changes of one kind. */
    public <T extends QueryChange> List<T> of(Class<T> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
