package io.tailwater.pranalyzer;

import io.tailwater.connections.ConnectionSettings;
import io.tailwater.pranalyzer.git.GitLimits;
import io.tailwater.pranalyzer.topology.TopologySettings;
import io.tailwater.service.ByteSize;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Configuration of the analyzer.
 *
 * @param kafka how to reach Kafka
 * @param connections which workspaces are connected
 * @param gitUrl the Git server
 * @param admin the listener for operation
 * @param applicationId names the group of analyzers that share the work
 * @param dataFolder holds mirrors and state stores
 * @param threads stream threads
 * @param workers analyses at a time
 * @param groupProtocol how the analyzers of a group share the partitions
 * @param storesInMemory whether state is kept in memory only
 * @param duplicatesFor how long a delivery is remembered
 * @param unavailableFor how long an unreachable server is asked again
 * @param timeLimit most time for reading one revision
 * @param cacheBytes room for what was worked out; 0 to keep nothing
 * @param mirrors what a repository may cost
 */
public record AnalyzerConfig(
        KafkaSettings kafka,
        ConnectionSettings connections,

        @Setting(
                key = "bitbucket.git-url",
                defaultValue = "https://bitbucket.org",
                meaning = "Address of Bitbucket's Git repositories and pages.")
        URI gitUrl,

        AdminListener admin,

        @Setting(
                key = "analyzer.application-id",
                defaultValue = "tailwater-analyzer",
                meaning = "Name of the group of analyzers that share the work, and prefix of their internal topics.")
        String applicationId,

        @Setting(
                key = "analyzer.data-folder",
                defaultValue = "data/analyzer",
                meaning = "Folder for Git mirrors and state stores; one of its own for each analyzer.")
        Path dataFolder,

        @Setting(
                key = "analyzer.threads",
                defaultValue = "2",
                min = 1,
                max = 64,
                meaning = "Stream threads; they only pass records on and are rarely busy.")
        int threads,

        @Setting(
                key = "analyzer.workers",
                defaultValue = "4",
                min = 1,
                max = 256,
                meaning = "Repositories fetched and analysed at a time.")
        int workers,

        @Setting(
                key = "analyzer.group-protocol",
                defaultValue = "streams",
                meaning = "How analyzers share partitions: `streams` (Kafka 4.2 or newer) or `classic`.")
        String groupProtocol,

        @Setting(
                key = "analyzer.stores-in-memory",
                defaultValue = "false",
                meaning = "Whether state is kept in memory only and read from Kafka at every start.")
        boolean storesInMemory,

        @Setting(
                key = "analyzer.remember-deliveries",
                defaultValue = "7d",
                min = 60_000,
                meaning = "How long a delivery is remembered, so that the same content is not handled again.")
        Duration duplicatesFor,

        @Setting(
                key = "analyzer.give-up-after",
                defaultValue = "24h",
                min = 1_000,
                meaning = "How long an unreachable Git server is asked again before the work becomes a dead letter.")
        Duration unavailableFor,

        @Setting(
                key = "analyzer.time-limit",
                defaultValue = "15m",
                min = 1_000,
                meaning = "Most time for reading one revision; one that takes longer is said not to be analysed.")
        Duration timeLimit,

        @Setting(
                key = "analyzer.cache-size",
                defaultValue = "2GB",
                min = 0,
                meaning = "Room in the data folder for results, kept by content; 0B keeps none.")
        ByteSize cacheBytes,

        MirrorSettings mirrors) {

    /** @throws IllegalArgumentException when a value is none of those allowed */
    public AnalyzerConfig {
        if (!groupProtocol.equals("streams") && !groupProtocol.equals("classic")) {
            throw new IllegalArgumentException(
                    "analyzer.group-protocol is neither \"streams\" nor \"classic\": " + groupProtocol);
        }
        if (!applicationId.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "analyzer.application-id cannot be part of a topic's name: " + applicationId);
        }
    }

    TopologySettings topology() {
        TopologySettings defaults = TopologySettings.defaults();
        return new TopologySettings(
                duplicatesFor,
                defaults.lookEvery(),
                defaults.notThereFor(),
                unavailableFor,
                defaults.withPool(),
                storesInMemory);
    }

    /**
     * The listener for health and metrics.
     *
     * @param host address to bind to
     * @param port port, 0 for any free one
     */
    public record AdminListener(
            @Setting(
                    key = "analyzer.admin.host",
                    defaultValue = "127.0.0.1",
                    meaning = "Address the analyzer's health and metrics are served at; there is no login.")
            String host,

            @Setting(
                    key = "analyzer.admin.port",
                    defaultValue = "8082",
                    min = 0,
                    max = 65_535,
                    meaning = "Port of the analyzer's health and metrics; 0 for any free one.")
            int port) {}

    /**
     * What a repository may cost; see {@link GitLimits}.
     *
     * @param fetchBytes most bytes of one fetch
     * @param fileBytes most bytes of one file
     * @param files most files of a revision
     * @param fetchTimeout most time for one fetch
     * @param stallTimeout longest silence of the server
     * @param bytes room for all mirrors
     */
    public record MirrorSettings(
            @Setting(
                    key = "analyzer.git.max-fetch",
                    defaultValue = "1GB",
                    min = 1_000_000,
                    meaning = "Most bytes received for one fetch.")
            ByteSize fetchBytes,

            @Setting(
                    key = "analyzer.git.max-file",
                    defaultValue = "8MB",
                    min = 1_000,
                    max = 1_000_000_000,
                    meaning = "Most bytes of a file that is read; larger ones are listed as not analysed.")
            ByteSize fileBytes,

            @Setting(
                    key = "analyzer.git.max-files",
                    defaultValue = "200000",
                    min = 1,
                    meaning = "Most files of one revision.")
            int files,

            @Setting(
                    key = "analyzer.git.fetch-timeout",
                    defaultValue = "10m",
                    min = 1_000,
                    meaning = "Most time for one fetch.")
            Duration fetchTimeout,

            @Setting(
                    key = "analyzer.git.stall-timeout",
                    defaultValue = "30s",
                    min = 1_000,
                    meaning = "Longest silence of the Git server.")
            Duration stallTimeout,

            @Setting(
                    key = "analyzer.git.mirrors-size",
                    defaultValue = "20GB",
                    min = 1_000_000,
                    meaning = "Room for all mirrors; those not used for longest are dropped.")
            ByteSize bytes) {

        GitLimits limits() {
            return new GitLimits(
                    fetchBytes.bytes(),
                    fileBytes.toInt(),
                    files,
                    stallTimeout,
                    fetchTimeout,
                    bytes.bytes(),
                    GitLimits.defaults().firstDepth());
        }
    }
}
