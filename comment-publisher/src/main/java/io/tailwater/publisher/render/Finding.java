package io.tailwater.publisher.render;

import io.tailwater.schemas.report.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the comment: a cause with everybody who notices it.
 *
 * @param dataset dataset that changes
 * @param column its column, null when the dataset as a whole changes
 * @param change what happens to it, null when the report names readers only
 * @param alike how many further columns of the dataset changed in the same way and are told by this entry
 * @param breaking whether somebody breaks, for certain
 * @param readers who notices, worst first; empty for a published output without known readers
 */
record Finding(
        String dataset,
        @Nullable String column,
        @Nullable Change change,
        int alike,
        boolean breaking,
        List<Reader> readers) {

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

    /**
     * Same for the same finding at every head; begins with "b" for a break, "r" for what is to be reviewed. What is to
     * be reviewed is told by dataset, so that one more column of the same kind is no new finding.
     */
    String key() {
        String kind = change == null ? "" : change.getKind().name();
        String part = column == null || !breaking && change != null ? "" : column;
        byte[] digest = sha256(String.join("\u0000", dataset, part, kind));
        return (breaking ? "b:" : "r:") + HexFormat.of().formatHex(digest).substring(0, KEY_DIGITS);
    }

    /** Equal for findings that would be told in the same words but for the column. */
    List<Object> inTheSameWords() {
        return change == null || column == null
                ? List.of(this)
                : List.of(breaking, dataset, change.getKind(), change.getBecause());
    }

    /** This finding, telling of another that is told {@linkplain #inTheSameWords in the same words} as well. */
    Finding with(Finding other) {
        Map<List<String>, Reader> both = new LinkedHashMap<>();
        Stream.concat(readers.stream(), other.readers.stream())
                .sorted(Reader.worstFirst())
                .forEach(reader -> both.putIfAbsent(
                        List.of(reader.impact().getRepository(), reader.impact().getKind(), reader.label()), reader));
        return new Finding(dataset, column, change, alike + 1 + other.alike, breaking, List.copyOf(both.values()));
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
