package io.tailwater.testing;

import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.embedded.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** A cluster that this JVM started and stops. */
record RunningCluster(String description, String bootstrapServers, String schemaRegistryUrl, Runnable stop)
        implements KafkaCluster, AutoCloseable {

    private static final String IMAGE = "apache/kafka:4.3.1";

    /** Starts the kind that is asked for: "container", "embedded", or blank for whichever this machine allows. */
    static RunningCluster start(String kind) {
        return switch (kind) {
            case "container" -> container();
            case "embedded" -> embedded();
            case "" -> DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
            default ->
                throw new IllegalArgumentException(
                        "tailwater.test.kafka is neither \"container\" nor \"embedded\": " + kind);
        };
    }

    private static RunningCluster embedded() {
        Path folder;
        try {
            folder = Files.createTempDirectory("tailwater-test-kafka");
        } catch (IOException e) {
            throw new UncheckedIOException("making a folder for the embedded broker", e);
        }
        EmbeddedKafka kafka = EmbeddedKafka.start(folder);
        return new RunningCluster("embedded broker", kafka.bootstrapServers(), kafka.schemaRegistryUrl(), () -> {
            kafka.close();
            delete(folder);
        });
    }

    private static RunningCluster container() {
        KafkaContainer kafka = new KafkaContainer(IMAGE);
        kafka.start();
        EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(kafka.getBootstrapServers(), 0);
        return new RunningCluster(
                "container " + IMAGE + ", schema registry in this process",
                kafka.getBootstrapServers(),
                registry.url(),
                () -> {
                    registry.close();
                    kafka.stop();
                });
    }

    private static void delete(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + folder, e);
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
