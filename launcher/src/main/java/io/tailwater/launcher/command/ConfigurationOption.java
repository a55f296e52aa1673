package io.tailwater.launcher.command;

import io.tailwater.connections.ConnectionSettings;
import io.tailwater.ingest.GatewayConfig;
import io.tailwater.pranalyzer.AnalyzerConfig;
import io.tailwater.publisher.PublisherConfig;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the configuration comes from; the same for every command that needs one. */
final class ConfigurationOption {

    /** Every configuration record of the product: what keys may stand in a file. */
    static final List<Class<? extends Record>> VOCABULARY =
            List.of(
            KafkaSettings.class,
            ConnectionSettings.class,
            GatewayConfig.class,
            AnalyzerConfig.class,
            PublisherConfig.class);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file; the environment (TAILWATER_…) goes before it.")
    private @Nullable Path file;

    /** Reads file and environment. */
    Settings read() {
        return Settings.read(Optional.ofNullable(file), System.getenv(), VOCABULARY);
    }
}
