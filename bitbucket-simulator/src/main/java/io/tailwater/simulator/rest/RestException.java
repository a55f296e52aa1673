package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error answer with its status and body, in one of Bitbucket's several shapes. */
final class RestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String contentType;
    private final String body;

    private RestException(int status, String contentType, String body) {
        super(status + " " + body);
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    String body() {
        return body;
    }

    /** The standard envelope. */
    static RestException of(int status, String message) {
        return json(status, envelope(message));
    }

    /** The standard envelope with messages for one field. */
    static RestException field(String field, String message) {
        ObjectNode body = envelope("Bad request");
        ((ObjectNode) body.get("error")).putObject("fields").putArray(field).add(message);
        return json(400, body);
    }

    /** The standard envelope whose detail is an object. */
    static RestException withDetail(int status, String message, JsonNode detail) {
        ObjectNode body = envelope(message);
        ((ObjectNode) body.get("error")).set("detail", detail);
        return json(status, body);
    }

    /** A missing commit, with the hashes asked for. */
    static RestException commitNotFound(String revision) {
        ObjectNode body = envelope("Commit not found");
        ((ObjectNode) body.get("error")).putObject("data").putArray("shas").add(revision);
        return json(404, body);
    }

    /** Code Insights answers without the envelope. */
    static RestException insights(String message) {
        return json(400, JsonNodeFactory.instance.objectNode().put("code", 400).put("message", message));
    }

    /** What a front end answers to a comment it finds too long. */
    static RestException oversized() {
        return new RestException(400, "text/html", "<h1>Bad Request (400)</h1>");
    }

    private static RestException json(int status, ObjectNode body) {
        return new RestException(status, "application/json", body.toString());
    }

    private static ObjectNode envelope(String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "error");
        body.putObject("error").put("message", message);
        return body;
    }
}
