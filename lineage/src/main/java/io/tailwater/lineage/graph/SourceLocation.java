package io.tailwater.lineage.graph;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line in a file of the revision that the surrounding lineage describes.
 *
 * @param path path in the repository, with forward slashes, as Git names it
 * @param line line, counted from 1
 * @param through where the text stands that a macro put at this line; null where the line itself holds the text
 */
public record SourceLocation(
        String path, int line, @Nullable SourceLocation through) {
    public SourceLocation {
        Objects.requireNonNull(path, "path");
        if (line < 1) {
            throw new IllegalArgumentException("lines count from 1: " + path + ":" + line);
        }
    }

    /** The given line, with nothing behind it. */
    public static SourceLocation of(String path, int line) {
        return new SourceLocation(path, line, null);
    }

    @Override
    public String toString() {
        return path + ":" + line + (through == null ? "" : " (" + through + ")");
    }
}
