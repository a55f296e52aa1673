package io.tailwater.console.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A pull request with what became of it.
 *
 * @param workspace slug of the workspace
 * @param repository slug of the destination repository
 * @param number number within the repository, from 1
 * @param title its title
 * @param author display name of its author, empty when not known
 * @param state OPEN, MERGED, DECLINED, or UNKNOWN when the event behind it is no longer kept
 * @param draft whether it is a draft
 * @param headBranch branch that is proposed, empty when gone
 * @param baseBranch branch it is to go to, empty when gone
 * @param connectionId connection it came through
 * @param reportId newest report; empty while there is none
 * @param outcome how the newest analysis ended; empty while there is none
 * @param verdict verdict of the newest report; empty when there is none
 * @param complete whether everything that could matter was analysed
 * @param breaking proven breaks of readers the pull request does not edit itself
 * @param possible possible ones
 * @param pending whether the newest head is still to be analysed
 * @param commentStatus what became of the comment; empty while nothing did
 * @param commentReason why none was posted, may be empty
 * @param updatedOn when it was last changed
 */
public record PullRequestRow(
        String workspace,
        String repository,
        long number,
        String title,
        String author,
        String state,
        boolean draft,
        String headBranch,
        String baseBranch,
        String connectionId,
        Optional<String> reportId,
        Optional<String> outcome,
        Optional<String> verdict,
        boolean complete,
        int breaking,
        int possible,
        boolean pending,
        Optional<String> commentStatus,
        String commentReason,
        Instant updatedOn) {}
