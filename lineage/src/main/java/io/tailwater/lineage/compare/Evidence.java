package io.tailwater.lineage.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line that anyone can look up.
 *
 * @param repository name of the repository
 * @param path path in it
 * @param line line, counted from 1
 * @param revision commit id at which the line stands there
 * @param through where a macro's text stands that was put at this line; null where the line itself holds the text
 */
public record Evidence(
        String repository,
        String path,
        int line,
        String revision,
        @Nullable Evidence through) {
    public Evidence {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(revision, "revision");
    }
}
