package io.tailwater.bitbucket.http;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an answer says besides its content. Bitbucket documents these headers for access tokens only in part, so each may
 * be missing.
 *
 * @param status HTTP status
 * @param grantedScopes scopes of the token ({@code X-OAuth-Scopes}), without implied ones; empty when not told
 * @param credentialType kind of the token ({@code X-Credential-Type}), in lower case; empty when not told
 * @param hourlyLimit calls of this kind allowed in an hour ({@code X-RateLimit-Limit}); empty when not told
 * @param nearLimit whether Bitbucket says that little is left of them ({@code X-RateLimit-NearLimit})
 */
public record AnswerFacts(
        int status,
        Optional<Set<String>> grantedScopes,
        Optional<String> credentialType,
        OptionalInt hourlyLimit,
        boolean nearLimit) {

    private static final int MOST_SCOPES = 100;

    /** Copies the scopes. */
    public AnswerFacts {
        grantedScopes = grantedScopes.map(Set::copyOf);
    }

    static AnswerFacts of(int status, HttpHeaders headers) {
        return new AnswerFacts(
                status,
                headers.firstValue("X-OAuth-Scopes").map(AnswerFacts::scopes),
                headers.firstValue("X-Credential-Type")
                        .map(type -> type.strip().toLowerCase(java.util.Locale.ROOT))
                        .filter(type -> type.matches("[a-z_]{1,64}")),
                headers.firstValue("X-RateLimit-Limit")
                        .filter(limit -> limit.matches("[0-9]{1,9}"))
                        .map(limit -> OptionalInt.of(Integer.parseInt(limit)))
                        .orElseGet(OptionalInt::empty),
                headers.firstValue("X-RateLimit-NearLimit")
                        .filter(near -> near.strip().equalsIgnoreCase("true"))
                        .isPresent());
    }

    private static Set<String> scopes(String header) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .filter(scope -> scope.matches("[a-z:_-]{1,64}"))
                .limit(MOST_SCOPES)
                .collect(Collectors.toUnmodifiableSet());
    }
}
