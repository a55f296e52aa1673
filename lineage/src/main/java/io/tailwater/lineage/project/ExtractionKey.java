package io.tailwater.lineage.project;

import java.util.Objects;

/**
 * What the extraction of one file depends on, as far as it is known before: equal keys have equal results, if what the
 * result says to depend on besides is equal too.
 *
 * @param blobId id of the file's content
 * @param contextHash hash over everything else that decides the result: path, macros, variables, upstream columns, version of the rules
 */
public record ExtractionKey(String blobId, String contextHash) {
    public ExtractionKey {
        Objects.requireNonNull(blobId, "blobId");
        Objects.requireNonNull(contextHash, "contextHash");
    }
}
