package io.tailwater.bitbucket.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** Reads and writes JSON, with limits on what is read. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(100)
                    .maxNameLength(1_000)
                    .maxStringLength(4 * 1024 * 1024)
                    .build())
            .build());

    private Json() {}

    /** An object to fill. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** What a path leads to that leads nowhere. */
    static JsonNode nothing() {
        return MissingNode.getInstance();
    }

    /** The document, empty when it is none or goes beyond the limits. */
    static Optional<JsonNode> tryRead(byte[] body) {
        try {
            JsonNode read = MAPPER.readTree(body);
            return read == null || read.isMissingNode() ? Optional.empty() : Optional.of(read);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static byte[] write(JsonNode document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JacksonException e) {
            throw new IllegalStateException("writing JSON", e);
        }
    }
}
