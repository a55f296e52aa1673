package io.tailwater.pranalyzer.git;

import java.util.Collection;
import org.eclipse.jgit.lib.ObjectId;

/** Where file contents come from that are not at hand. */
interface BlobSource {

    /** Everything is at hand. */
    BlobSource NONE = blobs -> {};

    /**
     * Tries to bring these contents; those it cannot bring stay missing.
     *
     * @throws GitException when the server cannot be asked at all
     */
    void bring(Collection<ObjectId> blobs) throws GitException;
}
