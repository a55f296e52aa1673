package io.tailwater.simulator.state;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that are the same in every run because they are made from names. */
public final class StableId {

    private StableId() {}

    /** The uuid in braces, as Bitbucket writes it, for one thing of a kind. */
    public static String of(String kind, String name) {
        return "{" + UUID.nameUUIDFromBytes((kind + "/" + name).getBytes(StandardCharsets.UTF_8)) + "}";
    }

    /** The uuid of a workspace, in braces. */
    public static String workspace(String slug) {
        return of("workspace", slug);
    }
}
