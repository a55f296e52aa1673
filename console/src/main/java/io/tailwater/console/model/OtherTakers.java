package io.tailwater.console.model;

import io.tailwater.schemas.activity.Activity;
import io.tailwater.schemas.connection.Connection;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.DatasetKey;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows about connections, arrivals, repositories, dead letters and activities. */
final class OtherTakers {

    /** Headers of dead letters as Kafka Streams names them (KIP-1034). */
    private static final String CAUSE_TYPE = "__streams.errors.exception";

    private static final String CAUSE = "__streams.errors.message";
    private static final String PARTITION = "__streams.errors.partition";
    private static final String OFFSET = "__streams.errors.offset";

    private OtherTakers() {}

    /** Everything of a connection but its credentials. */
    static void connection(Handle rows, ConnectionId id, @Nullable Connection connection) {
        rows.createUpdate("delete from connection where connection_id = :id")
                .bind("id", id.value())
                .execute();
        if (connection == null) {
            rows.createUpdate("delete from arrival where connection_id = :id")
                    .bind("id", id.value())
                    .execute();
            return;
        }
        Instant expiry = connection.getTokenExpiresAt();
        rows.createUpdate("insert into connection (connection_id, workspace_slug, workspace_uuid, scope, repositories,"
                        + " state, token_expires_at, updated_at) values (:id, :slug, :uuid, :scope, :repositories,"
                        + " :state, :expires_at, :updated_at)")
                .bind("id", id.value())
                .bind("slug", Cut.to(200, connection.getWorkspaceSlug()))
                .bind("uuid", Cut.to(100, connection.getWorkspaceUuid()))
                .bind("scope", connection.getScope().name())
                .bind("repositories", Cut.to(20_000, String.join(",", connection.getRepositories())))
                .bind("state", connection.getState().name())
                .bind("expires_at", expiry == null ? null : expiry.toEpochMilli())
                .bind("updated_at", connection.getUpdatedAt().toEpochMilli())
                .execute();
    }

    static void arrival(Handle rows, @Nullable WebhookDelivery delivery) {
        if (delivery == null) {
            return;
        }
        String connection = Cut.to(64, delivery.getConnectionId());
        String origin = delivery.getProvenance().getOrigin().name();
        long at = delivery.getReceivedAt().toEpochMilli();
        if (latest(
                rows,
                "update arrival set at = :at where connection_id = :a and origin = :b and at < :at",
                "select count(*) from arrival where connection_id = :a and origin = :b",
                connection,
                origin,
                at)) {
            rows.createUpdate("insert into arrival (connection_id, origin, at) values (:a, :b, :at)")
                    .bind("a", connection)
                    .bind("b", origin)
                    .bind("at", at)
                    .execute();
        }
    }

    static void asset(Handle rows, DatasetKey key, long at) {
        if (latest(
                rows,
                "update repository_assets set last_at = :at where workspace_uuid = :a and repository_uuid = :b and"
                        + " last_at < :at",
                "select count(*) from repository_assets where workspace_uuid = :a and repository_uuid = :b",
                key.workspaceUuid(),
                key.repositoryUuid(),
                at)) {
            rows.createUpdate("insert into repository_assets (workspace_uuid, repository_uuid, last_at) values (:a, :b,"
                            + " :at)")
                    .bind("a", key.workspaceUuid())
                    .bind("b", key.repositoryUuid())
                    .bind("at", at)
                    .execute();
        }
    }

    /** Moves a time forward; tells whether there is no row for it yet. */
    private static boolean latest(Handle rows, String update, String count, String a, String b, long at) {
        int updated = rows.createUpdate(update)
                .bind("a", a)
                .bind("b", b)
                .bind("at", at)
                .execute();
        return updated == 0
                && rows.createQuery(count)
                                .bind("a", a)
                                .bind("b", b)
                                .mapTo(Integer.class)
                                .one()
                        == 0;
    }

    static void deadLetter(Handle rows, ConsumerRecord<byte[], byte[]> record) {
        rows.createUpdate("delete from dead_letter where topic = :topic and partition = :partition and record_offset ="
                        + " :offset")
                .bind("topic", record.topic())
                .bind("partition", record.partition())
                .bind("offset", record.offset())
                .execute();
        rows.createUpdate("insert into dead_letter (topic, partition, record_offset, source_topic, source_partition,"
                        + " source_offset, record_key, cause_type, cause, record_size, at) values (:topic, :partition,"
                        + " :offset, :source_topic, :source_partition, :source_offset, :key, :cause_type, :cause, :size,"
                        + " :at)")
                .bind("topic", record.topic())
                .bind("partition", record.partition())
                .bind("offset", record.offset())
                .bind("source_topic", sourceOf(record.topic()))
                .bind("source_partition", (int) number(header(record, PARTITION)))
                .bind("source_offset", number(header(record, OFFSET)))
                .bind("key", record.key() == null ? "" : Cut.to(2000, new String(record.key(), StandardCharsets.UTF_8)))
                .bind("cause_type", Cut.to(500, header(record, CAUSE_TYPE)))
                .bind("cause", Cut.to(4000, header(record, CAUSE)))
                .bind("size", record.value() == null ? 0 : record.value().length)
                .bind("at", record.timestamp())
                .execute();
    }

    private static String sourceOf(String deadLetters) {
        return Topics.ALL.stream()
                .filter(topic -> topic.deadLetters().equals(deadLetters))
                .map(Topic::name)
                .findFirst()
                .orElse("");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** A position in a header; -1 for what is none. */
    private static long number(String text) {
        return text.matches("\\d{1,9}")
                ? Integer.parseInt(text)
                : text.matches("\\d{10,18}") ? Long.parseLong(text) : -1;
    }

    static void activity(Handle rows, @Nullable Activity activity) {
        if (activity == null) {
            return;
        }
        rows.createUpdate("delete from activity where activity_id = :id")
                .bind("id", activity.getActivityId())
                .execute();
        rows.createUpdate("insert into activity (activity_id, at, actor, address, action, connection_id, subject,"
                        + " succeeded, detail) values (:id, :at, :actor, :address, :action, :connection, :subject,"
                        + " :succeeded, :detail)")
                .bind("id", activity.getActivityId())
                .bind("at", activity.getAt().toEpochMilli())
                .bind("actor", Cut.to(500, activity.getActor()))
                .bind("address", Cut.to(100, activity.getAddress()))
                .bind("action", Cut.to(100, activity.getAction()))
                .bind("connection", Cut.to(64, activity.getConnectionId()))
                .bind("subject", Cut.to(1000, activity.getSubject()))
                .bind("succeeded", activity.getSucceeded())
                .bind("detail", Cut.to(2000, activity.getDetail()))
                .execute();
    }
}
