package io.tailwater.publisher.publish;

import io.tailwater.bitbucket.api.RepositoryClient;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.Comment;
import io.tailwater.bitbucket.model.PullRequest;
import io.tailwater.bitbucket.model.User;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The port as Bitbucket Cloud fulfils it. */
final class BitbucketReportComments implements ReportComments {

    private final RepositoryClient repository;
    private final long number;
    private final AccessToken token;
    private final Map<AccessToken, String> authors;

    /** @param authors who writes under which token, as far as it was seen; shared by all pull requests */
    BitbucketReportComments(
            RepositoryClient repository, long number, AccessToken token, Map<AccessToken, String> authors) {
        this.repository = repository;
        this.number = number;
        this.token = token;
        this.authors = authors;
    }

    @Override
    public PullRequest pullRequest() {
        return repository.pullRequest(number);
    }

    @Override
    public List<PostedComment> marked(CommentMarker marker) {
        return repository.comments(number).list().stream()
                .filter(comment -> comment.standsAlone() && marker.marks(comment.text()))
                .sorted(Comparator.comparingLong(Comment::id))
                .map(BitbucketReportComments::posted)
                .toList();
    }

    @Override
    public PostedComment post(String markdown) {
        PostedComment posted = posted(repository.comments(number).create(markdown));
        posted.author().ifPresent(author -> authors.put(token, author));
        return posted;
    }

    @Override
    public void replace(long commentId, String markdown) {
        repository.comments(number).update(commentId, markdown);
    }

    @Override
    public void remove(long commentId) {
        try {
            repository.comments(number).delete(commentId);
        } catch (BitbucketException.NotFound e) {
            return;
        }
    }

    @Override
    public Optional<String> ownAuthor() {
        return Optional.ofNullable(authors.get(token));
    }

    private static PostedComment posted(Comment comment) {
        return new PostedComment(comment.id(), comment.author().map(User::uuid));
    }
}
