package io.tailwater.simulator.state;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An access token of a workspace or of one repository.
 *
 * @param workspace slug of the workspace it belongs to
 * @param repository slug of the only repository it reaches, or null for a workspace token
 * @param name shown as author of what it writes
 * @param text the secret itself; never printed
 * @param scopes scopes granted at creation, without the implied ones
 */
public record AccessToken(String workspace, @Nullable String repository, String name, String text, Set<String> scopes) {

    /** What the product asks for: repositories, pull requests, webhooks and pipelines, each read and write. */
    public static final Set<String> ALL_SCOPES =
            Set.of("repository:write", "pullrequest:write", "webhook", "pipeline:write");

    /** Scopes that come with another one (Bitbucket's documentation of access token scopes). */
    private static final Map<String, Set<String>> IMPLIED = Map.of(
            "repository:write", Set.of("repository"),
            "pullrequest", Set.of("repository"),
            "pullrequest:write", Set.of("pullrequest", "repository:write"),
            "pipeline:write", Set.of("pipeline"),
            "project", Set.of("repository"));

    /**
     * Copies the scopes.
     *
     * @throws IllegalArgumentException when the text is empty
     */
    public AccessToken {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the token " + name + " has no text");
        }
        scopes = Set.copyOf(scopes);
    }

    /** A token for all repositories of a workspace, with {@link #ALL_SCOPES} and {@code account}. */
    public static AccessToken ofWorkspace(String workspace, String name, String text) {
        Set<String> scopes = new TreeSet<>(ALL_SCOPES);
        scopes.add("account");
        return new AccessToken(workspace, null, name, text, scopes);
    }

    /** A token for one repository, with {@link #ALL_SCOPES}. */
    public static AccessToken ofRepository(RepositoryName repository, String name, String text) {
        return new AccessToken(repository.workspace(), repository.slug(), name, text, ALL_SCOPES);
    }

    /** The same token with other scopes. */
    public AccessToken withScopes(Set<String> granted) {
        return new AccessToken(workspace, repository, name, text, granted);
    }

    /** Whether the scope is granted or implied by a granted one. */
    public boolean grants(String scope) {
        return allScopes().contains(scope);
    }

    /** Granted and implied scopes, sorted. */
    public Set<String> allScopes() {
        Set<String> all = new TreeSet<>();
        scopes.forEach(scope -> addWithImplied(scope, all));
        return all;
    }

    /** Whether the token was made for this repository or for its workspace. */
    public boolean reaches(RepositoryName name) {
        return workspace.equals(name.workspace()) && (repository == null || repository.equals(name.slug()));
    }

    /** The user that the token acts as. */
    public Person person() {
        return new Person(name, StableId.of("token", workspace + "/" + repository + "/" + name + "/" + text), true);
    }

    private static void addWithImplied(String scope, Set<String> into) {
        if (into.add(scope)) {
            IMPLIED.getOrDefault(scope, Set.of()).forEach(implied -> addWithImplied(implied, into));
        }
    }

    @Override
    public String toString() {
        return "AccessToken[" + name + " for " + workspace + (repository == null ? "" : "/" + repository) + "]";
    }
}
