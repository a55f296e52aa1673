package io.tailwater.connector;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.bitbucket.api.RepositoryClient;
import io.tailwater.bitbucket.api.WorkspaceClient;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.Repository;
import io.tailwater.bitbucket.model.RepositoryName;
import io.tailwater.bitbucket.model.User;
import io.tailwater.bitbucket.model.Workspace;
import io.tailwater.connector.TokenInspection.Accepted;
import io.tailwater.connector.TokenInspection.BadToken;
import io.tailwater.connector.TokenInspection.Malformed;
import io.tailwater.connector.TokenInspection.MissingPermissions;
import io.tailwater.connector.TokenInspection.RateLimited;
import io.tailwater.connector.TokenInspection.RepositoryNotNamed;
import io.tailwater.connector.TokenInspection.RepositoryNotReached;
import io.tailwater.connector.TokenInspection.Unreachable;
import io.tailwater.connector.TokenInspection.WrongWorkspace;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.PermissionState;
import io.tailwater.service.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at a token with reading calls only. Where Bitbucket sends the scope headers one call tells everything; else each
 * reading permission is tried by a reading call, and writing ones stay untold, unless a refusal names the token's scopes.
 */
final class BitbucketTokenInspector implements TokenInspector {

    private final Bitbucket bitbucket;
    private final URI pages;
    private final InstantSource clock;

    BitbucketTokenInspector(Bitbucket bitbucket, URI pages, InstantSource clock) {
        this.bitbucket = bitbucket;
        this.pages = pages;
        this.clock = clock;
    }

    /** The token reaches no repository of what was asked for; ends an inspection. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient TokenInspection.Refused why;

        Refusal(TokenInspection.Refused why) {
            super(why.getClass().getSimpleName());
            this.why = why;
        }
    }

    private record Reached(Workspace workspace, ConnectionScope kind, List<String> repositories) {}

    @Override
    public TokenInspection inspect(Secret token, String workspace) {
        WorkspaceAddress address;
        AccessToken accessToken;
        try {
            address = WorkspaceAddress.parse(workspace, pages);
        } catch (IllegalArgumentException e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
        try {
            accessToken = token.use(text -> AccessToken.of(text.strip()));
        } catch (IllegalArgumentException e) {
            return new Malformed("This is no access token: paste it whole, without blanks or line ends.");
        }
        try {
            return inspect(accessToken, address);
        } catch (Refusal e) {
            return e.why;
        } catch (BitbucketException.Unauthorized e) {
            return new BadToken();
        } catch (BitbucketException.RateLimited e) {
            return new RateLimited(e.retryAfter());
        } catch (NotFound e) {
            return address.repository()
                    .<TokenInspection>map(slug -> new RepositoryNotReached(address.workspace() + "/" + slug))
                    .orElseGet(() -> new WrongWorkspace(address.workspace()));
        } catch (BitbucketException e) {
            return new Unreachable();
        }
    }

    private TokenInspection inspect(AccessToken token, WorkspaceAddress address) {
        Evidence evidence = new Evidence();
        Bitbucket asked = bitbucket.behind(evidence);
        Reached reached = reach(asked, token, address, evidence);
        Optional<String> name = name(asked.workspace(address.workspace(), token), evidence);
        if (!evidence.namesScopes() && !reached.repositories().isEmpty()) {
            tryOut(asked, token, reached, evidence);
        }
        Map<Permission, PermissionState> permissions = evidence.permissions();
        List<Permission> missing = permissions.entrySet().stream()
                .filter(entry -> entry.getKey().isEssential() && entry.getValue() == PermissionState.MISSING)
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            return new MissingPermissions(missing);
        }
        List<String> repositories = reached.repositories();
        return new Accepted(
                reached.kind(),
                name,
                reached.workspace().uuid(),
                reached.workspace().slug(),
                repositories.stream().sorted().limit(Accepted.MOST_LISTED).toList(),
                repositories.size() > Accepted.MOST_LISTED,
                permissions,
                Optional.empty(),
                clock.instant());
    }

    private static Reached reach(Bitbucket bitbucket, AccessToken token, WorkspaceAddress address, Evidence evidence) {
        WorkspaceClient client = bitbucket.workspace(address.workspace(), token);
        Workspace workspace;
        try {
            workspace = client.get();
        } catch (NotFound | Forbidden e) {
            throw new Refusal(new WrongWorkspace(address.workspace()));
        }
        ConnectionScope kind = evidence.kind().orElseGet(() -> guess(client, address, evidence));
        return switch (kind) {
            case REPOSITORY -> new Reached(workspace, kind, List.of(named(bitbucket, token, address, evidence)));
            case WORKSPACE, PROJECT -> new Reached(workspace, kind, listed(client, evidence));
        };
    }

    /** Only a workspace token sees the workspace's webhooks; of any other, the repository it is for must be named. */
    private static ConnectionScope guess(WorkspaceClient client, WorkspaceAddress address, Evidence evidence) {
        try {
            client.webhooks().list();
            evidence.answered(Permission.WEBHOOKS_READ);
            evidence.answered(Permission.WEBHOOKS_WRITE);
            return ConnectionScope.WORKSPACE;
        } catch (Forbidden e) {
            evidence.heard(e);
            boolean forScope = !e.requiredScopes().isEmpty();
            return forScope && address.repository().isEmpty() ? ConnectionScope.WORKSPACE : ConnectionScope.REPOSITORY;
        } catch (NotFound e) {
            return ConnectionScope.REPOSITORY;
        }
    }

    private static String named(Bitbucket bitbucket, AccessToken token, WorkspaceAddress address, Evidence evidence) {
        String slug = address.repository().orElseThrow(() -> new Refusal(new RepositoryNotNamed(address.workspace())));
        try {
            Repository found = bitbucket
                    .repository(new RepositoryName(address.workspace(), slug), token)
                    .get();
            evidence.answered(Permission.REPOSITORIES_READ);
            return found.fullName();
        } catch (Forbidden e) {
            throw new Refusal(new MissingPermissions(List.of(Permission.REPOSITORIES_READ)));
        }
    }

    private static List<String> listed(WorkspaceClient client, Evidence evidence) {
        try {
            List<String> found = client.repositories(Optional.empty(), Accepted.MOST_LISTED + 1).stream()
                    .map(Repository::fullName)
                    .toList();
            evidence.answered(Permission.REPOSITORIES_READ);
            return found;
        } catch (Forbidden e) {
            evidence.refused(Permission.REPOSITORIES_READ, e);
            return List.of();
        }
    }

    /** The token's own name; told to those tokens only that may read their account. */
    private static Optional<String> name(WorkspaceClient client, Evidence evidence) {
        try {
            return Optional.of(client.actingUser()).map(User::displayName).filter(text -> !text.isBlank());
        } catch (Forbidden e) {
            evidence.heard(e);
            return Optional.empty();
        } catch (NotFound | BitbucketException.Unauthorized | BitbucketException.Unreadable e) {
            // this call is not open to every kind of token, and Bitbucket does not say so in one way
            return Optional.empty();
        }
    }

    private static void tryOut(Bitbucket bitbucket, AccessToken token, Reached reached, Evidence evidence) {
        String[] parts = reached.repositories().getFirst().split("/", 2);
        RepositoryClient repository = bitbucket.repository(new RepositoryName(parts[0], parts[1]), token);
        tryOut(Permission.PULL_REQUESTS_READ, repository::probePullRequests, evidence);
        tryOut(Permission.PIPELINES_READ, repository::probePipelines, evidence);
        Runnable webhooks = reached.kind() == ConnectionScope.WORKSPACE
                ? () -> bitbucket.workspace(parts[0], token).webhooks().list()
                : () -> repository.webhooks().list();
        tryOut(Permission.WEBHOOKS_READ, webhooks, evidence);
        // Bitbucket knows one scope for both
        tryOut(Permission.WEBHOOKS_WRITE, webhooks, evidence);
    }

    private static void tryOut(Permission permission, Runnable call, Evidence evidence) {
        try {
            call.run();
            evidence.answered(permission);
        } catch (Forbidden e) {
            evidence.refused(permission, e);
        } catch (NotFound e) {
            // no pipelines here, or not for this token: it stays untold
        }
    }
}
