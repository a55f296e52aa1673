package io.tailwater.bitbucket.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.bitbucket.model.Comment;
import io.tailwater.bitbucket.model.Commit;
import io.tailwater.bitbucket.model.CommitHash;
import io.tailwater.bitbucket.model.PullRequest;
import io.tailwater.bitbucket.model.Repository;
import io.tailwater.bitbucket.model.User;
import io.tailwater.bitbucket.model.Webhook;
import io.tailwater.bitbucket.model.Workspace;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Reads Bitbucket's JSON into our values. Unknown fields are passed over; a missing field that we need is an
 * {@link IllegalArgumentException} that names it.
 */
final class Wire {

    private Wire() {}

    static Repository repository(JsonNode json) {
        return new Repository(
                text(json, "uuid"),
                text(json, "full_name"),
                json.path("is_private").asBoolean(),
                optional(json.path("mainbranch"), "name"),
                optional(json, "updated_on").isPresent() ? Optional.of(time(json, "updated_on")) : Optional.empty());
    }

    static Workspace workspace(JsonNode json) {
        return new Workspace(text(json, "uuid"), text(json, "slug"));
    }

    static User user(JsonNode json) {
        return new User(text(json, "uuid"), json.path("display_name").asText(""));
    }

    static CommitHash branchTip(JsonNode json) {
        return CommitHash.parse(text(json.path("target"), "hash"));
    }

    static Commit commit(JsonNode json) {
        List<CommitHash> parents = StreamSupport.stream(json.path("parents").spliterator(), false)
                .map(parent -> CommitHash.parse(text(parent, "hash")))
                .toList();
        return new Commit(CommitHash.parse(text(json, "hash")), time(json, "date"), parents);
    }

    static PullRequest pullRequest(JsonNode json) {
        return new PullRequest(
                number(json, "id"),
                json.path("title").asText(""),
                state(text(json, "state")),
                json.path("draft").asBoolean(),
                side(json.path("source")),
                side(json.path("destination")),
                time(json, "updated_on"));
    }

    private static PullRequest.State state(String name) {
        return switch (name) {
            case "OPEN" -> PullRequest.State.OPEN;
            case "MERGED" -> PullRequest.State.MERGED;
            case "DECLINED" -> PullRequest.State.DECLINED;
            case "SUPERSEDED" -> PullRequest.State.SUPERSEDED;
            default -> PullRequest.State.OTHER;
        };
    }

    private static PullRequest.Side side(JsonNode json) {
        return new PullRequest.Side(
                optional(json.path("branch"), "name"),
                optional(json.path("commit"), "hash").map(CommitHash::parse),
                optional(json.path("repository"), "uuid"));
    }

    static Comment comment(JsonNode json) {
        return new Comment(
                number(json, "id"),
                json.path("content").path("raw").asText(""),
                optional(json.path("user"), "uuid")
                        .map(uuid -> new User(
                                uuid, json.path("user").path("display_name").asText(""))),
                json.path("deleted").asBoolean(),
                json.path("pending").asBoolean(),
                json.path("inline").isObject(),
                json.path("parent").path("id").canConvertToLong()
                        ? Optional.of(json.path("parent").path("id").asLong())
                        : Optional.empty(),
                time(json, "created_on"));
    }

    static Webhook webhook(JsonNode json) {
        Set<String> events = new HashSet<>();
        json.path("events").forEach(event -> events.add(event.asText()));
        return new Webhook(
                text(json, "uuid"),
                text(json, "url"),
                json.path("description").asText(""),
                json.path("active").asBoolean(),
                events,
                json.path("secret_set").asBoolean());
    }

    private static String text(JsonNode json, String field) {
        return optional(json, field).orElseThrow(() -> new IllegalArgumentException("\"" + field + "\" is missing"));
    }

    private static Optional<String> optional(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isTextual() && !value.asText().isEmpty() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static long number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
            throw new IllegalArgumentException("\"" + field + "\" is no number from 1");
        }
        return value.asLong();
    }

    private static Instant time(JsonNode json, String field) {
        try {
            return OffsetDateTime.parse(text(json, field)).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + field + "\" is no time", e);
        }
    }
}
