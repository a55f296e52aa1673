package io.tailwater.ingest;

import io.tailwater.connections.ConnectionSettings;
import io.tailwater.connector.ConnectorConfig;
import io.tailwater.ingest.http.WebhookListener;
import io.tailwater.service.Environment;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Setting;
import java.time.Duration;

/**
 * Configuration of the gateway.
 *
 * @param kafka how to reach Kafka
 * @param connections which workspaces are connected
 * @param webhooks the public listener
 * @param admin the listener for operation
 * @param connector what is done for connections without being asked
 * @param maxBlock how long a request waits for room or metadata of Kafka's producer
 * @param deliveryTimeout how long a request waits for Kafka's acknowledgement after that
 * @param stopTimeout how long stopping waits for requests in flight
 * @param environment where {@code env:NAME} of the connections file looks
 */
public record GatewayConfig(
        KafkaSettings kafka,
        ConnectionSettings connections,
        WebhookListener webhooks,
        AdminListener admin,
        ConnectorConfig connector,

        @Setting(
                key = "gateway.kafka.max-block",
                defaultValue = "2500ms",
                min = 100,
                max = 5_000,
                meaning = "How long a request waits when Kafka cannot be reached, before it is answered with 503.")
        Duration maxBlock,

        @Setting(
                key = "gateway.kafka.delivery-timeout",
                defaultValue = "5s",
                min = 500,
                max = 60_000,
                meaning = "How long a request waits for the acknowledgement of all in-sync replicas; with max-block it"
                        + " should stay below the 10 s after which Bitbucket gives up.")
        Duration deliveryTimeout,

        @Setting(
                key = "gateway.stop-timeout",
                defaultValue = "10s",
                min = 0,
                max = 300_000,
                meaning = "How long stopping waits for requests in flight.")
        Duration stopTimeout,

        Environment environment) {

    /**
     * The listener for health and metrics.
     *
     * @param host address to bind to
     * @param port port, 0 for any free one
     */
    public record AdminListener(
            @Setting(
                    key = "gateway.admin.host",
                    defaultValue = "127.0.0.1",
                    meaning = "Address the gateway's health and metrics are served at; there is no login.")
            String host,

            @Setting(
                    key = "gateway.admin.port",
                    defaultValue = "8081",
                    min = 0,
                    max = 65_535,
                    meaning = "Port of the gateway's health and metrics; 0 for any free one.")
            int port) {}
}
