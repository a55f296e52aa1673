package io.tailwater.ingest.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tailwater.schemas.topic.RepositoryKey;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The little the gateway reads of a payload: which repository it is about. The whole text is checked to be JSON, nothing
 * else of it is kept.
 *
 * @param uuid {@code repository.uuid}, null when absent or not a uuid
 * @param workspaceUuid {@code repository.workspace.uuid}, likewise; absent from older deliveries
 * @param ownerUuid {@code repository.owner.uuid}, likewise
 */
record PayloadRepository(
        @Nullable String uuid,
        @Nullable String workspaceUuid,
        @Nullable String ownerUuid) {

    private static final String UUID = "\\{[0-9A-Za-z-]{1,64}\\}";
    private static final int DEEPEST = 64;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NUMBER = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    /**
     * Reads a payload.
     *
     * @return empty when it is not a JSON object, or goes beyond the limits
     */
    static Optional<PayloadRepository> read(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            PayloadRepository found = new PayloadRepository(null, null, null);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
                if (isObject && "repository".equals(name)) {
                    found = repository(parser);
                } else {
                    parser.skipChildren();
                }
            }
            return parser.nextToken() == null ? Optional.of(found) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The record key. The workspace is the one the payload names; where an older delivery names none, that of the
     * connection; where that is not known either, the owner, who has the same uuid for workspaces that began as accounts or
     * teams.
     *
     * @param connectionWorkspaceUuid uuid of the connection's workspace, empty when unknown
     * @return empty when repository or workspace have no uuid
     */
    Optional<RepositoryKey> key(Optional<String> connectionWorkspaceUuid) {
        Optional<String> workspace = Optional.ofNullable(workspaceUuid)
                .or(() -> connectionWorkspaceUuid)
                .or(() -> Optional.ofNullable(ownerUuid));
        return Optional.ofNullable(uuid)
                .flatMap(repository -> workspace.map(found -> new RepositoryKey(found, repository)));
    }

    private static PayloadRepository repository(JsonParser parser) throws IOException {
        String uuid = null;
        String workspace = null;
        String owner = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if ("uuid".equals(name) && value == JsonToken.VALUE_STRING) {
                uuid = uuidOrNull(parser.getText());
            } else if ("workspace".equals(name) && value == JsonToken.START_OBJECT) {
                workspace = uuidWithin(parser);
            } else if ("owner".equals(name) && value == JsonToken.START_OBJECT) {
                owner = uuidWithin(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new PayloadRepository(uuid, workspace, owner);
    }

    private static @Nullable String uuidWithin(JsonParser parser) throws IOException {
        String uuid = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if ("uuid".equals(name) && value == JsonToken.VALUE_STRING) {
                uuid = uuidOrNull(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return uuid;
    }

    private static @Nullable String uuidOrNull(String text) {
        return text.matches(UUID) ? text : null;
    }
}
