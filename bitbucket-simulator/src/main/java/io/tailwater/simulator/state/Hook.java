package io.tailwater.simulator.state;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook subscription of a repository or a workspace.
 *
 * @param uuid id in braces
 * @param workspace slug of the workspace
 * @param repository slug of the only repository it listens to, or null for a workspace hook
 * @param url where events go
 * @param description free text
 * @param active whether anything is sent
 * @param events event keys, e.g. {@code pullrequest:created}
 * @param secret key of the signature, or null for an unsigned hook
 * @param created when it was made
 */
public record Hook(
        String uuid,
        String workspace,
        @Nullable String repository,
        URI url,
        String description,
        boolean active,
        List<String> events,
        @Nullable String secret,
        Instant created) {

    /** Copies the events. */
    public Hook {
        events = List.copyOf(events);
    }

    /** Whether an event of this repository goes to the hook. */
    public boolean wants(String eventKey, RepositoryName name) {
        return active
                && events.contains(eventKey)
                && workspace.equals(name.workspace())
                && (repository == null || repository.equals(name.slug()));
    }

    @Override
    public String toString() {
        return "Hook[" + uuid + " to " + url + "]";
    }
}
