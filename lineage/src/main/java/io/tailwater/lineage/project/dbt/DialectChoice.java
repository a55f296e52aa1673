package io.tailwater.lineage.project.dbt;

/**
 * The SQL dialect of a project.
 *
 * @param dialect its command-line name
 * @param because how it was found, as one clause
 */
record DialectChoice(String dialect, String because) {}
