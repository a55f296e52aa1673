package io.tailwater.connector;

import java.util.Set;
import java.util.TreeSet;

/**
 * The events that the analyzer makes something of, and no others (Bitbucket documentation, "Event payloads"; keys from its
 * API contract).
 */
final class WebhookEvents {

    /** Of one repository. */
    static final Set<String> OF_REPOSITORY = Set.of(
            "repo:push",
            "repo:updated",
            "repo:transfer",
            "repo:deleted",
            "pullrequest:created",
            "pullrequest:updated",
            "pullrequest:push",
            "pullrequest:fulfilled",
            "pullrequest:rejected",
            "pullrequest:comment_created",
            "pullrequest:comment_updated");

    /** Of a workspace: also repositories that appear. */
    static final Set<String> OF_WORKSPACE;

    static {
        Set<String> all = new TreeSet<>(OF_REPOSITORY);
        all.add("repo:created");
        all.add("repo:imported");
        OF_WORKSPACE = Set.copyOf(all);
    }

    private WebhookEvents() {}
}
