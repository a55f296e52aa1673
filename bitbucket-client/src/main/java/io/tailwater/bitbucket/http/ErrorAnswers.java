package io.tailwater.bitbucket.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.BitbucketException.Ambiguous;
import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.BitbucketException.RateLimited;
import io.tailwater.bitbucket.model.BitbucketException.Rejected;
import io.tailwater.bitbucket.model.BitbucketException.Unauthorized;
import io.tailwater.bitbucket.model.BitbucketException.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns an unsuccessful answer into an exception. The status decides the class; the body, whose shape differs from
 * endpoint to endpoint (an envelope, an envelope whose detail is an object, bare JSON, HTML, plain text, nothing), only
 * adds words.
 */
final class ErrorAnswers {

    private static final int LONGEST_REASON = 300;
    private static final int MOST_ENTRIES = 20;

    private final InstantSource clock;

    ErrorAnswers(InstantSource clock) {
        this.clock = clock;
    }

    /** The exception for an answer whose status is not a success. */
    BitbucketException classify(Call call, Answer answer, AccessToken token) {
        JsonNode error = Json.tryRead(answer.body())
                .map(json -> json.has("error") && json.get("error").isObject() ? json.get("error") : json)
                .orElseGet(Json::nothing);
        String reason = clean(token.scrub(reason(error, answer.body())));
        String message = call.describe() + ": " + answer.status() + (reason.isEmpty() ? "" : " " + reason);
        return switch (answer.status()) {
            case 401 -> new Unauthorized(message);
            case 403 -> forbidden(message, error);
            case 404 -> new NotFound(message);
            case 408 -> new Unavailable(message, retryAfter(answer), null);
            case 429 -> new RateLimited(message, retryAfter(answer));
            default -> {
                if (answer.status() < 500) {
                    yield new Rejected(message, answer.status(), reason, fields(error, token));
                }
                yield call.createsOnce()
                        ? new Ambiguous(message, null)
                        : new Unavailable(message, retryAfter(answer), null);
            }
        };
    }

    private Optional<Duration> retryAfter(Answer answer) {
        return answer.headers().firstValue("Retry-After").flatMap(header -> RetryAfter.parse(header, clock.instant()));
    }

    private static Forbidden forbidden(String message, JsonNode error) {
        List<String> required = texts(error.path("detail").path("required"));
        List<String> granted = texts(error.path("detail").path("granted"));
        String scopes = required.isEmpty() ? "" : " (needs " + String.join(", ", required) + ")";
        return new Forbidden(message + scopes, required, granted);
    }

    /** Message and detail of a JSON error, else the text of the body without its tags. */
    private static String reason(JsonNode error, byte[] body) {
        String message =
                error.path("message").isTextual() ? error.path("message").asText() : "";
        String detail = error.path("detail").isTextual() ? error.path("detail").asText() : "";
        if (!message.isEmpty() || !detail.isEmpty()) {
            return message.equals(detail) || detail.isEmpty() ? message : message + " " + detail;
        }
        int read = Math.min(body.length, 4 * LONGEST_REASON);
        return new String(body, 0, read, StandardCharsets.UTF_8).replaceAll("<[^>]{0,200}>", " ");
    }

    private static Map<String, String> fields(JsonNode error, AccessToken token) {
        Map<String, String> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : error.path("fields").properties()) {
            if (fields.size() == MOST_ENTRIES) {
                break;
            }
            JsonNode value = field.getValue();
            String text = value.isArray() ? String.join(" ", texts(value)) : value.asText();
            fields.put(clean(field.getKey()), clean(token.scrub(text)));
        }
        return fields;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array) {
            if (item.isTextual() && texts.size() < MOST_ENTRIES) {
                texts.add(clean(item.asText()));
            }
        }
        return texts;
    }

    private static String clean(String text) {
        String oneLine = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return oneLine.length() <= LONGEST_REASON ? oneLine : oneLine.substring(0, LONGEST_REASON) + "…";
    }
}
