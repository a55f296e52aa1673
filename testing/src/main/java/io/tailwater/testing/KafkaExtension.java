package io.tailwater.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a {@link KafkaCluster} to tests that ask for one as a parameter. The cluster is started once per JVM, when it
 * is first asked for, and stopped after the last test: Kafka in a container where Docker answers, the embedded broker
 * elsewhere. The system property {@code tailwater.test.kafka} ({@code container} or {@code embedded}) decides instead.
 */
public final class KafkaExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(KafkaExtension.class);

    /** Made by JUnit. */
    public KafkaExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(KafkaCluster.class, key -> startAndPrint(), RunningCluster.class);
    }

    private static RunningCluster startAndPrint() {
        RunningCluster cluster = RunningCluster.start(System.getProperty("tailwater.test.kafka", ""));
        System.out.println("Kafka for tests: " + cluster.description() + " at " + cluster.bootstrapServers());
        return cluster;
    }
}
