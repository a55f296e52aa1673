package io.tailwater.pranalyzer.normalise;

/** A field is missing or has a value it cannot have; stays inside this package. */
final class MalformedPayload extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;

    MalformedPayload(String problem) {
        super(problem);
        this.problem = problem;
    }

    @Override
    public String getMessage() {
        return problem;
    }
}
