package io.tailwater.lineage.sql.parse;

/** Says within the parser that the text does not fit the grammar; caught where the parser recovers. Carries no stack trace, so that it is cheap. */
final class SyntaxError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SyntaxError(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
