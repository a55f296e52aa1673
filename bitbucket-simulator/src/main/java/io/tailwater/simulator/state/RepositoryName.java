package io.tailwater.simulator.state;

import java.util.regex.Pattern;

/**
 * Where a repository lives, by slugs.
 *
 * @param workspace slug of the workspace
 * @param slug slug of the repository
 */
public record RepositoryName(String workspace, String slug) implements Comparable<RepositoryName> {

    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,61}");

    /**
     * Checks both slugs.
     *
     * @throws IllegalArgumentException when one is not a slug
     */
    public RepositoryName {
        requireSlug(workspace);
        requireSlug(slug);
    }

    /** Both slugs with a slash between, as Bitbucket's {@code full_name}. */
    public String fullName() {
        return workspace + "/" + slug;
    }

    @Override
    public int compareTo(RepositoryName other) {
        return fullName().compareTo(other.fullName());
    }

    static String requireSlug(String text) {
        if (!SLUG.matcher(text).matches()) {
            throw new IllegalArgumentException("not a slug: " + text);
        }
        return text;
    }
}
