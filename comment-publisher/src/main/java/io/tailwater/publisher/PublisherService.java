package io.tailwater.publisher;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.bitbucket.http.Limits;
import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.SealingKey;
import io.tailwater.publisher.consume.ConsumeSettings;
import io.tailwater.publisher.consume.Publishing;
import io.tailwater.publisher.publish.BitbucketAccess;
import io.tailwater.publisher.publish.CommentPublisher;
import io.tailwater.publisher.publish.Planner;
import io.tailwater.publisher.publish.RetryPolicies;
import io.tailwater.publisher.render.CommentLinks;
import io.tailwater.publisher.render.CommentRenderer;
import io.tailwater.service.AdminServer;
import io.tailwater.service.CheckResult;
import io.tailwater.service.HealthCheck;
import io.tailwater.service.Metrics;
import io.tailwater.service.Service;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The comment publisher: reports in, one comment a pull request out. */
public final class PublisherService implements Service {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ConnectionStore connections;
    private final Publishing publishing;
    private final AdminServer admin;

    private PublisherService(PublisherConfig config) {
        try {
            InstantSource clock = InstantSource.system();
            Map<String, Object> client = config.kafka().clientProperties();
            Metrics metrics = keep(Metrics.forService("publisher"));
            connections = keep(ConnectionStore.follow(client, SealingKey.from(config.connections())));
            Bitbucket bitbucket = keep(new Bitbucket(config.apiUrl(), limits(config), clock));
            CommentLinks links = new CommentLinks(config.gitUrl(), config.reportUrl());
            Planner planner = new Planner(new CommentRenderer(links), config.rules(), clock);
            publishing = keep(Publishing.start(
                    client,
                    consumeSettings(config),
                    new Publishing.Parts(
                            planner,
                            new CommentPublisher(planner, links),
                            new BitbucketAccess(bitbucket),
                            connections::lookup,
                            RetryPolicies.standard()),
                    metrics.registry()));
            Map<String, HealthCheck> checks = new LinkedHashMap<>();
            checks.put("connections", connections::check);
            checks.put("reports", publishing::check);
            admin = keep(AdminServer.start(config.admin().host(), config.admin().port(), checks, metrics));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts the service; work begins once Kafka answers.
     *
     * @throws RuntimeException saying what is missing, when the sealing key cannot be read or the listener not be bound
     */
    public static PublisherService start(PublisherConfig config) {
        return new PublisherService(config);
    }

    private static Limits limits(PublisherConfig config) {
        return new Limits(
                Limits.DEFAULT.connectTimeout(),
                config.requestTimeout(),
                Limits.DEFAULT.maxBodyBytes(),
                Limits.DEFAULT.maxPages());
    }

    private static ConsumeSettings consumeSettings(PublisherConfig config) {
        return new ConsumeSettings(
                config.group(),
                config.parallelism(),
                config.maxPending(),
                config.maxParked(),
                config.parkedProbe(),
                config.handOver());
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public String name() {
        return "publisher";
    }

    @Override
    public CheckResult ready() {
        CheckResult store = connections.check();
        return store.isWorking() ? publishing.check() : store;
    }

    @Override
    public Optional<URI> address() {
        return Optional.empty();
    }

    @Override
    public Optional<URI> adminAddress() {
        return Optional.of(admin.address());
    }

    @Override
    public void close() {
        RuntimeException fault = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                fault = new IllegalStateException("stopping the publisher", e);
            }
        }
        if (fault != null) {
            throw fault;
        }
    }
}
