package io.tailwater.publisher.render;

import io.tailwater.schemas.report.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the comment: a cause with everybody who notices it.
 *
 * @param dataset dataset that changes
 * @param column its column, null when the dataset as a whole changes
 * @param change what happens to it, null when the report names readers only
 * @param breaking whether somebody breaks, for certain
 * @param readers who notices, worst first; empty for a published output without known readers
 */
record Finding(
        String dataset, @Nullable String column, @Nullable Change change, boolean breaking, List<Reader> readers) {

    private static final int KEY_DIGITS = 16;

    Finding {
        readers = List.copyOf(readers);
    }

    /** Worst first: what people see and other repositories, then the number of readers. */
    static Comparator<Finding> worstFirst() {
        return Comparator.comparingInt((Finding finding) ->
                        finding.readers.stream().mapToInt(Reader::rank).min().orElse(8))
                .thenComparing(Comparator.comparingInt((Finding finding) -> finding.readers.size())
                        .reversed());
    }

    /** What changes, as it is named. */
    String cause() {
        return column == null ? dataset : dataset + "." + column;
    }

    /** Same for the same finding at every head; begins with "b" for a break, "r" for what is to be reviewed. */
    String key() {
        String kind = change == null ? "" : change.getKind().name();
        byte[] digest = sha256(String.join("\u0000", dataset, column == null ? "" : column, kind));
        return (breaking ? "b:" : "r:") + HexFormat.of().formatHex(digest).substring(0, KEY_DIGITS);
    }

    /** Whether a key was made for a break. */
    static boolean isBreak(String key) {
        return key.startsWith("b:");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
