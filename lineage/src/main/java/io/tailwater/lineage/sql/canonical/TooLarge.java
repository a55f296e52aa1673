package io.tailwater.lineage.sql.canonical;

/** A statement asks for more work than its length excuses: it is given up, with this as the reason. Caught where statements are walked. */
public final class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what there was too much of, for people */
    public TooLarge(String reason) {
        super(reason, null, false, false);
    }

    /** What there was too much of. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
