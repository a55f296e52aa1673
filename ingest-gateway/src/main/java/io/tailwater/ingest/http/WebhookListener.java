package io.tailwater.ingest.http;

import io.tailwater.service.ByteSize;
import io.tailwater.service.Setting;
import java.time.Duration;

/**
 * The listener Bitbucket calls.
 *
 * @param host address to bind to
 * @param port port, 0 for any free one
 * @param maxBody largest body accepted
 * @param readTimeout how long a sender may take for the whole body
 * @param maxConcurrent how many deliveries are handled at once
 */
public record WebhookListener(
        @Setting(
                key = "gateway.webhook.host",
                defaultValue = "0.0.0.0",
                meaning = "Address the webhook listener binds to.")
        String host,

        @Setting(
                key = "gateway.webhook.port",
                defaultValue = "8080",
                min = 0,
                max = 65_535,
                meaning = "Port of the webhook listener; 0 for any free one.")
        int port,

        @Setting(
                key = "gateway.webhook.max-body",
                defaultValue = "1MB",
                min = 1 << 10,
                max = 16 << 20,
                meaning = "Largest body accepted; Bitbucket sends at most 256 KB. More than 1 MB also needs"
                        + " `max.message.bytes` of the topic raised.")
        ByteSize maxBody,

        @Setting(
                key = "gateway.webhook.read-timeout",
                defaultValue = "8s",
                min = 100,
                max = 60_000,
                meaning = "How long a sender may take for the whole body.")
        Duration readTimeout,

        @Setting(
                key = "gateway.webhook.max-concurrent",
                defaultValue = "200",
                min = 1,
                max = 10_000,
                meaning = "How many deliveries are handled at once; bounds memory, further ones are answered with"
                        + " 503.")
        int maxConcurrent) {}
