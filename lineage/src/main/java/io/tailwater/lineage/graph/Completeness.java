package io.tailwater.lineage.graph;

/** How far the columns of a dataset and their dependencies are known. */
public enum Completeness {
    /** All columns and their dependencies are known. */
    COMPLETE,
    /** All is known except which columns a star over a dataset with undeclared columns brings; {@link Dataset#openStars()} says which. */
    OPEN_STAR,
    /** Some is known; {@link Dataset#unresolved()} says what is not. */
    PARTIAL,
    /** Nothing is known; {@link Dataset#unresolved()} says why. */
    UNKNOWN
}
