package io.tailwater.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our serializer against Confluent's real one, each with every example record of every topic. */
@ExtendWith(KafkaExtension.class)
class ConfluentInteroperabilityIT {

    private static final Path JAR = Path.of("target/confluent/confluent-avro.jar");

    private static ConfluentClasses confluent;
    private static TopicSerdes ours;

    @BeforeAll
    static void loadBoth(KafkaCluster cluster) throws Exception {
        assumeTrue(Files.exists(JAR), "Confluent's classes could not be fetched into " + JAR);
        confluent = new ConfluentClasses(JAR, cluster.schemaRegistryUrl());
        ours = TopicSerdes.of(cluster.clientProperties());
        assertThat(confluent.loaderOfSerializer()).isNotEqualTo(ConfluentInteroperabilityIT.class.getClassLoader());
    }

    @AfterAll
    static void unload() throws Exception {
        if (confluent != null) {
            confluent.close();
        }
    }

    static List<Topic<?, ?>> topics() {
        return Topics.ALL;
    }

    @ParameterizedTest
    @MethodSource("topics")
    <V extends SpecificRecord> void bothWriteTheSameBytes(Topic<?, V> topic) throws Exception {
        Serde<V> serde = ours.value(topic);
        for (V value : TopicExamples.of(topic)) {
            String schema = value.getSchema().toString();
            byte[] avro = TopicExamples.avro(value);

            byte[] registeredByThem = confluent.serialize(topic.name() + "-theirs", schema, avro);
            assertThat(serde.serializer().serialize(topic.name() + "-theirs", value))
                    .isEqualTo(registeredByThem);

            byte[] registeredByUs = serde.serializer().serialize(topic.name() + "-ours", value);
            assertThat(confluent.serialize(topic.name() + "-ours", schema, avro))
                    .isEqualTo(registeredByUs);
        }
    }

    /** What a build with the profile "confluent" runs: their classes on our versions of Avro and Kafka. */
    @Test
    void topicSerdesRunOnConfluentsClasses(KafkaCluster cluster) throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        classPath.add(JAR.toUri().toURL());
        try (URLClassLoader together =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(together);
            int compared = (int) Class.forName(ConfluentProfileRoundTrip.class.getName(), true, together)
                    .getMethod("compareAll", String.class)
                    .invoke(null, cluster.schemaRegistryUrl());
            assertThat(compared).isGreaterThanOrEqualTo(Topics.ALL.size());
        } finally {
            Thread.currentThread().setContextClassLoader(ConfluentInteroperabilityIT.class.getClassLoader());
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    <V extends SpecificRecord> void eachReadsWhatTheOtherWrote(Topic<?, V> topic) throws Exception {
        Serde<V> serde = ours.value(topic);
        for (V value : TopicExamples.of(topic)) {
            byte[] avro = TopicExamples.avro(value);

            byte[] byThem = confluent.serialize(topic.name(), value.getSchema().toString(), avro);
            assertThat(serde.deserializer().deserialize(topic.name(), byThem)).isEqualTo(value);

            byte[] byUs = serde.serializer().serialize(topic.name(), value);
            assertThat(confluent.deserialize(topic.name(), byUs)).isEqualTo(avro);
        }
    }
}
