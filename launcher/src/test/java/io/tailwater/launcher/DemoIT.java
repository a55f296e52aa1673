package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tailwater.launcher.demo.DemoRun;
import io.tailwater.launcher.demo.DemoWorld;
import io.tailwater.service.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The demo as it stands in the README, and where its credentials got to. */
class DemoIT {

    @Test
    void everyExpectedCommentStandsAndNoCredentialIsAnywhereInTheClear(@TempDir Path folder) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger ours = (Logger) LoggerFactory.getLogger("io.tailwater");
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ours.setLevel(Level.DEBUG);
        log.start();
        root.addAppender(log);
        StringWriter printed = new StringWriter();
        List<String> places = new ArrayList<>();
        List<Secret> credentials;
        try (DemoWorld world = DemoWorld.start(
                folder,
                Configuration.read(Optional.empty(), Map.of()),
                step -> printed.append(step).append('\n'))) {
            credentials = world.credentials();
            boolean passed = new DemoRun(world, new PrintWriter(printed), Duration.ofSeconds(120))
                    .examples(folder.resolve("repositories"));
            assertThat(passed).as(printed.toString()).isTrue();
            places.addAll(topics(world.clientProperties()));
        } finally {
            root.detachAppender(log);
        }
        // The comments are among what was printed.
        places.add(printed.toString());
        for (ILoggingEvent event : List.copyOf(log.list)) {
            places.add(event.getFormattedMessage() + event.getKeyValuePairs() + event.getThrowableProxy());
        }
        places.addAll(files(folder));
        assertThat(places).hasSizeGreaterThan(1_000);
        for (Secret credential : credentials) {
            String value = credential.use(Function.identity());
            assertThat(places).noneMatch(place -> place.contains(value));
        }
    }

    /** Every record of every topic, decompressed, keys and headers included. */
    private static List<String> topics(Map<String, Object> clientProperties) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        List<String> texts = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    texts.add(text(record.key()) + text(record.value()));
                    for (Header header : record.headers()) {
                        texts.add(text(header.value()));
                    }
                }
            }
        }
        return texts;
    }

    /** Every file the run left: Kafka's log segments, mirrors, state stores, configuration. */
    private static List<String> files(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                if (Files.size(file) < 64 << 20) {
                    texts.add(text(Files.readAllBytes(file)));
                }
            }
        }
        return texts;
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
