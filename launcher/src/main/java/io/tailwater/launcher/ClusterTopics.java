package io.tailwater.launcher;

import io.tailwater.schemas.topic.TopicCreator;
import io.tailwater.schemas.topic.TopicPlan;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Settings;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The product's topics on a cluster. */
public final class ClusterTopics {

    private static final short ONE_COPY = 1;

    private ClusterTopics() {}

    /** A client for looking at and creating topics; the caller closes it. */
    public static Admin admin(Settings settings) {
        Map<String, Object> properties = settings.load(KafkaSettings.class).clientProperties();
        properties.putIfAbsent("default.api.timeout.ms", 20_000);
        properties.putIfAbsent("request.timeout.ms", 10_000);
        return Admin.create(properties);
    }

    /** Creates what is missing, one copy of each record: for a broker of our own. */
    public static void createMissing(Settings settings) {
        try (Admin admin = admin(settings)) {
            TopicCreator creator = new TopicCreator(admin);
            creator.apply(creator.plan(new TopicPlan.Options(TopicPlan.Options.DEFAULT_PARTITIONS, ONE_COPY)));
        }
    }
}
