package io.tailwater.publisher;

import io.tailwater.connections.ConnectionSettings;
import io.tailwater.publisher.publish.PublishingRules;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Configuration of the publisher.
 *
 * @param kafka how to reach Kafka
 * @param connections which workspaces are connected
 * @param apiUrl where Bitbucket's REST API is; with {@code gitUrl} the only place a token goes
 * @param gitUrl where Bitbucket's pages are, for links
 * @param reportUrl below which full reports are shown; empty when they are shown nowhere
 * @param rules when a pull request without findings gets a comment
 * @param group consumer group
 * @param parallelism pull requests worked on at once
 * @param maxPending reports of a partition in hand before it is paused
 * @param maxParked reports of a partition that may wait for their connection before it is paused
 * @param parkedProbe time after which a refused token is tried again
 * @param requestTimeout time for one call to Bitbucket
 * @param handOver time given to work in flight at a hand-over or at the end
 * @param admin the listener for operation
 */
public record PublisherConfig(
        KafkaSettings kafka,
        ConnectionSettings connections,

        @Setting(
                key = "bitbucket.api-url",
                defaultValue = "https://api.bitbucket.org",
                meaning = "Address of Bitbucket's REST API; tokens go there and to `bitbucket.git-url` only.")
        URI apiUrl,

        @Setting(
                key = "bitbucket.git-url",
                defaultValue = "https://bitbucket.org",
                meaning = "Address of Bitbucket's Git repositories and pages.")
        URI gitUrl,

        @Setting(
                key = "publisher.report-url",
                defaultValue = "",
                meaning = "Public address below which full reports are shown; comments link to them where it is set.")
        Optional<URI> reportUrl,

        @Setting(
                key = "publisher.comment-on",
                defaultValue = "findings-and-unknown",
                meaning = "When a pull request gets a first comment: `findings-only`, `findings-and-unknown` (also when"
                        + " not everything could be analysed) or `everything`.")
        PublishingRules rules,

        @Setting(
                key = "publisher.group",
                defaultValue = "tailwater-publisher",
                meaning = "Consumer group of the publishers that share the work.")
        String group,

        @Setting(
                key = "publisher.parallelism",
                defaultValue = "8",
                min = 1,
                max = 256,
                meaning = "Pull requests worked on at once.")
        int parallelism,

        @Setting(
                key = "publisher.max-pending",
                defaultValue = "200",
                min = 1,
                max = 10_000,
                meaning = "Reports of a partition in hand before it is paused.")
        int maxPending,

        @Setting(
                key = "publisher.max-parked",
                defaultValue = "5000",
                min = 1,
                max = 1_000_000,
                meaning = "Reports of a partition that may wait for a new token before it is paused.")
        int maxParked,

        @Setting(
                key = "publisher.parked-probe",
                defaultValue = "15m",
                min = 1_000,
                max = 86_400_000,
                meaning = "Time after which a refused token is tried again, in case the refusal was a fault.")
        Duration parkedProbe,

        @Setting(
                key = "publisher.request-timeout",
                defaultValue = "30s",
                min = 1_000,
                max = 120_000,
                meaning = "Time for one call to Bitbucket.")
        Duration requestTimeout,

        @Setting(
                key = "publisher.hand-over",
                defaultValue = "20s",
                min = 0,
                max = 120_000,
                meaning = "Time given to work in flight when a partition goes to another publisher, or at the end.")
        Duration handOver,

        AdminListener admin) {

    /**
     * The listener for health and metrics.
     *
     * @param host address to bind to
     * @param port port, 0 for any free one
     */
    public record AdminListener(
            @Setting(
                    key = "publisher.admin.host",
                    defaultValue = "127.0.0.1",
                    meaning = "Address the publisher's health and metrics are served at; there is no login.")
            String host,

            @Setting(
                    key = "publisher.admin.port",
                    defaultValue = "8083",
                    min = 0,
                    max = 65_535,
                    meaning = "Port of the publisher's health and metrics; 0 for any free one.")
            int port) {}
}
