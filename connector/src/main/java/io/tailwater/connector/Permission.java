package io.tailwater.connector;

import java.util.Arrays;
import java.util.Optional;

/**
 * A permission that a feature of ours needs, as Bitbucket's page for new access tokens names it, and the scope behind it
 * (Bitbucket documentation, "Workspace access token permissions" and "Scopes").
 */
public enum Permission {
    /** Reading code and commits. */
    REPOSITORIES_READ("repository", "Repositories", "Read", "Reading the code that pull requests change", true),
    /** Pushing branches. */
    REPOSITORIES_WRITE("repository:write", "Repositories", "Write", "Pushing the branch of a fix pull request", false),
    /** Reading pull requests, and commenting on them: Bitbucket asks only the reading scope for comments. */
    PULL_REQUESTS_READ("pullrequest", "Pull requests", "Read", "Finding pull requests and commenting on them", true),
    /** Opening pull requests. */
    PULL_REQUESTS_WRITE("pullrequest:write", "Pull requests", "Write", "Opening fix pull requests", false),
    /** Looking at webhooks; Bitbucket knows one scope for reading and writing them. */
    WEBHOOKS_READ("webhook", "Webhooks", "Read", "Seeing whether our webhook still stands", false),
    /** Installing webhooks. */
    WEBHOOKS_WRITE("webhook", "Webhooks", "Write", "Installing and repairing our webhook", false),
    /** Reading results of pipelines. */
    PIPELINES_READ("pipeline", "Pipelines", "Read", "Showing the newest pipeline beside the verdict", false),
    /** Starting pipelines. */
    PIPELINES_WRITE("pipeline:write", "Pipelines", "Write", "Starting a pipeline for a fix pull request", false);

    private final String scope;
    private final String group;
    private final String access;
    private final String feature;
    private final boolean essential;

    Permission(String scope, String group, String access, String feature, boolean essential) {
        this.scope = scope;
        this.group = group;
        this.access = access;
        this.feature = feature;
        this.essential = essential;
    }

    /** The scope of the access token. */
    public String scope() {
        return scope;
    }

    /** The box's group on Bitbucket's page, such as "Pull requests". */
    public String group() {
        return group;
    }

    /** "Read" or "Write". */
    public String access() {
        return access;
    }

    /** What is off without it, as the beginning of a sentence. */
    public String feature() {
        return feature;
    }

    /** Whether nothing works without it. */
    public boolean isEssential() {
        return essential;
    }

    /** A permission by the name of its constant; empty when there is none, as from a record of a newer version. */
    static Optional<Permission> named(String name) {
        return Arrays.stream(values())
                .filter(permission -> permission.name().equals(name))
                .findFirst();
    }
}
