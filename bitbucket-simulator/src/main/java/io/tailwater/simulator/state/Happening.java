package io.tailwater.simulator.state;

import java.util.List;

/** Something that happened to a repository and that hooks may want to hear of. */
public sealed interface Happening {

    /** The repository it happened to. */
    HostedRepository repository();

    /** Who did it. */
    Person actor();

    /** Bitbucket's key, e.g. {@code pullrequest:created}. */
    String eventKey();

    /** Branches moved. */
    record Pushed(HostedRepository repository, Person actor, List<BranchChange> changes) implements Happening {
        @Override
        public String eventKey() {
            return "repo:push";
        }
    }

    /** A pull request was opened, changed or closed. */
    record PullRequestChanged(HostedRepository repository, Person actor, String eventKey, PullRequest pullRequest)
            implements Happening {}

    /** A comment was written, changed or deleted. */
    record CommentChanged(
            HostedRepository repository, Person actor, String eventKey, PullRequest pullRequest, Comment comment)
            implements Happening {}
}
