package io.tailwater.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.connections.ConnectionLookup;
import io.tailwater.ingest.webhook.Samples.Sample;
import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.RepositoryKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryExaminerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");
    private static final String REPOSITORY_UUID = "{94189367-116b-436a-9f77-2314b97a6067}";
    private static final String OWNER_UUID = "{bf34a99b-8a11-452c-8fbc-bdffc340e584}";
    static final List<Sample> RECORDED = Samples.RECORDED;

    @ParameterizedTest
    @FieldSource("RECORDED")
    void acceptsEveryRecordedDelivery(Sample sample) {
        Map<String, String> headers = headers(sample.eventKey(), sample.body());

        Examination.Accepted accepted = accepted(examine(headers, sample.body(), Optional.empty()));

        assertThat(accepted.key()).isEqualTo(new RepositoryKey(OWNER_UUID, REPOSITORY_UUID));
        WebhookDelivery delivery = accepted.delivery();
        assertThat(delivery.getBody()).isEqualTo(ByteBuffer.wrap(sample.body()));
        assertThat(delivery.getEventKey()).isEqualTo(sample.eventKey());
        assertThat(delivery.getConnectionId()).isEqualTo("acme");
        assertThat(delivery.getReceivedAt()).isEqualTo(NOW);
        assertThat(delivery.getProvenance().getOrigin()).isEqualTo(Origin.WEBHOOK);
        assertThat(delivery.getProvenance().getCommentRequested()).isFalse();
    }

    @Test
    void keysByThePayloadsWorkspaceThenTheConnectionsThenTheOwner() {
        String newer =
                "{\"repository\":{\"uuid\":\"{r}\",\"owner\":{\"uuid\":\"{o}\"},\"workspace\":{\"uuid\":\"{w}\"}}}";
        String older = "{\"repository\":{\"owner\":{\"uuid\":\"{o}\"},\"uuid\":\"{r}\"}}";

        assertThat(key(newer, Optional.of("{c}"))).isEqualTo(new RepositoryKey("{w}", "{r}"));
        assertThat(key(older, Optional.of("{c}"))).isEqualTo(new RepositoryKey("{c}", "{r}"));
        assertThat(key(older, Optional.empty())).isEqualTo(new RepositoryKey("{o}", "{r}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"repository\":null}",
                "{\"repository\":[]}",
                "{\"repository\":{\"uuid\":\"{r}\"}}",
                "{\"repository\":{\"uuid\":1,\"workspace\":{\"uuid\":\"{w}\"}}}",
                "{\"repository\":{\"uuid\":\"{a/b}\",\"workspace\":{\"uuid\":\"{w}\"}}}",
                "{\"repository\":{\"workspace\":{\"uuid\":\"{w}\"}}}",
                "{\"pullrequest\":{\"repository\":{\"uuid\":\"{r}\",\"workspace\":{\"uuid\":\"{w}\"}}}}"
            })
    void refusesAPayloadWithoutRepository(String payload) {
        assertThat(refusal(payload)).isEqualTo(Answer.REPOSITORY_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"text\"",
                "{",
                "{\"repository\":{\"uuid\":",
                "{\"a\":1}{}",
                "{\"a\":1} x",
                "{'a':1}",
                "not json",
                " "
            })
    void refusesWhatIsNoJsonObject(String payload) {
        assertThat(refusal(payload)).isEqualTo(Answer.BODY_NOT_JSON);
    }

    @Test
    void refusesJsonBeyondTheLimits() {
        assertThat(refusal("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}")).isEqualTo(Answer.BODY_NOT_JSON);
        assertThat(refusal("{\"" + "a".repeat(2_000) + "\":1}")).isEqualTo(Answer.BODY_NOT_JSON);
        assertThat(refusal("{\"a\":" + "1".repeat(2_000) + "}")).isEqualTo(Answer.BODY_NOT_JSON);
    }

    @Test
    void refusesAnEmptyBodyThatIsSigned() {
        assertThat(refusal("")).isEqualTo(Answer.BODY_EMPTY);
    }

    @Test
    void looksAtNothingBeforeTheSignatureIsRight() {
        byte[] body = "not json".getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers("pullrequest:created", body);
        headers.put("X-Hub-Signature", Samples.sign(body, "another secret"));
        headers.remove("X-Event-Key");

        assertThat(examine(headers, body, Optional.empty())).isEqualTo(new Examination.Refused(Answer.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    X-Event-Key,     '',                  EVENT_KEY_MISSING
                    X-Event-Key,     pullrequest,         EVENT_KEY_MISSING
                    X-Event-Key,     pullrequest:<b>,     EVENT_KEY_MISSING
                    X-Request-UUID,  '',                  REQUEST_ID_MISSING
                    X-Request-UUID,  'a b',               REQUEST_ID_MISSING
                    X-Hub-Signature, sha1=00,             SIGNATURE_METHOD_UNKNOWN
                    """)
    void refusesHeadersOfAnotherShape(String name, String value, Answer answer) {
        byte[] body = Samples.payload().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers("pullrequest:created", body);
        headers.put(name, value);

        assertThat(examine(headers, body, Optional.empty())).isEqualTo(new Examination.Refused(answer));
    }

    @Test
    void acceptsAnEventItDoesNotKnow() {
        byte[] body = Samples.payload().getBytes(StandardCharsets.UTF_8);

        Examination.Accepted accepted =
                accepted(examine(headers("pullrequest:levitated", body), body, Optional.empty()));

        assertThat(accepted.delivery().getEventKey()).isEqualTo("pullrequest:levitated");
    }

    @Test
    void keepsOnlyHarmlessHeaders() {
        byte[] body = Samples.payload().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers("repo:push", body);
        headers.put("Authorization", "Bearer hidden");
        headers.put("Cookie", "hidden");
        headers.put("X-Hook-UUID", "{hook}");
        headers.put("X-Attempt-Number", "3");
        headers.put("User-Agent", "Bitbucket-Webhooks/2.0 " + "x".repeat(1_000));

        WebhookDelivery delivery =
                accepted(examine(headers, body, Optional.empty())).delivery();

        assertThat(delivery.getHeaders().keySet())
                .containsExactlyInAnyOrder(
                        "x-event-key", "x-request-uuid", "x-hook-uuid", "x-attempt-number", "user-agent");
        assertThat(delivery.getHeaders().get("user-agent")).hasSize(256);
        assertThat(delivery.getHookId()).isEqualTo("{hook}");
        assertThat(delivery.getAttempt()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "99999", ""})
    void countsAnUnreadableAttemptAsTheFirst(String number) {
        byte[] body = Samples.payload().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers("repo:push", body);
        headers.put("X-Attempt-Number", number);

        assertThat(accepted(examine(headers, body, Optional.empty())).delivery().getAttempt())
                .isEqualTo(1);
    }

    @Test
    void tellsApartWhatIsWrongWithAConnection() {
        DeliveryHeaders headers = new DeliveryHeaders(Map.of("X-Hub-Signature", "sha256=00"));

        assertThat(admit(new ConnectionLookup.Unknown(), headers)).isEqualTo(Answer.CONNECTION_UNKNOWN);
        assertThat(admit(new ConnectionLookup.Unreadable("other key"), headers))
                .isEqualTo(Answer.CONNECTION_UNREADABLE);
        assertThat(admit(new ConnectionLookup.StillLoading(), headers)).isEqualTo(Answer.STARTING);
        assertThat(admit(found(), new DeliveryHeaders(Map.of()))).isEqualTo(Answer.SIGNATURE_MISSING);
        assertThat(admit(found(), new DeliveryHeaders(Map.of("X-Request-Id", "1"))))
                .isEqualTo(Answer.DATA_CENTER);
    }

    @Test
    void takesARequestIdThatAProxyAddedForWhatItIs() {
        DeliveryHeaders headers =
                new DeliveryHeaders(Map.of("X-Request-Id", "1", "X-Request-UUID", "2", "X-Hub-Signature", "sha256=00"));

        assertThat(new DeliveryExaminer(id -> found()).admit("acme", headers)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void asksForNoConnectionOfAnImpossibleName() {
        DeliveryExaminer examiner = new DeliveryExaminer(id -> {
            throw new AssertionError("asked for " + id);
        });

        assertThat(examiner.admit("a b", new DeliveryHeaders(Map.of())))
                .isEqualTo(new Admission.Refused(Answer.CONNECTION_UNKNOWN));
    }

    private static ConnectionLookup found() {
        return new ConnectionLookup.Found(Samples.workspace(Optional.empty()));
    }

    private static Answer admit(ConnectionLookup lookup, DeliveryHeaders headers) {
        return new DeliveryExaminer(id -> lookup).admit("acme", headers) instanceof Admission.Refused refused
                ? refused.answer()
                : Answer.STORED;
    }

    private static RepositoryKey key(String payload, Optional<String> connectionWorkspace) {
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        return accepted(examine(headers("repo:push", body), body, connectionWorkspace))
                .key();
    }

    private static Answer refusal(String payload) {
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        return examine(headers("repo:push", body), body, Optional.empty()) instanceof Examination.Refused refused
                ? refused.answer()
                : Answer.STORED;
    }

    private static Map<String, String> headers(String eventKey, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Event-Key", eventKey);
        headers.put("X-Request-UUID", "8a1c0000-0000-0000-0000-000000000002");
        headers.put("X-Hub-Signature", Samples.sign(body, Samples.SECRET));
        return headers;
    }

    private static Examination examine(Map<String, String> headers, byte[] body, Optional<String> workspaceUuid) {
        String signature = headers.getOrDefault("X-Hub-Signature", "");
        Admission.Admitted admitted = new Admission.Admitted(Samples.workspace(workspaceUuid), signature);
        return DeliveryExaminer.examine(admitted, new DeliveryHeaders(headers), body, NOW);
    }

    private static Examination.Accepted accepted(Examination examination) {
        assertThat(examination).isInstanceOf(Examination.Accepted.class);
        return (Examination.Accepted) examination;
    }
}
