package io.tailwater.bitbucket.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A bearer token of Bitbucket: prints as {@code ***}, and is read only through {@link #use}. */
public final class AccessToken {

    private static final int LONGEST = 4096;

    private final String value;

    private AccessToken(String value) {
        this.value = value;
    }

    /**
     * Wraps a token.
     *
     * @throws IllegalArgumentException when it is empty, too long, or holds what cannot stand in a header; the message
     *     does not repeat it
     */
    public static AccessToken of(String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException("an access token has 1 to " + LONGEST + " characters");
        }
        if (!value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("an access token holds only visible ASCII characters");
        }
        return new AccessToken(value);
    }

    /** Hands the value to a function and returns its result; the function must not keep it. */
    public <T> T use(Function<String, T> function) {
        return function.apply(value);
    }

    /** The text with every occurrence of this token replaced by {@code ***}. */
    public String scrub(String text) {
        return text.replace(value, "***");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessToken token
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.US_ASCII), token.value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
