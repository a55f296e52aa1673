package io.tailwater.service;

import java.util.List;

/** The configuration cannot be used; holds every problem found, each naming its key and where it was set. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SettingsException(List<String> problems) {
        super("the configuration has " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:")
                + problems.stream().reduce("", (all, one) -> all + "\n  - " + one));
        this.problems = List.copyOf(problems);
    }

    /** The problems, at least one, in the order found; no secret value is in them. */
    public List<String> problems() {
        return problems;
    }
}
