package io.tailwater.pranalyzer.normalise;

import java.util.regex.Pattern;

/**
 * A repository's full name as Bitbucket writes it. A payload gives no slug; the display name may hold spaces and is none.
 *
 * @param workspaceSlug part before the slash
 * @param repositorySlug part after it
 */
public record FullName(String workspaceSlug, String repositorySlug) {

    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /** @throws IllegalArgumentException when a part could not stand in an address as it is */
    public FullName {
        requireSlug(workspaceSlug);
        requireSlug(repositorySlug);
    }

    /**
     * Reads {@code workspace/repository}.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static FullName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a repository's full name");
        }
        return new FullName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** {@code workspace/repository}. */
    public String text() {
        return workspaceSlug + "/" + repositorySlug;
    }

    private static void requireSlug(String slug) {
        if (!SLUG.matcher(slug).matches() || slug.chars().allMatch(character -> character == '.')) {
            throw new IllegalArgumentException("not a slug in a repository's full name");
        }
    }
}
