package io.tailwater.pranalyzer.normalise;

import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.RepositoryEvent;
import java.util.List;

/** What a delivery says. */
public sealed interface Normalised {

    /**
     * Something happened to a pull request.
     *
     * @param event the event
     */
    record OfPullRequest(PullRequestEvent event) implements Normalised {}

    /**
     * Something happened to a repository.
     *
     * @param repositorySlug slug of the repository as the delivery names it
     * @param events what happened, in the order of the delivery; at least one
     */
    record OfRepository(String repositorySlug, List<RepositoryEvent> events) implements Normalised {

        /** Copies the list. */
        public OfRepository {
            events = List.copyOf(events);
        }
    }

    /**
     * Read and understood, and nothing of ours to do.
     *
     * @param reason why, as a sentence
     */
    record Skipped(String reason) implements Normalised {}

    /**
     * Not what Bitbucket documents: to be set aside for a person.
     *
     * @param reason what is wrong with it; names the field, never quotes the body
     */
    record Malformed(String reason) implements Normalised {}
}
