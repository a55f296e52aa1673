package io.tailwater.pranalyzer;

import io.tailwater.testing.KafkaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic's values as bytes. */
final class RawTopic {

    private RawTopic() {}

    /** Every value from the start of the topic on, until the one that is waited for is among them. */
    static List<byte[]> await(KafkaCluster cluster, String topic, byte[] expected, Duration patience) {
        List<byte[]> found = new ArrayList<>();
        long end = System.nanoTime() + patience.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (found.stream().noneMatch(value -> Arrays.equals(value, expected))) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("waited " + patience + " for a record of " + topic);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(record.value()));
            }
        }
        return found;
    }
}
