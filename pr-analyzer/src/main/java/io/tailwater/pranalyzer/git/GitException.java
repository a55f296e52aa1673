package io.tailwater.pranalyzer.git;

import org.jspecify.annotations.Nullable;

/**
 * Why Git could not give what was asked for, classified once where it enters. Messages name repository and commit and
 * never hold a credential, since no address of ours holds one.
 */
public abstract sealed class GitException extends Exception {

    private static final long serialVersionUID = 1L;

    private GitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The server refuses the token: nothing will work until there is another one. */
    public static final class Unauthorized extends GitException {
        private static final long serialVersionUID = 1L;

        private final String repository;

        /**
         * A refusal.
         *
         * @param repository full name of the repository that may not be read
         * @param message a sentence saying what was refused
         */
        public Unauthorized(String repository, String message) {
            super(message, null);
            this.repository = repository;
        }

        /** Full name of the repository that may not be read. */
        public String repository() {
            return repository;
        }
    }

    /** The repository, the branch or the commit is not there; right after a push it may be there in a moment. */
    public static final class NotFound extends GitException {
        private static final long serialVersionUID = 1L;

        /** With a sentence saying what is not there. */
        public NotFound(String message) {
            super(message, null);
        }
    }

    /** The server cannot be reached or cannot answer now: worth trying again later. */
    public static final class Unavailable extends GitException {
        private static final long serialVersionUID = 1L;

        /** With a sentence saying what was tried. */
        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A limit of ours was hit: trying again will hit it again. */
    public static final class TooLarge extends GitException {
        private static final long serialVersionUID = 1L;

        /** With a sentence saying which limit. */
        public TooLarge(String message) {
            super(message, null);
        }
    }

    /** What the mirror or the server holds is not valid Git, also after the mirror was made anew. */
    public static final class Corrupt extends GitException {
        private static final long serialVersionUID = 1L;

        /** With a sentence saying what was found broken. */
        public Corrupt(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
