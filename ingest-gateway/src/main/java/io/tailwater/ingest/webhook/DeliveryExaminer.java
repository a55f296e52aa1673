package io.tailwater.ingest.webhook;

import io.tailwater.connections.ConnectionLookup;
import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.RepositoryKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides about a delivery in two steps: before its body is read, and with it. Nothing of the body is looked at before
 * the signature is found right.
 */
public final class DeliveryExaminer {

    private final Function<ConnectionId, ConnectionLookup> connections;

    /**
     * An examiner.
     *
     * @param connections what is known of a connection
     */
    public DeliveryExaminer(Function<ConnectionId, ConnectionLookup> connections) {
        this.connections = connections;
    }

    /**
     * Judges address and headers.
     *
     * @param connection last part of the address, as it came
     */
    public Admission admit(String connection, DeliveryHeaders headers) {
        ConnectionId id;
        try {
            id = new ConnectionId(connection);
        } catch (IllegalArgumentException e) {
            return new Admission.Refused(Answer.CONNECTION_UNKNOWN);
        }
        return switch (connections.apply(id)) {
            case ConnectionLookup.Unknown unknown -> new Admission.Refused(Answer.CONNECTION_UNKNOWN);
            case ConnectionLookup.Unreadable unreadable -> new Admission.Refused(Answer.CONNECTION_UNREADABLE);
            case ConnectionLookup.StillLoading loading -> new Admission.Refused(Answer.STARTING);
            case ConnectionLookup.Found found -> admitTo(found, headers);
        };
    }

    private static Admission admitTo(ConnectionLookup.Found found, DeliveryHeaders headers) {
        if (headers.areOfDataCenter()) {
            return new Admission.Refused(Answer.DATA_CENTER);
        }
        Optional<String> signature = headers.signature();
        return signature.isPresent()
                ? new Admission.Admitted(found.workspace(), signature.get())
                : new Admission.Refused(Answer.SIGNATURE_MISSING);
    }

    /**
     * Judges the whole delivery.
     *
     * @param body bytes as received, all of them
     * @param receivedAt when they were complete
     */
    public static Examination examine(
            Admission.Admitted admitted, DeliveryHeaders headers, byte[] body, Instant receivedAt) {
        switch (WebhookSignature.check(
                admitted.signature(), body, admitted.workspace().webhookSecret())) {
            case METHOD_UNKNOWN -> {
                return new Examination.Refused(Answer.SIGNATURE_METHOD_UNKNOWN);
            }
            case WRONG -> {
                return new Examination.Refused(Answer.SIGNATURE_WRONG);
            }
            case RIGHT -> {
                // goes on below
            }
        }
        if (headers.eventKey().isEmpty()) {
            return new Examination.Refused(Answer.EVENT_KEY_MISSING);
        }
        if (headers.requestId().isEmpty()) {
            return new Examination.Refused(Answer.REQUEST_ID_MISSING);
        }
        if (body.length == 0) {
            return new Examination.Refused(Answer.BODY_EMPTY);
        }
        Optional<PayloadRepository> payload = PayloadRepository.read(body);
        if (payload.isEmpty()) {
            return new Examination.Refused(Answer.BODY_NOT_JSON);
        }
        Optional<RepositoryKey> key = payload.get().key(admitted.workspace().workspaceUuid());
        if (key.isEmpty()) {
            return new Examination.Refused(Answer.REPOSITORY_MISSING);
        }
        WebhookDelivery delivery = WebhookDelivery.newBuilder()
                .setConnectionId(admitted.workspace().id().value())
                .setRequestId(headers.requestId().get())
                .setHookId(headers.hookId().orElse(null))
                .setEventKey(headers.eventKey().get())
                .setAttempt(headers.attempt())
                .setReceivedAt(receivedAt)
                .setProvenance(Provenance.newBuilder().setOrigin(Origin.WEBHOOK).build())
                .setHeaders(headers.kept())
                .setBody(ByteBuffer.wrap(body))
                .build();
        return new Examination.Accepted(key.get(), delivery);
    }
}
