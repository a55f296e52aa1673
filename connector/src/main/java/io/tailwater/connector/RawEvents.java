package io.tailwater.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.bitbucket.model.ListedPullRequest;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes what was found by asking in the shape in which Bitbucket would have delivered it, so that it takes the same path.
 * Each call returns once it is on all in-sync replicas. Safe for many threads.
 */
final class RawEvents implements AutoCloseable {

    private static final String TOPIC = Topics.BITBUCKET_WEBHOOKS.name();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLISECONDS = 20_000;

    /** What only people read, left out where a pull request would be too large to pass on. */
    private static final List<String> FOR_PEOPLE = List.of("description", "summary", "rendered", "participants");

    private static final int LARGE = 200_000;

    private final Producer<RepositoryKey, WebhookDelivery> producer;
    private final InstantSource clock;

    RawEvents(Producer<RepositoryKey, WebhookDelivery> producer, InstantSource clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** A writer. */
    static RawEvents open(Map<String, Object> clientProperties, InstantSource clock) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("client.id", "connector");
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("compression.type", "zstd");
        properties.put("linger.ms", 5);
        properties.put("max.block.ms", TIMEOUT_MILLISECONDS);
        properties.put("request.timeout.ms", TIMEOUT_MILLISECONDS / 2);
        properties.put("delivery.timeout.ms", TIMEOUT_MILLISECONDS);
        TopicSerdes serdes = TopicSerdes.of(clientProperties);
        return new RawEvents(
                new KafkaProducer<>(
                        properties,
                        serdes.key(Topics.BITBUCKET_WEBHOOKS).serializer(),
                        serdes.value(Topics.BITBUCKET_WEBHOOKS).serializer()),
                clock);
    }

    /** Tells of pull requests as they stand. */
    void pullRequests(
            ConnectionId connection, RepositoryHealth repository, List<ListedPullRequest> found, Provenance provenance)
            throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (ListedPullRequest pullRequest : found) {
            ObjectNode body = about(repository);
            body.set("pullrequest", object(pullRequest.json()));
            String eventKey = switch (pullRequest.pullRequest().state()) {
                case OPEN, SUPERSEDED, OTHER -> "pullrequest:updated";
                case MERGED -> "pullrequest:fulfilled";
                case DECLINED -> "pullrequest:rejected";
            };
            sent.add(send(connection, repository, eventKey, body, provenance));
        }
        await(sent);
    }

    /** Tells where a branch points. */
    void branch(
            ConnectionId connection, RepositoryHealth repository, String branch, String commit, Provenance provenance)
            throws InterruptedException {
        ObjectNode body = about(repository);
        ObjectNode after =
                body.putObject("push").putArray("changes").addObject().putObject("new");
        after.put("type", "branch").put("name", branch);
        after.putObject("target").put("type", "commit").put("hash", commit);
        await(List.of(send(connection, repository, "repo:push", body, provenance)));
    }

    /** Tells that a repository has another name, or is gone. */
    void repository(ConnectionId connection, RepositoryHealth repository, boolean gone, Provenance provenance)
            throws InterruptedException {
        String eventKey = gone ? "repo:deleted" : "repo:updated";
        await(List.of(send(connection, repository, eventKey, about(repository), provenance)));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private Future<?> send(
            ConnectionId connection,
            RepositoryHealth repository,
            String eventKey,
            ObjectNode body,
            Provenance provenance) {
        WebhookDelivery delivery = WebhookDelivery.newBuilder()
                .setConnectionId(connection.value())
                .setRequestId(UUID.randomUUID().toString())
                .setEventKey(eventKey)
                .setReceivedAt(clock.instant())
                .setProvenance(provenance)
                .setBody(ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8)))
                .build();
        RepositoryKey key = new RepositoryKey(repository.getWorkspaceUuid(), repository.getRepositoryUuid());
        return producer.send(new ProducerRecord<>(TOPIC, key, delivery));
    }

    private static ObjectNode about(RepositoryHealth repository) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode described = body.putObject("repository");
        described.put("type", "repository");
        described.put("uuid", repository.getRepositoryUuid());
        described.put("full_name", repository.getFullName());
        described
                .putObject("workspace")
                .put("type", "workspace")
                .put("uuid", repository.getWorkspaceUuid())
                .put("slug", repository.getFullName().split("/", 2)[0]);
        return body;
    }

    private static ObjectNode object(String json) {
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(json);
            if (json.length() > LARGE) {
                object.remove(FOR_PEOPLE);
            }
            return object;
        } catch (JsonProcessingException | ClassCastException e) {
            throw new IllegalArgumentException("a pull request is not a JSON object", e);
        }
    }

    private static void await(List<Future<?>> sent) throws InterruptedException {
        for (Future<?> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new KafkaException("writing to " + TOPIC, e.getCause());
            }
        }
    }
}
