package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The event keys of the contract of August 2026. */
final class HookEvents {

    static final List<String> KEYS = List.of(
            "issue:comment_created",
            "issue:created",
            "issue:updated",
            "pipeline:span_created",
            "project:updated",
            "pullrequest:approved",
            "pullrequest:changes_request_created",
            "pullrequest:changes_request_removed",
            "pullrequest:comment_created",
            "pullrequest:comment_deleted",
            "pullrequest:comment_reopened",
            "pullrequest:comment_resolved",
            "pullrequest:comment_updated",
            "pullrequest:created",
            "pullrequest:fulfilled",
            "pullrequest:push",
            "pullrequest:rejected",
            "pullrequest:unapproved",
            "pullrequest:updated",
            "repo:commit_comment_created",
            "repo:commit_status_created",
            "repo:commit_status_updated",
            "repo:created",
            "repo:deleted",
            "repo:fork",
            "repo:imported",
            "repo:push",
            "repo:transfer",
            "repo:updated");

    private HookEvents() {}

    static List<ObjectNode> describe() {
        return KEYS.stream()
                .map(key -> JsonNodeFactory.instance
                        .objectNode()
                        .put("event", key)
                        .put("category", key.startsWith("repo:") ? "Repository" : "Pull Request")
                        .put("label", key.substring(key.indexOf(':') + 1).replace('_', ' '))
                        .put("description", "Whenever " + key + " occurs"))
                .toList();
    }
}
