package io.tailwater.lineage.project.dbt;

import org.jspecify.annotations.Nullable;

/**
 * A declared source table.
 *
 * @param id id of its dataset
 * @param project the project that declares it
 * @param declared the declaration
 * @param identifier the relation's own name in the database
 * @param schema schema; null where unknown
 * @param database database; null where unknown
 */
record SourceTable(
        String id,
        DbtProject project,
        Properties.DeclaredSource declared,
        String identifier,
        @Nullable String schema,
        @Nullable String database) {}
