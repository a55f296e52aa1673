package io.tailwater.connector;

import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.PermissionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What looking at an access token brought to light; holds nothing of the token. */
public sealed interface TokenInspection {

    /**
     * The token works.
     *
     * @param kind how far it reaches
     * @param name its name, which signs its comments; empty when Bitbucket does not tell it before the first comment
     * @param workspaceUuid uuid of the workspace, braces included
     * @param workspaceSlug slug of the workspace
     * @param repositories full names of the repositories it reaches, sorted; the first {@link #MOST_LISTED}
     * @param moreRepositories whether there are more than those
     * @param permissions every permission with its state
     * @param expiresAt its expiry where known; Bitbucket tells it to nobody after creation
     * @param inspectedAt when it was looked at
     */
    record Accepted(
            ConnectionScope kind,
            Optional<String> name,
            String workspaceUuid,
            String workspaceSlug,
            List<String> repositories,
            boolean moreRepositories,
            Map<Permission, PermissionState> permissions,
            Optional<Instant> expiresAt,
            Instant inspectedAt)
            implements TokenInspection {

        /** Most repositories that are listed. */
        public static final int MOST_LISTED = 1000;

        /** Copies what it is given. */
        public Accepted {
            repositories = List.copyOf(repositories);
            permissions = Map.copyOf(permissions);
        }

        /** State of a permission. */
        public PermissionState state(Permission permission) {
            return permissions.getOrDefault(permission, PermissionState.CANNOT_TELL);
        }

        /** Permissions that are missing and not essential: their features are off. */
        public List<Permission> featuresOff() {
            return permissions.entrySet().stream()
                    .filter(entry -> entry.getValue() == PermissionState.MISSING)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }
    }

    /** The token cannot be used as asked. */
    sealed interface Refused extends TokenInspection {

        /** What is wrong and what to do, as sentences for the person who entered it; nothing secret. */
        String sentence();
    }

    /** What was entered is no workspace id, or no token, by its shape alone; Bitbucket was not asked. */
    record Malformed(String sentence) implements Refused {}

    /** Bitbucket refused the token: mistyped, expired or revoked. */
    record BadToken() implements Refused {
        @Override
        public String sentence() {
            return "Bitbucket does not accept this token: it was mistyped, has expired or was revoked. Create a new"
                    + " access token and paste the whole of it. App passwords and personal API tokens do not work here.";
        }
    }

    /**
     * The token belongs to another workspace, or there is no such workspace.
     *
     * @param workspace the workspace asked for
     */
    record WrongWorkspace(String workspace) implements Refused {
        @Override
        public String sentence() {
            return "This token cannot see a workspace \"" + workspace + "\". Check the workspace id, which is the part"
                    + " after bitbucket.org/ in the address of your repositories, and that the token was created there.";
        }
    }

    /**
     * A repository token, and no repository was named. Its workspace is not searched for the one it reaches.
     *
     * @param workspace the workspace asked for
     */
    record RepositoryNotNamed(String workspace) implements Refused {
        @Override
        public String sentence() {
            return "This is a repository access token. Enter the address of its repository, such as"
                    + " https://bitbucket.org/" + workspace + "/my-repository, instead of the workspace id alone.";
        }
    }

    /**
     * The token does not reach the repository that was named.
     *
     * @param fullName the repository asked for
     */
    record RepositoryNotReached(String fullName) implements Refused {
        @Override
        public String sentence() {
            return "This token cannot see the repository " + fullName + ". Check its address, or create the access"
                    + " token in that repository.";
        }
    }

    /**
     * Permissions without which nothing works are missing.
     *
     * @param missing those, at least one
     */
    record MissingPermissions(List<Permission> missing) implements Refused {

        /** Copies the list. */
        public MissingPermissions {
            missing = List.copyOf(missing);
        }

        @Override
        public String sentence() {
            List<String> boxes = missing.stream()
                    .map(permission -> permission.group() + ": " + permission.access())
                    .distinct()
                    .toList();
            return "This token lacks " + String.join(", ", boxes) + ". A token cannot be changed: create a new one with"
                    + " these boxes ticked.";
        }
    }

    /**
     * The new token does not fit the connection whose token it is to replace.
     *
     * @param sentence why, and what to do
     */
    record DoesNotFit(String sentence) implements Refused {}

    /** Bitbucket could not be reached or did not answer. */
    record Unreachable() implements Refused {
        @Override
        public String sentence() {
            return "Bitbucket cannot be reached at the moment. Check https://bitbucket.status.atlassian.com and that"
                    + " this machine may call Bitbucket's API, then try again. Nothing was saved.";
        }
    }

    /**
     * Bitbucket's hourly allowance for this token is used up.
     *
     * @param retryAfter how long to wait, empty when Bitbucket did not say
     */
    record RateLimited(Optional<Duration> retryAfter) implements Refused {
        @Override
        public String sentence() {
            String when = retryAfter
                    .map(wait -> "in " + Math.max(1, wait.plusSeconds(59).toMinutes()) + " minutes")
                    .orElse("in some minutes");
            return "Bitbucket's hourly limit of requests for this token is used up. Try again " + when + ".";
        }
    }
}
