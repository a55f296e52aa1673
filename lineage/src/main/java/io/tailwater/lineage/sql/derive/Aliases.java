package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.scope.ScopeColumn;
import org.jspecify.annotations.Nullable;

/** Aliases of a select list that other parts of the query can read. */
@FunctionalInterface
interface Aliases {

    /** No aliases. */
    Aliases NONE = (name, sure) -> null;

    /**
     * The select item of that alias, or null.
     *
     * @param sure whether the item is wanted even though a base column of the name may exist; else only an item is given that does not itself read a column of
     *     that name, since one that does proves that the base column exists, and base columns win
     */
    @Nullable
    ScopeColumn find(String name, boolean sure);
}
