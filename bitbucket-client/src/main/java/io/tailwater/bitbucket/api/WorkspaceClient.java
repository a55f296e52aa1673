package io.tailwater.bitbucket.api;

import io.tailwater.bitbucket.http.Call;
import io.tailwater.bitbucket.http.PathSegments;
import io.tailwater.bitbucket.model.Repository;
import io.tailwater.bitbucket.model.User;
import io.tailwater.bitbucket.model.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One workspace under one token; what {@link RepositoryClient} says of calls holds here. */
public final class WorkspaceClient {

    private static final int REPOSITORIES_PER_PAGE = 100;

    private final Scope scope;
    private final Scope repositories;

    WorkspaceClient(Scope scope, Scope repositories) {
        this.scope = scope;
        this.repositories = repositories;
    }

    /** The workspace itself. */
    public Workspace get() {
        return scope.read(Call.get(scope.path()), Wire::workspace);
    }

    /** Whom the token acts as; needs the scope {@code account}, which repository and project tokens cannot have. */
    public User actingUser() {
        return scope.read(Call.get("user"), Wire::user);
    }

    /**
     * Repositories that the token reaches, those changed last first.
     *
     * @param changedSince only those that changed then or later; empty for all
     * @param most reads no further page once there are so many
     */
    public List<Repository> repositories(Optional<Instant> changedSince, int most) {
        String filter = changedSince
                .map(since -> "&q=" + PathSegments.encode("updated_on >= " + Times.filter(since)))
                .orElse("");
        return repositories.readUntil(
                Call.get(repositories.path() + "?pagelen=" + REPOSITORIES_PER_PAGE + "&sort=-updated_on" + filter),
                Wire::repository,
                most);
    }

    /** The webhooks of the workspace. */
    public WebhooksClient webhooks() {
        return new WebhooksClient(scope);
    }
}
