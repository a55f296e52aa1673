package io.tailwater.lineage.project;

/** What a path of a revision is. */
public enum FileKind {
    /** An ordinary file, executable or not. */
    REGULAR,
    /** A symbolic link; its content is never followed. */
    SYMLINK,
    /** A submodule: the id of a revision of another repository. */
    GITLINK
}
