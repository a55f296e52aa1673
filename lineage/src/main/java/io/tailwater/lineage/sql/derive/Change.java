package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.scope.QueryOutput;
import org.jspecify.annotations.Nullable;

/**
 * What one statement does to one target.
 *
 * @param kind what it does
 * @param target what it writes, or null
 * @param temporary whether the target goes with the session
 * @param output what it returns or writes, under the target's names
 */
record Change(StatementKind kind, @Nullable TableRef target, boolean temporary, QueryOutput output) {

    static Change of(StatementKind kind, TableRef target, QueryOutput output) {
        return new Change(kind, target, false, output);
    }
}
