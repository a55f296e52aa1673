package io.tailwater.service;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How to reach Kafka and the schema registry; nested in the configuration record of each service.
 *
 * @param bootstrapServers brokers, {@code host:port}, comma-separated
 * @param schemaRegistryUrl address of the schema registry
 * @param client further properties for every Kafka client and serializer; hidden, since credentials are among them
 */
public record KafkaSettings(
        @Setting(
                key = "kafka.bootstrap-servers",
                meaning = "Kafka brokers to start from, `host:port`, comma-separated.")
        String bootstrapServers,

        @Setting(key = "kafka.schema-registry-url", meaning = "Address of the schema registry.")
        URI schemaRegistryUrl,

        @Setting(
                key = "kafka.client.",
                meaning = "Any further property of the Kafka clients and serializers, such as `security.protocol`"
                        + " or `sasl.jaas.config`; values are treated as secrets.")
        Map<String, Secret> client) {

    /** Settings without further properties, for tests and embedded starts. */
    public static KafkaSettings of(String bootstrapServers, URI schemaRegistryUrl) {
        return new KafkaSettings(bootstrapServers, schemaRegistryUrl, Map.of());
    }

    /** @throws IllegalArgumentException when no broker is named */
    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("kafka.bootstrap-servers names no broker");
        }
        client = Map.copyOf(client);
    }

    /**
     * Properties for a client, in the clear: {@code bootstrap.servers}, {@code schema.registry.url} and the further
     * ones, which go before those two. A new map each time, to be added to.
     */
    public Map<String, Object> clientProperties() {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("schema.registry.url", schemaRegistryUrl.toString());
        client.forEach((key, value) -> properties.put(key, value.use(Function.identity())));
        return properties;
    }
}
