package io.tailwater.lineage.sql.compare;

import io.tailwater.lineage.sql.result.TableRef;
import java.util.Set;

/** What is declared unique: the only thing that lets a removed LEFT JOIN change nothing for certain. */
@FunctionalInterface
public interface UniqueKeys {

    /** Nothing is declared. */
    UniqueKeys NONE = (table, columns) -> false;

    /** Whether no two rows of {@code table} agree in all of {@code columns} (normalised names). */
    boolean isUnique(TableRef table, Set<String> columns);
}
