package io.tailwater.launcher;

import io.tailwater.connections.ConnectionSettings;
import io.tailwater.console.ConsoleConfig;
import io.tailwater.ingest.GatewayConfig;
import io.tailwater.pranalyzer.AnalyzerConfig;
import io.tailwater.publisher.PublisherConfig;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole product's configuration: what keys there are. */
public final class Configuration {

    private static final List<Class<? extends Record>> VOCABULARY = List.of(
            KafkaSettings.class,
            ConnectionSettings.class,
            GatewayConfig.class,
            ConsoleConfig.class,
            AnalyzerConfig.class,
            PublisherConfig.class);

    private Configuration() {}

    /**
     * Reads a file and an environment.
     *
     * @param file properties file, empty for none
     * @param environment environment variables; they go before the file
     */
    public static Settings read(Optional<Path> file, Map<String, String> environment) {
        return Settings.read(file, environment, VOCABULARY);
    }

    /** The configuration table in Markdown, as it stands in the README. */
    public static String table() {
        return Settings.markdownTable(
                GatewayConfig.class, ConsoleConfig.class, AnalyzerConfig.class, PublisherConfig.class);
    }
}
