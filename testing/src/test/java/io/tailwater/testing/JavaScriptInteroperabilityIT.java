package io.tailwater.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.schemas.topic.WorkspaceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our topics read and written by Confluent's JavaScript client; skipped, with the reason, without node or npm. */
@ExtendWith(KafkaExtension.class)
class JavaScriptInteroperabilityIT {

    private static final Path SCRIPTS = Path.of("src/test/resources/javascript");
    private static final Path FOLDER = Path.of("target/javascript");
    private static final WorkspaceKey KEY = new WorkspaceKey("{w}");

    @BeforeAll
    static void installClient() throws Exception {
        Files.createDirectories(FOLDER);
        assumeTrue(run(Duration.ofSeconds(20), "node", "--version"), "node is not installed");
        assumeTrue(run(Duration.ofSeconds(20), "npm", "--version"), "npm is not installed");
        for (String file : List.of("package.json", "copy-topics.js")) {
            Files.copy(SCRIPTS.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.isDirectory(FOLDER.resolve("node_modules/kafkajs"))) {
            boolean installed = run(Duration.ofMinutes(5), "npm", "install", "--no-audit", "--no-fund");
            if (!installed) {
                abort("npm could not install Confluent's client: " + output());
            }
        }
    }

    @Test
    void copiesEveryExampleUnchanged(KafkaCluster cluster) throws Exception {
        TypedTopics topics = new TypedTopics(cluster);
        List<String> command = new ArrayList<>(
                List.of("node", "copy-topics.js", cluster.bootstrapServers(), cluster.schemaRegistryUrl()));
        List<NewTopic> created = new ArrayList<>();
        for (Topic<?, ?> topic : Topics.ALL) {
            created.add(new NewTopic(source(topic).name(), 1, (short) 1));
            created.add(new NewTopic(copy(topic).name(), 1, (short) 1));
        }
        try (Admin admin = cluster.admin()) {
            admin.createTopics(created).all().get(30, TimeUnit.SECONDS);
        }
        for (Topic<?, ?> topic : Topics.ALL) {
            int count = write(topics, source(topic));
            command.addAll(List.of(source(topic).name(), copy(topic).name(), String.valueOf(count)));
        }

        boolean copied = run(Duration.ofMinutes(2), command.toArray(String[]::new));

        assertThat(copied).as(output()).isTrue();
        for (Topic<?, ?> topic : Topics.ALL) {
            assertThat(topics.readAll(copy(topic)))
                    .as(topic.name())
                    .extracting(ConsumerRecord::value)
                    .isEqualTo(TopicExamples.of(topic));
        }
    }

    private static <V extends SpecificRecord> int write(TypedTopics topics, Topic<WorkspaceKey, V> topic)
            throws IOException {
        List<V> values = TopicExamples.of(topic);
        values.forEach(value -> topics.send(topic, KEY, value));
        return values.size();
    }

    private static <V extends SpecificRecord> Topic<WorkspaceKey, V> source(Topic<? extends RecordKey, V> topic) {
        return renamed(topic, "-for-javascript");
    }

    private static <V extends SpecificRecord> Topic<WorkspaceKey, V> copy(Topic<? extends RecordKey, V> topic) {
        return renamed(topic, "-from-javascript");
    }

    private static <V extends SpecificRecord> Topic<WorkspaceKey, V> renamed(Topic<?, V> topic, String suffix) {
        return new Topic<>(topic.name() + suffix, WorkspaceKey::parse, topic.valueType(), topic.kept());
    }

    /** Whether the command ended in time and with 0; what it said stands in {@link #output}. */
    private static boolean run(Duration patience, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("output.txt").toFile())
                    .start();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String output() throws IOException {
        return Files.readString(FOLDER.resolve("output.txt"));
    }
}
