package io.tailwater.lineage.python;

import java.io.Serial;

/** Leaves the grammar where a text does not follow it; never leaves the parser. */
final class Failure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    Failure(int line, String reason) {
        super(reason, null, false, false);
        this.line = line;
    }

    int line() {
        return line;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
