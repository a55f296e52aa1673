package io.tailwater.launcher.command;

import io.tailwater.connections.SealingKey;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.launcher.ClusterTopics;
import io.tailwater.launcher.Pipeline;
import io.tailwater.service.Service;
import io.tailwater.service.Settings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The three services in one process, on a broker of their own or on a cluster. */
@Command(
        name = "up",
        description =
                "The three services in one process, on an embedded broker whose data survives restarts, or on a cluster.")
public final class UpCommand implements Callable<Integer> {

    private static final Duration READY = Duration.ofMinutes(2);

    /** A cluster instead of the embedded broker. */
    static final class Cluster {
        @Option(
                names = "--bootstrap-servers",
                required = true,
                description = "Kafka brokers, host:port, comma-separated.")
        private String bootstrapServers = "";

        @Option(names = "--schema-registry-url", required = true, description = "Address of the schema registry.")
        private String schemaRegistryUrl = "";
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(
            names = "--data-folder",
            paramLabel = "DIR",
            defaultValue = "tailwater-data",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path dataFolder = Path.of("tailwater-data");

    @ArgGroup(exclusive = false)
    private @Nullable Cluster cluster;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Shutdown shutdown = Shutdown.listen();
                Broker broker = broker(out)) {
            Map<String, String> overrides = new TreeMap<>();
            overrides.put("kafka.bootstrap-servers", broker.bootstrapServers());
            overrides.put("kafka.schema-registry-url", broker.schemaRegistryUrl());
            overrides.put("analyzer.data-folder", dataFolder.resolve("analyzer").toString());
            overrides.put("console.data-folder", dataFolder.resolve("console").toString());
            Settings settings = configuration.read().with(overrides);
            if (!settings.isGiven("connections.key-file") && !settings.isGiven("connections.key")) {
                settings = settings.with(Map.of("connections.key-file", ownKey().toString()));
            }
            ClusterTopics.createMissing(settings);
            try (Pipeline pipeline = Pipeline.start(settings, service -> progress(out, "starting the " + service))) {
                pipeline.awaitReady(READY);
                for (Service service : pipeline.services()) {
                    ServiceCommand.announce(service, out);
                }
                out.println("Stop with Ctrl-C; the data stays in " + dataFolder.toAbsolutePath());
                out.flush();
                shutdown.await();
            }
        }
        return ExitCode.PASSED;
    }

    private Broker broker(PrintWriter out) {
        if (cluster != null) {
            return new Broker(cluster.bootstrapServers, cluster.schemaRegistryUrl, () -> {});
        }
        progress(out, "starting the broker");
        EmbeddedKafka kafka = EmbeddedKafka.start(dataFolder.resolve("kafka"));
        return new Broker(kafka.bootstrapServers(), kafka.schemaRegistryUrl(), kafka::close);
    }

    /** The key of a single installation: made at the first start, and only then. */
    private Path ownKey() {
        Path file = dataFolder.resolve("keyset.json");
        if (!Files.exists(file)) {
            if (Files.exists(dataFolder.resolve("analyzer"))) {
                throw new UserError("the sealing key " + file + " is gone; put it back, or move " + dataFolder
                        + " away to begin anew");
            }
            SealingKey.generate(file);
        }
        return file;
    }

    private static void progress(PrintWriter out, String step) {
        out.println(step + " …");
        out.flush();
    }

    private record Broker(String bootstrapServers, String schemaRegistryUrl, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }
}
