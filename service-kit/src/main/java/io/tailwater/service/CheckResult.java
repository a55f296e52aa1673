package io.tailwater.service;

/** Whether a part can do its job right now. */
public sealed interface CheckResult {

    /** What a person should know: of a working part how it works, of another why it does not; no secrets. */
    String detail();

    /**
     * It can.
     *
     * @param detail how it stands, may be empty
     */
    record Working(String detail) implements CheckResult {}

    /**
     * It cannot.
     *
     * @param detail why, and what would help where that is known
     */
    record NotWorking(String detail) implements CheckResult {}

    /** A part that works and has nothing to say. */
    static CheckResult working() {
        return new Working("");
    }

    /** A part that works. */
    static CheckResult working(String detail) {
        return new Working(detail);
    }

    /** A part that does not work. */
    static CheckResult notWorking(String reason) {
        return new NotWorking(reason);
    }

    /** Whether this is {@link Working}. */
    default boolean isWorking() {
        return this instanceof Working;
    }
}
