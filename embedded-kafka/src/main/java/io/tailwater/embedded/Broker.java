package io.tailwater.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's own server, broker and controller in one, listening on loopback. */
final class Broker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final int NODE = 1;
    private static final int TRIES_FOR_FREE_PORTS = 3;

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private record Ports(int broker, int controller) {}

    private Broker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker on the folder, which is formatted when it is new.
     *
     * @param brokerPort fixed port, or 0 for any free one
     */
    static Broker start(Path folder, int brokerPort) {
        for (int attempt = 1; ; attempt++) {
            Ports ports = ports(brokerPort);
            try {
                return startOn(folder, ports);
            } catch (Exception e) {
                // Between finding a free port and binding it, somebody else may have taken it.
                if (!causedByBind(e) || attempt == TRIES_FOR_FREE_PORTS) {
                    throw new EmbeddedKafkaException("starting Kafka in " + folder + " on port " + ports.broker(), e);
                }
                LOG.info("port {} or {} was taken meanwhile, trying others", ports.broker(), ports.controller());
            }
        }
    }

    private static Broker startOn(Path folder, Ports ports) throws Exception {
        Path logs = Files.createDirectories(folder.resolve("kafka"));
        Properties properties = properties(logs, ports);
        if (!Files.exists(logs.resolve("meta.properties"))) {
            format(logs);
        }
        requireOurNode(logs.resolve("meta.properties"));
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        try {
            server.startup();
        } catch (Throwable e) {
            server.shutdown();
            server.awaitShutdown();
            throw e;
        }
        return new Broker(server, "127.0.0.1:" + ports.broker());
    }

    private static void format(Path logs) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(out)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        }
        LOG.debug("{}", said.toString(StandardCharsets.UTF_8));
    }

    private static void requireOurNode(Path metaProperties) throws IOException {
        Properties meta = new Properties();
        try (InputStream file = Files.newInputStream(metaProperties)) {
            meta.load(file);
        }
        String node = meta.getProperty("node.id");
        if (!String.valueOf(NODE).equals(node)) {
            throw new IOException(metaProperties + " belongs to a broker with node.id " + node + ", not to ours");
        }
    }

    /**
     * One node that answers quickly: nothing to wait for when the only member of a group joins, one replica of
     * everything, few partitions for Kafka's own topics.
     */
    private static Properties properties(Path logs, Ports ports) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE));
        properties.put("log.dirs", logs.toString());
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports.broker() + ",CONTROLLER://127.0.0.1:" + ports.controller());
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports.broker());
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + ports.controller());

        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");

        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.consumer.min.heartbeat.interval.ms", "500");
        properties.put("group.consumer.heartbeat.interval.ms", "500");
        properties.put("group.streams.initial.rebalance.delay.ms", "0");
        properties.put("group.streams.min.heartbeat.interval.ms", "500");
        properties.put("group.streams.heartbeat.interval.ms", "500");

        // After a crash the next start waits for the end of the session that the dead broker left behind.
        properties.put("broker.session.timeout.ms", "5000");
        properties.put("broker.heartbeat.interval.ms", "500");
        // A memory cushion for compaction that suits a laptop.
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 * 1024 * 1024));
        return properties;
    }

    private static Ports ports(int brokerPort) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket broker = new ServerSocket(brokerPort, 1, loopback);
                ServerSocket controller = new ServerSocket(0, 1, loopback)) {
            return new Ports(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new EmbeddedKafkaException("taking port " + brokerPort + " for Kafka: " + e.getMessage(), e);
        }
    }

    private static boolean causedByBind(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
