package io.tailwater.ingest.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailwater.ingest.produce.DeliveryStore;
import io.tailwater.ingest.webhook.Answer;
import io.tailwater.ingest.webhook.DeliveryExaminer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public listener: serves webhooks and nothing else. */
public final class WebhookServer implements AutoCloseable {

    static final String CONNECTION = "connection";

    private static final Logger LOGGER = LoggerFactory.getLogger(WebhookServer.class);
    private static final int WAITING_CONNECTIONS = 1_024;
    private static final String PATH = "/webhooks/bitbucket/{" + CONNECTION + "}";

    private final Javalin javalin;
    private final ExecutorService answering;
    private final URI address;

    private WebhookServer(Javalin javalin, ExecutorService answering, URI address) {
        this.javalin = javalin;
        this.answering = answering;
        this.address = address;
    }

    /**
     * Starts listening.
     *
     * @param storing how long storing a delivery may take
     * @param stopTimeout how long {@link #close} waits for requests in flight
     * @throws IllegalStateException naming host and port, when they cannot be bound
     */
    public static WebhookServer start(
            WebhookListener listener,
            Duration storing,
            Duration stopTimeout,
            DeliveryExaminer examiner,
            DeliveryStore deliveries,
            MeterRegistry meters,
            InstantSource clock) {
        ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
        BodyReader bodies = new BodyReader(listener.maxBody().toInt(), listener.readTimeout(), System::nanoTime);
        WebhookHandler handler =
                new WebhookHandler(examiner, bodies, deliveries, meters, clock, listener.maxConcurrent(), answering);
        Duration idle = listener.readTimeout().plus(storing);
        Javalin javalin = Javalin.create(javalinConfig -> {
            configure(javalinConfig, listener, idle, stopTimeout);
            route(javalinConfig, handler);
        });
        try {
            javalin.start();
        } catch (RuntimeException e) {
            answering.close();
            throw new IllegalStateException(
                    "binding the webhook listener to " + listener.host() + ":" + listener.port(), e);
        }
        return new WebhookServer(javalin, answering, address(listener.host(), javalin.port()));
    }

    private static void configure(JavalinConfig config, WebhookListener listener, Duration idle, Duration stopTimeout) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendDateHeader(true);
        });
        config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler());
            server.setStopTimeout(stopTimeout.toMillis());
        });
        config.jetty.addConnector((server, http) -> connector(server, http, listener, idle));
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, WebhookListener listener, Duration idle) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(listener.host());
        connector.setPort(listener.port());
        connector.setAcceptQueueSize(WAITING_CONNECTIONS);
        connector.setIdleTimeout(idle.toMillis());
        return connector;
    }

    private static void route(JavalinConfig config, WebhookHandler handler) {
        config.routes.post(PATH, handler::handle);
        config.routes.exception(
                HttpResponseException.class,
                (refused, context) -> handler.answerOther(
                        context, refused.getStatus() == 405 ? Answer.METHOD_NOT_ALLOWED : Answer.NOT_FOUND));
        config.routes.exception(Exception.class, (fault, context) -> {
            LOGGER.atError().setCause(fault).log("handling a request went wrong");
            handler.answerOther(context, Answer.INTERNAL_ERROR);
        });
    }

    /** Where it listens, the port being the real one. */
    public URI address() {
        return address;
    }

    private static URI address(String host, int port) {
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return URI.create("http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port);
    }

    /** Stops accepting, waits for requests in flight within the stop timeout. */
    @Override
    public void close() {
        javalin.stop();
        answering.close();
    }
}
