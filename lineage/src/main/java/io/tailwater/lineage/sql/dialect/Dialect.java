package io.tailwater.lineage.sql.dialect;

import java.util.Set;

/**
 * One database's SQL, as data.
 *
 * @param name the name people use, in small letters
 * @param aliases other names that mean the same
 * @param tableFolding how names of tables and schemas compare
 * @param columnFolding how names of columns and aliases compare
 */
public record Dialect(
        String name, Set<String> aliases, IdentifierFolding tableFolding, IdentifierFolding columnFolding) {}
