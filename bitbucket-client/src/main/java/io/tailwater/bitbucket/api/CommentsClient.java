package io.tailwater.bitbucket.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.bitbucket.http.Call;
import io.tailwater.bitbucket.http.Json;
import io.tailwater.bitbucket.model.Comment;
import java.util.List;

/** Comments of one pull request; what {@link RepositoryClient} says of calls holds here. */
public final class CommentsClient {

    private static final int COMMENTS_PER_PAGE = 100;

    private final Scope scope;
    private final String number;

    CommentsClient(Scope scope, long number) {
        this.scope = scope;
        this.number = Long.toString(number);
    }

    /** All of them from every page, oldest first; deleted ones, drafts, replies and inline ones, too. */
    public List<Comment> list() {
        return scope.readAll(Call.get(path() + "?pagelen=" + COMMENTS_PER_PAGE), Wire::comment);
    }

    /**
     * Writes a comment on the whole pull request.
     *
     * @param markdown its text
     * @return the comment as Bitbucket keeps it; its author is whom the token acts as
     * @throws io.tailwater.bitbucket.model.BitbucketException.Ambiguous when it may have been written: look before
     *     writing again
     */
    public Comment create(String markdown) {
        return scope.read(Call.post(path(), content(markdown)), Wire::comment);
    }

    /**
     * Replaces the text of a comment.
     *
     * @throws io.tailwater.bitbucket.model.BitbucketException.Forbidden when another author wrote it
     * @throws io.tailwater.bitbucket.model.BitbucketException.NotFound when it is gone
     */
    public Comment update(long id, String markdown) {
        return scope.read(Call.put(path(Long.toString(id)), content(markdown)), Wire::comment);
    }

    /**
     * Removes a comment.
     *
     * @throws io.tailwater.bitbucket.model.BitbucketException.NotFound when it is gone already
     */
    public void delete(long id) {
        scope.run(Call.delete(path(Long.toString(id))));
    }

    private String path() {
        return scope.path("pullrequests", number, "comments");
    }

    private String path(String id) {
        return scope.path("pullrequests", number, "comments", id);
    }

    private static ObjectNode content(String markdown) {
        ObjectNode body = Json.object();
        body.putObject("content").put("raw", markdown);
        return body;
    }
}
