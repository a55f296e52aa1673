package io.tailwater.ingest;

import io.tailwater.connections.ConfiguredConnection;
import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.ConnectionWriter;
import io.tailwater.connections.ConnectionsFile;
import io.tailwater.connections.ConnectionsFileException;
import io.tailwater.connections.SealException;
import io.tailwater.connections.SealingKey;
import io.tailwater.connector.Connector;
import io.tailwater.ingest.http.WebhookServer;
import io.tailwater.ingest.produce.ConnectionPublisher;
import io.tailwater.ingest.produce.DeliveryLog;
import io.tailwater.ingest.produce.KafkaProbe;
import io.tailwater.ingest.webhook.DeliveryExaminer;
import io.tailwater.service.AdminServer;
import io.tailwater.service.CheckResult;
import io.tailwater.service.HealthCheck;
import io.tailwater.service.Metrics;
import io.tailwater.service.OperatorListener;
import io.tailwater.service.Service;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway, running: the webhook listener and what it needs. */
public final class GatewayService implements Service {

    private static final Logger LOGGER = LoggerFactory.getLogger(GatewayService.class);

    private final Map<String, HealthCheck> checks;
    private final URI address;
    private final URI adminAddress;
    private final Deque<AutoCloseable> parts;

    private GatewayService(Map<String, HealthCheck> checks, URI address, URI adminAddress, Deque<AutoCloseable> parts) {
        this.checks = checks;
        this.address = address;
        this.adminAddress = adminAddress;
        this.parts = parts;
    }

    /**
     * Starts the gateway. Kafka and the schema registry may come later: until then deliveries are answered with 503.
     *
     * @param config what it is to do
     * @throws SealException when the sealing key is missing or unusable
     * @throws ConnectionsFileException when the connections file is
     * @throws RuntimeException naming the address, when a listener cannot be bound
     */
    public static GatewayService start(GatewayConfig config) {
        return start(
                config, (host, port, checks, metrics, connector) -> AdminServer.start(host, port, checks, metrics));
    }

    /**
     * Starts the gateway with another admin listener, such as one that serves pages too.
     *
     * @param config what it is to do
     * @param operators starts the listener at the configured admin address
     * @throws SealException when the sealing key is missing or unusable
     * @throws ConnectionsFileException when the connections file is
     * @throws RuntimeException naming the address, when a listener cannot be bound
     */
    public static GatewayService start(GatewayConfig config, AdminListenerStarter operators) {
        SealingKey key = SealingKey.from(config.connections());
        List<ConfiguredConnection> connections = config.connections()
                .file()
                .map(file -> ConnectionsFile.read(file, config.environment(), key))
                .orElse(List.of());
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(config, operators, key, connections, InstantSource.system(), parts);
        } catch (RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    private static GatewayService start(
            GatewayConfig config,
            AdminListenerStarter operators,
            SealingKey key,
            List<ConfiguredConnection> connections,
            InstantSource clock,
            Deque<AutoCloseable> parts) {
        Map<String, Object> kafka = config.kafka().clientProperties();
        Metrics metrics = opened(parts, Metrics.forService("gateway"));
        ConnectionStore store = opened(parts, ConnectionStore.follow(kafka, key));
        KafkaProbe probe = opened(parts, KafkaProbe.start(kafka));
        DeliveryLog deliveries = opened(
                parts,
                DeliveryLog.open(
                        kafka,
                        config.webhooks().maxBody().toInt(),
                        config.maxBlock(),
                        config.deliveryTimeout(),
                        metrics.registry()));
        Map<String, HealthCheck> checks = new LinkedHashMap<>();
        checks.put("kafka", probe::check);
        checks.put("connections", store::check);
        ConnectionPublisher publisher = opened(
                parts, ConnectionPublisher.start(connections, store, () -> ConnectionWriter.open(kafka, key, clock)));
        checks.put("connections-file", publisher::check);
        Connector connector = opened(parts, Connector.start(config.connector(), kafka, store, key, clock));
        checks.put("connector", connector::check);
        OperatorListener admin = opened(
                parts, operators.start(config.admin().host(), config.admin().port(), checks, metrics, connector));
        WebhookServer server = opened(
                parts,
                WebhookServer.start(
                        config.webhooks(),
                        config.maxBlock().plus(config.deliveryTimeout()),
                        config.stopTimeout(),
                        new DeliveryExaminer(publisher::lookup),
                        deliveries,
                        metrics.registry(),
                        clock));
        LOGGER.atInfo()
                .addKeyValue("webhooks", server.address())
                .addKeyValue("admin", admin.address())
                .log("the gateway listens");
        return new GatewayService(checks, server.address(), admin.address(), parts);
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public CheckResult ready() {
        Map<String, CheckResult> notWorking = new LinkedHashMap<>();
        checks.forEach((name, check) -> {
            CheckResult result = check.check();
            if (!result.isWorking()) {
                notWorking.put(name, result);
            }
        });
        return notWorking.isEmpty()
                ? CheckResult.working()
                : CheckResult.notWorking(notWorking.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue().detail())
                        .collect(Collectors.joining("; ")));
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(address);
    }

    @Override
    public Optional<URI> adminAddress() {
        return Optional.of(adminAddress);
    }

    @Override
    public void close() {
        closeAll(parts);
    }

    /** Notes a part, so that it is closed before those opened earlier. */
    private static <P extends AutoCloseable> P opened(Deque<AutoCloseable> parts, P part) {
        parts.push(part);
        return part;
    }

    private static synchronized void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOGGER.atError()
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .setCause(e)
                        .log("closing a part went wrong");
            }
        }
    }
}
