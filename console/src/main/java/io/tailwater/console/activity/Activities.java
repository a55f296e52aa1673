package io.tailwater.console.activity;

import io.tailwater.schemas.activity.Activity;
import java.time.InstantSource;
import java.util.UUID;

/** Where the audit record is written. */
public interface Activities {

    /** Adds to the audit record. Returns at once; what cannot be kept is an error in the log, never an exception. */
    void add(Activity activity);

    /**
     * An activity to be added.
     *
     * @param who who did it
     * @param action what, such as {@code connection.paused}
     * @param clock tells when
     */
    static Activity.Builder of(Who who, String action, InstantSource clock) {
        return Activity.newBuilder()
                .setActivityId(UUID.randomUUID().toString())
                .setAt(clock.instant())
                .setActor(who.actor())
                .setAddress(who.address())
                .setAction(action);
    }
}
