package io.tailwater.bitbucket.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One call: what is asked of which address.
 *
 * @param method what is asked
 * @param pathAndQuery below the address of the API, without a leading "/", encoded
 * @param body what is sent, null for nothing
 */
public record Call(
        Method method, String pathAndQuery, @Nullable JsonNode body) {

    /** The methods in use. */
    public enum Method {
        /** Reads. */
        GET,
        /** Creates: must not run twice unseen. */
        POST,
        /** Replaces. */
        PUT,
        /** Removes. */
        DELETE
    }

    /** A reading call. */
    public static Call get(String pathAndQuery) {
        return new Call(Method.GET, pathAndQuery, null);
    }

    /** A creating call. */
    public static Call post(String pathAndQuery, JsonNode body) {
        return new Call(Method.POST, pathAndQuery, body);
    }

    /** A replacing call. */
    public static Call put(String pathAndQuery, JsonNode body) {
        return new Call(Method.PUT, pathAndQuery, body);
    }

    /** A removing call. */
    public static Call delete(String pathAndQuery) {
        return new Call(Method.DELETE, pathAndQuery, null);
    }

    /** Whether a second run would make a second thing. */
    boolean createsOnce() {
        return method == Method.POST;
    }

    /** What it counts against. */
    CallGate.Allowance allowance() {
        String path = describe();
        return path.matches("[A-Z]+ (workspaces|repositories)/.*/hooks(/.*)?")
                ? CallGate.Allowance.WEBHOOKS
                : path.contains(" repositories/") ? CallGate.Allowance.REPOSITORIES : CallGate.Allowance.OTHER;
    }

    /** For messages: method and path, without the query. */
    public String describe() {
        int query = pathAndQuery.indexOf('?');
        return method + " " + (query < 0 ? pathAndQuery : pathAndQuery.substring(0, query));
    }
}
