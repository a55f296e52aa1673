package io.tailwater.lineage.graph;

/** What a repository has to do with a dataset. */
public enum DatasetRole {
    /** The repository produces it: a model, seed, snapshot, view or table. */
    PRODUCED,
    /** Declared here and produced elsewhere: a source of a project. */
    SOURCE,
    /** Only named in a query; nothing here declares it. */
    REFERENCED,
    /** Named by a reference that only this repository could satisfy, and nothing here does: its readers cannot be built. */
    MISSING,
    /** Reads and offers nothing to read: a test, an exposure, a dashboard. */
    READER
}
