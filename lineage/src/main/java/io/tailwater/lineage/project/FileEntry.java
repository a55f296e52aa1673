package io.tailwater.lineage.project;

import java.util.Objects;

/**
 * One path of a revision.
 *
 * @param path path in the repository, with forward slashes
 * @param blobId id of the content: equal content has an equal id
 * @param size bytes; -1 where only reading would tell
 * @param kind what the path is
 */
public record FileEntry(String path, String blobId, long size, FileKind kind) {
    public FileEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(blobId, "blobId");
        Objects.requireNonNull(kind, "kind");
    }
}
