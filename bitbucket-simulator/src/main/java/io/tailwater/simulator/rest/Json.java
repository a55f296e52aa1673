package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Reads JSON that was sent. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** An object, or 400. */
    static JsonNode object(byte[] body) {
        JsonNode node = read(body);
        if (!node.isObject()) {
            throw RestException.of(400, "The request body is not a JSON object");
        }
        return node;
    }

    /** An array of objects, or 400. */
    static JsonNode array(byte[] body) {
        JsonNode node = read(body);
        boolean objects = node.isArray();
        for (JsonNode element : node) {
            objects &= element.isObject();
        }
        if (!objects) {
            throw RestException.of(400, "The request body is not a JSON array of objects");
        }
        return node;
    }

    private static JsonNode read(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw RestException.of(400, "The request body is not valid JSON");
        }
    }
}
