package io.tailwater.simulator.state;

/** A request that the state does not allow; says why and as which kind of answer. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kinds of refusal, named by the HTTP status they become. */
    public enum Kind {
        /** Malformed or not acceptable: 400. */
        BAD_REQUEST(400),
        /** Not allowed for this user: 403. */
        FORBIDDEN(403),
        /** Does not exist: 404. */
        NOT_FOUND(404),
        /** Contradicts the state: 409. */
        CONFLICT(409);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final String reason;

    /** A refusal with a message for the caller. */
    public Refusal(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.reason = message;
    }

    /** The message for the caller. */
    public String reason() {
        return reason;
    }

    /** Which answer it becomes. */
    public Kind kind() {
        return kind;
    }
}
