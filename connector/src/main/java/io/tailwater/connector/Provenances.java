package io.tailwater.connector;

import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.Provenance;

/** Where our readings come from. */
final class Provenances {

    private Provenances() {}

    /** Found by asking: the same to the reader as if it had been delivered. */
    static Provenance found() {
        return Provenance.newBuilder().setOrigin(Origin.POLL).build();
    }

    /** Asked for as history. */
    static Provenance history(String runName, boolean comment) {
        return Provenance.newBuilder()
                .setOrigin(Origin.BACKFILL)
                .setRunName(runName)
                .setCommentRequested(comment)
                .build();
    }
}
