package io.tailwater.service;

import java.util.Map;
import java.util.Optional;

/**
 * The environment variables a service may look into by names that its users choose. A component of this type in a
 * configuration record is filled by {@link Settings} with the environment it was given; so only {@code main} reads the
 * process's own.
 */
public final class Environment {

    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** These variables. */
    public static Environment of(Map<String, String> variables) {
        return new Environment(Map.copyOf(variables));
    }

    /** The value of a variable without blanks around it; empty when it is not set, or to nothing. */
    public Optional<Secret> find(String name) {
        String value = variables.getOrDefault(name, "").trim();
        return value.isEmpty() ? Optional.empty() : Optional.of(Secret.of(value));
    }

    /** How many there are; values are hidden, since credentials are among them. */
    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables]";
    }
}
