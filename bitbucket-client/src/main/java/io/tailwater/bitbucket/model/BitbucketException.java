package io.tailwater.bitbucket.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not end well, classified once, where it failed. The message says what was being done; it holds no
 * secret, and text that came from Bitbucket in it is cut and free of control characters.
 */
public abstract sealed class BitbucketException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BitbucketException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Too many calls; nothing was done. */
    public static final class RateLimited extends BitbucketException {
        private static final long serialVersionUID = 1L;
        private final @Nullable Duration retryAfter;

        /** A refusal that named the time to wait, or did not. */
        public RateLimited(String message, Optional<Duration> retryAfter) {
            super(message, null);
            this.retryAfter = retryAfter.orElse(null);
        }

        /** How long Bitbucket asks to wait; empty when it did not say. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** Bitbucket cannot be reached or cannot answer now; a call that may run twice may be tried again. */
    public static final class Unavailable extends BitbucketException {
        private static final long serialVersionUID = 1L;
        private final @Nullable Duration retryAfter;

        /** A fault of the way or of the far end. */
        public Unavailable(String message, Optional<Duration> retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.retryAfter = retryAfter.orElse(null);
        }

        /** How long Bitbucket asks to wait; empty when it did not say. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** A creation whose answer was lost or unclear: it may have happened. Look before trying again. */
    public static final class Ambiguous extends BitbucketException {
        private static final long serialVersionUID = 1L;

        /** A creation that ended without a clear answer. */
        public Ambiguous(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** An answer that is no answer: not JSON, of another shape, too large, or pages without end. */
    public static final class Unreadable extends BitbucketException {
        private static final long serialVersionUID = 1L;

        /** An answer that cannot be used. */
        public Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The token is wrong, expired or revoked. */
    public static final class Unauthorized extends BitbucketException {
        private static final long serialVersionUID = 1L;

        /** A refused token. */
        public Unauthorized(String message) {
            super(message, null);
        }
    }

    /** The token may not do this. */
    public static final class Forbidden extends BitbucketException {
        private static final long serialVersionUID = 1L;
        private final String[] required;
        private final String[] granted;

        /** A refusal, with the scopes where Bitbucket named them. */
        public Forbidden(String message, List<String> required, List<String> granted) {
            super(message, null);
            this.required = required.toArray(String[]::new);
            this.granted = granted.toArray(String[]::new);
        }

        /** Scopes the call needs; empty when the refusal is not about scopes. */
        public List<String> requiredScopes() {
            return List.of(required);
        }

        /** Scopes the token has, as far as Bitbucket named them. */
        public List<String> grantedScopes() {
            return List.of(granted);
        }
    }

    /** There is no such thing, or the token may not see it; also seen for minutes during outages. */
    public static final class NotFound extends BitbucketException {
        private static final long serialVersionUID = 1L;

        /** A thing that is not there. */
        public NotFound(String message) {
            super(message, null);
        }
    }

    /** Bitbucket will never accept this request. */
    public static final class Rejected extends BitbucketException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String reason;
        private final String[] fields;

        /** A refusal for good. */
        public Rejected(String message, int status, String reason, Map<String, String> fields) {
            super(message, null);
            this.status = status;
            this.reason = reason;
            this.fields = fields.entrySet().stream()
                    .map(field -> field.getKey() + ": " + field.getValue())
                    .toArray(String[]::new);
        }

        /** HTTP status. */
        public int status() {
            return status;
        }

        /** What Bitbucket said, cut; may be localised, so never match on it. */
        public String reason() {
            return reason;
        }

        /** Faults by field, "name: message"; empty when none were named. */
        public List<String> fieldFaults() {
            return List.of(fields);
        }
    }

    /** A link or redirect that leads away from Bitbucket; it was not followed. */
    public static final class ForeignLink extends BitbucketException {
        private static final long serialVersionUID = 1L;

        /** A link to somewhere else. */
        public ForeignLink(String message) {
            super(message, null);
        }
    }
}
