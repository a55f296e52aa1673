package io.tailwater.lineage.sql.scope;

/** One entry of what a query or relation offers: a column, or all columns of a table whose columns are not known. */
public sealed interface OutputPart permits ScopeColumn, OpenTable {}
