package io.tailwater.pranalyzer.normalise;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tailwater.schemas.event.RepositoryEventKind;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.RepositoryKey;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads a delivery as Bitbucket sent it into an event of ours. A pure function of key and delivery: the same delivery
 * gives the same event, today and in a replay. Thread-safe.
 */
public final class DeliveryNormaliser {

    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;
    private static final int MAX_DEPTH = 64;

    private final ObjectReader reader = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_BODY_BYTES)
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(4 * 1024 * 1024)
                            .maxNumberLength(100)
                            .maxNameLength(4096)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Payload.class);

    /**
     * Reads one delivery.
     *
     * @param repository the record key: which repository Bitbucket delivered for
     * @param delivery what it sent
     */
    public Normalised normalise(RepositoryKey repository, WebhookDelivery delivery) {
        String eventKey = delivery.getEventKey();
        return switch (eventKey) {
            case "pullrequest:created",
                    "pullrequest:updated",
                    "pullrequest:push",
                    "pullrequest:fulfilled",
                    "pullrequest:rejected" ->
                read(delivery, payload -> PullRequestReader.pullRequest(repository, delivery, payload));
            case "pullrequest:comment_created", "pullrequest:comment_updated" ->
                read(delivery, payload -> PullRequestReader.comment(repository, delivery, payload));
            case "repo:push" -> read(delivery, payload -> RepositoryReader.push(repository, delivery, payload));
            case "repo:created", "repo:imported" -> whole(repository, delivery, RepositoryEventKind.ADDED);
            case "repo:updated", "repo:transfer" -> whole(repository, delivery, RepositoryEventKind.RENAMED);
            case "repo:deleted" -> whole(repository, delivery, RepositoryEventKind.REMOVED);
            default -> new Normalised.Skipped(reasonToSkip(eventKey));
        };
    }

    private Normalised whole(RepositoryKey repository, WebhookDelivery delivery, RepositoryEventKind kind) {
        return read(delivery, payload -> RepositoryReader.whole(repository, delivery, payload, kind));
    }

    private Normalised read(WebhookDelivery delivery, PayloadReader then) {
        try {
            Payload payload = reader.readValue(bytes(delivery.getBody()));
            return payload == null ? new Normalised.Malformed("body is JSON null") : then.read(payload);
        } catch (MalformedPayload e) {
            return new Normalised.Malformed(e.getMessage());
        } catch (JsonProcessingException e) {
            // the original message quotes the body, which may hold anything
            var at = e.getLocation();
            return new Normalised.Malformed("body is not JSON of the documented shape"
                    + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (IOException e) {
            return new Normalised.Malformed("body could not be read as JSON");
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static String reasonToSkip(String eventKey) {
        return switch (eventKey) {
            case "pullrequest:approved",
                    "pullrequest:unapproved",
                    "pullrequest:changes_request_created",
                    "pullrequest:changes_request_removed" -> "A review (" + eventKey + ") changes no data code";
            case "pullrequest:comment_deleted", "pullrequest:comment_resolved", "pullrequest:comment_reopened" ->
                "A comment that is taken back or settled (" + eventKey + ") asks for nothing";
            case "repo:fork" -> "A fork changes nothing in the repository that was forked";
            case "repo:commit_comment_created", "repo:commit_status_created", "repo:commit_status_updated" ->
                "Talk about a commit (" + eventKey + ") changes no data code";
            default -> "Event " + printable(eventKey) + " is none that we follow";
        };
    }

    private static String printable(String eventKey) {
        String cut = eventKey.length() > 64 ? eventKey.substring(0, 64) + "…" : eventKey;
        return cut.replaceAll("[^A-Za-z0-9:_…-]", "?");
    }

    private interface PayloadReader {
        Normalised read(Payload payload) throws MalformedPayload;
    }
}
