package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import java.util.List;

/** What a name turned out to mean. */
sealed interface Resolution {

    /** A column; {@code fields} are the parts behind it, steps into a struct. */
    record Found(ScopeColumn column, List<String> fields) implements Resolution {}

    /** A whole row of a relation. */
    record WholeRow(Source source) implements Resolution {}

    /** Something that is no column: a pseudo column, a variable, a lambda's parameter. */
    record NoColumn(String word) implements Resolution {}

    /** Not to be told. */
    record Open(String name, Unresolved.Reason reason, String detail, List<String> candidates) implements Resolution {}
}
