package io.tailwater.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.TopicCreator;
import io.tailwater.schemas.topic.TopicPlan;
import io.tailwater.schemas.topic.TopicPlan.Step;
import io.tailwater.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class TypedTopicsIT {

    private static final TopicPlan.Options OPTIONS = new TopicPlan.Options(3, (short) 1);

    @BeforeAll
    static void createTopics(KafkaCluster cluster) {
        try (Admin admin = cluster.admin()) {
            TopicCreator creator = new TopicCreator(admin);
            creator.apply(creator.plan(OPTIONS));
        }
    }

    @Test
    void createsTopicsOnceAndRepairsTheirSettings(KafkaCluster cluster) throws Exception {
        try (Admin admin = cluster.admin()) {
            TopicCreator creator = new TopicCreator(admin);
            assertThat(creator.plan(OPTIONS).isDone()).isTrue();
            var drift = new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, Topics.CHANGE_SETS.name()), List.of(drift)))
                    .all()
                    .get(30, TimeUnit.SECONDS);

            TopicPlan plan = creator.plan(OPTIONS);
            assertThat(plan.steps())
                    .filteredOn(step -> !(step instanceof Step.Keep))
                    .singleElement()
                    .satisfies(step -> assertThat(step.wanted().name()).isEqualTo("change-sets.v1"));
            creator.apply(plan);
            assertThat(creator.plan(OPTIONS).isDone()).isTrue();

            TopicPlan other = creator.plan(new TopicPlan.Options(5, (short) 1));
            assertThat(other.wrongPartitions()).hasSameSizeAs(other.steps());
        }
    }

    @Test
    void readsBackWhatWasWrittenTombstonesIncluded(KafkaCluster cluster) {
        TypedTopics topics = new TypedTopics(cluster);
        PullRequestKey key = new PullRequestKey("{w}", "{r}", 7);
        Publication publication = Examples.publication(key);

        topics.send(Topics.PUBLICATIONS, key, publication);
        topics.send(Topics.PUBLICATIONS, key, null);

        assertThat(topics.await(Topics.PUBLICATIONS, Duration.ofSeconds(30), found -> found.size() == 2))
                .extracting(ConsumerRecord::value)
                .containsExactly(publication, null);
        assertThat(topics.readAll(Topics.PUBLICATIONS))
                .extracting(ConsumerRecord::key)
                .containsExactly(key, key);
    }

    @Test
    void saysWhatItFoundWhenItWaitedInVain(KafkaCluster cluster) {
        assertThatThrownBy(() -> new TypedTopics(cluster)
                        .await(Topics.CONNECTIONS, Duration.ofMillis(300), found -> !found.isEmpty()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("connections.v1; found 0");
    }

    @Test
    void namesTopicAndReasonOfPoison(KafkaCluster cluster) throws Exception {
        byte[] key = "{w}/{r}".getBytes(StandardCharsets.UTF_8);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.REPOSITORY_EVENTS.name(), key, new byte[] {0, 0, 0, 99, 99, 1}))
                    .get(30, TimeUnit.SECONDS);
        }
        assertThatThrownBy(() -> new TypedTopics(cluster).readAll(Topics.REPOSITORY_EVENTS))
                .isInstanceOf(RecordDeserializationException.class)
                .cause()
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("repository-events.v1")
                .hasMessageContaining("40403");
    }
}
