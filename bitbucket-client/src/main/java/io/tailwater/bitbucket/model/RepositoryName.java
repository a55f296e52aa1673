package io.tailwater.bitbucket.model;

/**
 * How a repository is addressed: each part is a slug or a uuid in braces. Uuids survive renames.
 *
 * @param workspace slug or uuid of the workspace; "{}" where the repository's uuid is enough
 * @param repository slug or uuid of the repository
 */
public record RepositoryName(String workspace, String repository) {

    private static final String PART = "[A-Za-z0-9_.~-]{1,128}|\\{[0-9A-Za-z-]{0,64}}";

    /** @throws IllegalArgumentException when a part is neither a slug nor a uuid in braces */
    public RepositoryName {
        requirePart("workspace", workspace);
        requirePart("repository", repository);
    }

    private static void requirePart(String name, String part) {
        if (!part.matches(PART) || part.matches("\\.+")) {
            throw new IllegalArgumentException(name + " is neither a slug nor a uuid in braces: " + part);
        }
    }

    @Override
    public String toString() {
        return workspace + "/" + repository;
    }
}
