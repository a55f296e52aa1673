package io.tailwater.schemas.topic;

import io.tailwater.schemas.topic.TopicPlan.Existing;
import io.tailwater.schemas.topic.TopicPlan.Step;
import io.tailwater.schemas.topic.TopicPlan.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Looks at a cluster's topics, and brings them to the declared ones. Does not close the admin client it is given. */
public final class TopicCreator {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Admin admin;

    /** Works through the client. */
    public TopicCreator(Admin admin) {
        this.admin = admin;
    }

    /**
     * What would be done; changes nothing.
     *
     * @throws KafkaException when the cluster does not answer or refuses
     */
    public TopicPlan plan(TopicPlan.Options options) {
        List<Wanted> wanted = TopicPlan.declared(options);
        List<String> names = wanted.stream().map(Wanted::name).toList();
        List<String> present = await("listing topics", admin.listTopics().names()).stream()
                .filter(names::contains)
                .toList();
        return TopicPlan.compare(wanted, existing(present));
    }

    private Collection<Existing> existing(List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        List<ConfigResource> resources =
                names.stream().map(TopicCreator::resource).toList();
        Map<String, TopicDescription> described =
                await("describing topics", admin.describeTopics(names).allTopicNames());
        List<Existing> existing = new ArrayList<>();
        Map<ConfigResource, Config> configs =
                await("reading topic settings", admin.describeConfigs(resources).all());
        configs.forEach((resource, config) -> {
            Map<String, String> values = new HashMap<>();
            for (ConfigEntry entry : config.entries()) {
                if (entry.value() != null) {
                    values.put(entry.name(), entry.value());
                }
            }
            TopicDescription description = described.get(resource.name());
            if (description != null) {
                existing.add(
                        new Existing(resource.name(), description.partitions().size(), values));
            }
        });
        return existing;
    }

    /**
     * Creates what is missing and sets what differs. Topics with another number of partitions are left alone; several
     * processes may do this at once.
     *
     * @throws KafkaException when the cluster does not answer or refuses, e.g. too few brokers for the replication
     *     factor
     */
    public void apply(TopicPlan plan) {
        List<NewTopic> missing = new ArrayList<>();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.Create create -> missing.add(newTopic(create.wanted()));
                case Step.Reconfigure change ->
                    changes.put(resource(change.wanted().name()), operations(change));
                case Step.Keep keep -> {}
                case Step.WrongPartitions wrong -> {}
            }
        }
        admin.createTopics(missing).values().forEach(TopicCreator::awaitCreated);
        if (!changes.isEmpty()) {
            await(
                    "changing topic settings",
                    admin.incrementalAlterConfigs(changes).all());
        }
    }

    private static void awaitCreated(String name, KafkaFuture<Void> creation) {
        try {
            await("creating topic " + name, creation);
        } catch (KafkaException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static NewTopic newTopic(Wanted wanted) {
        return new NewTopic(wanted.name(), wanted.partitions(), wanted.replicationFactor()).configs(wanted.config());
    }

    private static Collection<AlterConfigOp> operations(Step.Reconfigure change) {
        return change.to().entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T await(String doing, KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(doing, e);
        } catch (ExecutionException e) {
            throw new KafkaException(doing + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException(doing + ": no answer within " + PATIENCE, e);
        }
    }
}
