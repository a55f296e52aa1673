package io.tailwater.service;

import java.util.function.Function;

/** A value that must not be shown: prints as {@code ***}, and is read only through {@link #use}. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret text.
     *
     * @throws IllegalArgumentException when it is empty, so that an unset secret cannot pass for one
     */
    public static Secret of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a secret is empty");
        }
        return new Secret(value);
    }

    /** Hands the value to a function and returns its result; the function must not keep it. */
    public <T> T use(Function<String, T> function) {
        return function.apply(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
