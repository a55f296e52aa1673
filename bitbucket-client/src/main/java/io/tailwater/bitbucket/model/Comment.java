package io.tailwater.bitbucket.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A comment on a pull request.
 *
 * @param id Bitbucket's id
 * @param text the Markdown as it was written, as text from outside; empty for a deleted comment
 * @param author who wrote it, empty when the account is gone
 * @param deleted whether it was deleted: it stays in the list
 * @param pending whether it is a draft that only its author sees
 * @param inline whether it hangs on a line of the diff
 * @param parent id of the comment it answers, empty for a comment of its own
 * @param createdOn when it was written
 */
public record Comment(
        long id,
        String text,
        Optional<User> author,
        boolean deleted,
        boolean pending,
        boolean inline,
        Optional<Long> parent,
        Instant createdOn) {

    /** Whether everybody sees it as a comment of its own on the whole pull request. */
    public boolean standsAlone() {
        return !deleted && !pending && !inline && parent.isEmpty();
    }
}
