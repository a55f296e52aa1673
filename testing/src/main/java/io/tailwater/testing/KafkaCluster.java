package io.tailwater.testing;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A running Kafka cluster with a schema registry, shared by all tests of a JVM: use topic and group names of your own. */
public interface KafkaCluster {

    /** Value for Kafka's {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Value for {@code schema.registry.url}. */
    String schemaRegistryUrl();

    /** What it is, for people: "embedded broker" or the container's image. */
    String description();

    /** Properties for a client that has only these needs. */
    default Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrapServers(), "schema.registry.url", schemaRegistryUrl());
    }

    /** An admin client; the caller closes it. */
    default Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }
}
