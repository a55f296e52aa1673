package io.tailwater.pranalyzer.git;

/** Carries a {@link GitException} through an interface that knows none; caught by who lent out the mirror. */
final class GitReadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final GitException failure;

    GitReadException(GitException failure) {
        super(failure);
        this.failure = failure;
    }

    GitException failure() {
        return failure;
    }
}
