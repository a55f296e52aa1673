package io.tailwater.connections;

import java.nio.file.Path;
import java.util.List;

/** The connections file cannot be used; holds every problem found, none of which quotes a value that may be secret. */
public final class ConnectionsFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConnectionsFileException(Path file, List<String> problems) {
        super("the connections file " + file + " cannot be used:"
                + problems.stream().reduce("", (all, one) -> all + "\n  - " + one));
        this.problems = List.copyOf(problems);
    }

    /** The problems, at least one. */
    public List<String> problems() {
        return problems;
    }
}
