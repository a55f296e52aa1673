package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.simulator.git.History;
import org.jspecify.annotations.Nullable;

/** One row of a diffstat: {@code old} is null for added files and {@code new} for removed ones. */
final class DiffstatRow {

    private DiffstatRow() {}

    static ObjectNode of(History.FileChange change) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", "diffstat");
        node.put("status", change.status());
        node.put("lines_added", change.added());
        node.put("lines_removed", change.removed());
        put(node, "old", change.oldPath());
        put(node, "new", change.newPath());
        return node;
    }

    private static void put(ObjectNode node, String side, @Nullable String path) {
        if (path == null) {
            node.putNull(side);
        } else {
            node.putObject(side).put("type", "commit_file").put("path", path).put("escaped_path", path);
        }
    }
}
