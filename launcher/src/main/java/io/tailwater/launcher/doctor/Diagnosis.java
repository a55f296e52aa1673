package io.tailwater.launcher.doctor;

/**
 * What was found out about one thing.
 *
 * @param condition how it is
 * @param subject what was looked at
 * @param finding what was found, as a sentence without its full stop
 * @param advice what to do; empty when nothing is to be done
 */
public record Diagnosis(Condition condition, String subject, String finding, String advice) {

    /** How something is. */
    public enum Condition {
        /** As it should be. */
        GOOD,
        /** Cannot work as it is. */
        BAD,
        /** Could not be looked at, since something else is wrong. */
        UNKNOWN
    }

    static Diagnosis good(String subject, String finding) {
        return new Diagnosis(Condition.GOOD, subject, finding, "");
    }

    static Diagnosis bad(String subject, String finding, String advice) {
        return new Diagnosis(Condition.BAD, subject, finding, advice);
    }

    static Diagnosis unknown(String subject, String finding) {
        return new Diagnosis(Condition.UNKNOWN, subject, finding, "");
    }

    /** One word for a list. */
    public String word() {
        return switch (condition) {
            case GOOD -> "ok";
            case BAD -> "wrong";
            case UNKNOWN -> "?";
        };
    }

    /** Whether somebody must do something. */
    public boolean isTrouble() {
        return condition == Condition.BAD;
    }
}
