package io.tailwater.bitbucket.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.bitbucket.http.Call;
import io.tailwater.bitbucket.http.Exchange;
import io.tailwater.bitbucket.http.PathSegments;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.BitbucketException.Ambiguous;
import io.tailwater.bitbucket.model.BitbucketException.Unreadable;
import io.tailwater.bitbucket.model.RepositoryName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One repository or workspace under one token.
 *
 * @param exchange runs the calls
 * @param root segments of its path
 * @param token whom we act as
 */
record Scope(Exchange exchange, List<String> root, AccessToken token) {

    private static final int MOST_ITEMS = 50_000;

    static Scope of(Exchange exchange, RepositoryName repository, AccessToken token) {
        return new Scope(exchange, List.of("repositories", repository.workspace(), repository.repository()), token);
    }

    /** The encoded path of something in it. */
    String path(String... segments) {
        return PathSegments.join(
                Stream.concat(root.stream(), Stream.of(segments)).toList());
    }

    /** Runs a call and reads its answer. */
    <T> T read(Call call, Function<JsonNode, T> reader) {
        return understood(call, exchange.json(call, token), reader);
    }

    /** Runs a call without an answer. */
    void run(Call call) {
        exchange.run(call, token);
    }

    /** Runs a call for one page of a list. */
    JsonNode page(Call call) {
        JsonNode page = exchange.json(call, token);
        if (!page.path("values").isArray()) {
            throw new Unreadable(call.describe() + ": a page without values", null);
        }
        return page;
    }

    /** The call for the page after this one, null after the last. */
    @Nullable
    Call following(JsonNode page, Call first) {
        String next = page.path("next").asText("");
        return next.isEmpty() ? null : exchange.follow(next, first);
    }

    /** Reads part of an answer. */
    <T> T understand(Call call, JsonNode json, Function<JsonNode, T> reader) {
        return understood(call, json, reader);
    }

    /** Reads all pages from the first, following links as long as they stay at Bitbucket, differ, and end. */
    <T> List<T> readAll(Call first, Function<JsonNode, T> reader) {
        return readUntil(first, reader, Integer.MAX_VALUE);
    }

    /** As {@link #readAll}, but reads no further page once there are so many. */
    <T> List<T> readUntil(Call first, Function<JsonNode, T> reader, int most) {
        List<T> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        @Nullable Call call = first;
        while (call != null) {
            if (!seen.add(call.pathAndQuery())
                    || seen.size() > exchange.limits().maxPages()) {
                throw new Unreadable(
                        first.describe() + ": pages go in a circle or are more than "
                                + exchange.limits().maxPages(),
                        null);
            }
            Call current = call;
            JsonNode page = exchange.json(current, token);
            JsonNode values = page.path("values");
            if (!values.isArray() || items.size() + values.size() > MOST_ITEMS) {
                throw new Unreadable(first.describe() + ": a page without values, or more than " + MOST_ITEMS, null);
            }
            values.forEach(value -> items.add(understood(current, value, reader)));
            String next = page.path("next").asText("");
            call = next.isEmpty() || items.size() >= most ? null : exchange.follow(next, first);
        }
        return List.copyOf(items);
    }

    private static <T> T understood(Call call, JsonNode json, Function<JsonNode, T> reader) {
        try {
            return reader.apply(json);
        } catch (IllegalArgumentException e) {
            String message = call.describe() + ": an answer of another shape: " + e.getMessage();
            throw call.method() == Call.Method.POST ? new Ambiguous(message, e) : new Unreadable(message, e);
        }
    }
}
