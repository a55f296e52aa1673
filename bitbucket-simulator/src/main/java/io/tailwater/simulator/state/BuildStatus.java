package io.tailwater.simulator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A build status on a commit.
 *
 * @param repository where the commit is
 * @param hash 40 digits
 * @param key at most 40 characters; the same key replaces the status
 * @param state {@code INPROGRESS}, {@code SUCCESSFUL}, {@code FAILED} or {@code STOPPED}
 * @param name label, may be empty
 * @param description text, may be empty
 * @param url where it leads
 * @param refname branch it belongs to, or null for all
 * @param creator who made it; only they may replace it
 * @param created when it was made
 * @param updated when it last changed
 */
public record BuildStatus(
        RepositoryName repository,
        String hash,
        String key,
        String state,
        String name,
        String description,
        String url,
        @Nullable String refname,
        Person creator,
        Instant created,
        Instant updated) {}
