package io.tailwater.launcher;

import io.tailwater.pranalyzer.AnalyzerConfig;
import io.tailwater.pranalyzer.AnalyzerService;
import io.tailwater.publisher.PublisherConfig;
import io.tailwater.publisher.PublisherService;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.CheckResult;
import io.tailwater.service.Service;
import io.tailwater.service.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The three services in this process: started so that nothing is accepted before it can be handled, stopped gateway first.
 */
public final class Pipeline implements AutoCloseable {

    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(100);

    private final List<Service> services = new ArrayList<>();

    private Pipeline() {}

    /**
     * Starts publisher, analyzer and gateway.
     *
     * @param settings configuration of all three
     * @param progress told the name of each service before it starts
     */
    public static Pipeline start(Settings settings, Consumer<String> progress) {
        List<Class<? extends Record>> configuration = new ArrayList<>(GatewayWithConsole.CONFIGURATION);
        configuration.add(PublisherConfig.class);
        configuration.add(AnalyzerConfig.class);
        settings.check(configuration);
        Pipeline pipeline = new Pipeline();
        try {
            progress.accept("publisher");
            pipeline.services.add(PublisherService.start(settings.load(PublisherConfig.class)));
            progress.accept("analyzer");
            pipeline.services.add(AnalyzerService.start(settings.load(AnalyzerConfig.class)));
            progress.accept("gateway");
            pipeline.services.add(GatewayWithConsole.start(settings));
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    /**
     * Waits until every service can do its work.
     *
     * @throws IllegalStateException saying what is not ready, when the time is over
     */
    public void awaitReady(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (Service service : services) {
            CheckResult result = service.ready();
            while (!result.isWorking()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the " + service.name() + " is not ready after "
                            + atMost.toSeconds() + " s: " + result.detail());
                }
                Thread.sleep(BETWEEN_CHECKS);
                result = service.ready();
            }
        }
    }

    /** The services, publisher first. */
    public List<Service> services() {
        return List.copyOf(services);
    }

    /** The gateway, with its console. */
    public GatewayWithConsole gateway() {
        return (GatewayWithConsole) services.getLast();
    }

    /** Where webhooks of a connection are taken. */
    public URI webhooks(ConnectionId connection) {
        return services.getLast()
                .address()
                .orElseThrow(() -> new IllegalStateException("the gateway has no address"))
                .resolve("/webhooks/bitbucket/" + connection.value());
    }

    @Override
    public void close() {
        for (Service service : services.reversed()) {
            service.close();
        }
        services.clear();
    }
}
