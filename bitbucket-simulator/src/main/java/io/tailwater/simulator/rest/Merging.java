package io.tailwater.simulator.rest;

import io.tailwater.simulator.git.History;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.Hosting;
import io.tailwater.simulator.state.Person;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.Refusal;

/** Merges a pull request: a merge commit, the pull request closed, the push noticed. */
public final class Merging {

    private Merging() {}

    /**
     * Merges and tells of it.
     *
     * @throws Refusal when it is closed, conflicts, or its repository is read-only
     */
    public static PullRequest merge(Hosting hosting, HostedRepository repository, int number, Person actor) {
        PullRequest open = hosting.pullRequest(repository.name(), number);
        if (!open.open()) {
            throw new Refusal(Refusal.Kind.BAD_REQUEST, "This pull request is already closed.");
        }
        String merged = new History(repository).merge(open, actor.displayName(), hosting.tick());
        PullRequest closed = hosting.close(repository.name(), number, merged, actor);
        hosting.noticePush(repository.name(), actor);
        return closed;
    }
}
