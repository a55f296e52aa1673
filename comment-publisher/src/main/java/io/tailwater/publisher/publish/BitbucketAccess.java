package io.tailwater.publisher.publish;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.RepositoryName;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.schemas.event.PullRequestRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens pull requests at Bitbucket under the token of a connection. */
public final class BitbucketAccess {

    private final Bitbucket bitbucket;
    private final Map<AccessToken, String> authors = new ConcurrentHashMap<>();

    /** Access through a client that the caller closes. */
    public BitbucketAccess(Bitbucket bitbucket) {
        this.bitbucket = bitbucket;
    }

    /**
     * A pull request, addressed by uuids, which survive renames.
     *
     * @throws IllegalArgumentException when the reference or the token cannot be one of Bitbucket's
     */
    public ReportComments open(ConnectedWorkspace connection, PullRequestRef pullRequest) {
        AccessToken token = connection.token().use(AccessToken::of);
        RepositoryName repository = new RepositoryName(pullRequest.getWorkspaceUuid(), pullRequest.getRepositoryUuid());
        return new BitbucketReportComments(
                bitbucket.repository(repository, token), pullRequest.getNumber(), token, authors);
    }
}
