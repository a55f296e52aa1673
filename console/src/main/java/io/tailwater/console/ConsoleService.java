package io.tailwater.console;

import io.tailwater.console.activity.ActivityTopic;
import io.tailwater.console.connect.ConnectionDesk;
import io.tailwater.console.connect.ConnectorAccess;
import io.tailwater.console.connect.ReportEraser;
import io.tailwater.console.deadletter.DeadLetters;
import io.tailwater.console.http.ConsoleParts;
import io.tailwater.console.http.ConsoleServer;
import io.tailwater.console.model.Database;
import io.tailwater.console.model.ReadModel;
import io.tailwater.console.signin.Administrator;
import io.tailwater.console.signin.OpenIdConnect;
import io.tailwater.console.signin.Sessions;
import io.tailwater.console.signin.Throttle;
import io.tailwater.service.HealthCheck;
import io.tailwater.service.Metrics;
import io.tailwater.service.OperatorListener;
import io.tailwater.service.OperatorPages;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console, running: the read model and the listener that serves pages, API, health and metrics. */
public final class ConsoleService implements OperatorListener {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleService.class);
    private static final int FAILURES_OF_AN_ADDRESS = 5;
    private static final int FAILURES_EVERYWHERE = 50;
    private static final Duration FAILURES_COUNT = Duration.ofMinutes(5);

    private final ConsoleServer server;
    private final Administrator administrator;
    private final ConsoleConfig config;
    private final ReadModel model;
    private final Deque<AutoCloseable> parts;

    private ConsoleService(
            ConsoleServer server,
            Administrator administrator,
            ConsoleConfig config,
            ReadModel model,
            Deque<AutoCloseable> parts) {
        this.server = server;
        this.administrator = administrator;
        this.config = config;
        this.model = model;
        this.parts = parts;
    }

    /**
     * Starts the console. Kafka may come later: until then pages show what is in the read model.
     *
     * @param config what it is to do
     * @param connector connects Bitbucket
     * @param host address to bind to
     * @param port port, 0 for any free one
     * @param checks the parts of the service it belongs to
     * @param metrics what {@code /metrics} shows
     * @throws RuntimeException naming the address or the database, when it cannot be used
     */
    public static ConsoleService start(
            ConsoleConfig config,
            ConnectorAccess connector,
            String host,
            int port,
            Map<String, HealthCheck> checks,
            Metrics metrics) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(config, connector, host, port, new LinkedHashMap<>(checks), metrics, parts);
        } catch (RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    private static ConsoleService start(
            ConsoleConfig config,
            ConnectorAccess connector,
            String host,
            int port,
            Map<String, HealthCheck> checks,
            Metrics metrics,
            Deque<AutoCloseable> parts) {
        InstantSource clock = InstantSource.system();
        Map<String, Object> kafka = config.kafka().clientProperties();
        ReadModel model = ReadModel.follow(kafka, database(config), clock);
        parts.push(model);
        ActivityTopic activities = ActivityTopic.open(kafka);
        parts.push(activities);
        ReportEraser eraser = new ReportEraser(kafka, id -> model.pullRequests().reportedThrough(id));
        Administrator administrator = new Administrator(config.dataFolder().resolve("administrator.hash"));
        ConsoleServer server = ConsoleServer.start(
                host,
                port,
                new OperatorPages(checks, metrics),
                new ConsoleParts(
                        model,
                        new ConnectionDesk(connector, eraser, activities, clock),
                        connector.view(),
                        new DeadLetters(kafka),
                        activities,
                        administrator,
                        config.openId().issuer().map(issuer -> new OpenIdConnect(config.openId())),
                        new Sessions(config.sessionIdle(), config.sessionLifetime(), clock),
                        new Throttle(FAILURES_OF_AN_ADDRESS, FAILURES_EVERYWHERE, FAILURES_COUNT, clock),
                        config.apiKey(),
                        config.publicUrl(),
                        config.bitbucketUrl(),
                        clock));
        parts.push(server);
        return new ConsoleService(server, administrator, config, model, parts);
    }

    private static Database database(ConsoleConfig config) {
        ConsoleConfig.ReadModelDatabase given = config.database();
        return given.url()
                .map(url -> Database.open(url, given.user().orElse(""), given.password()))
                .orElseGet(() -> Database.inFolder(config.dataFolder()));
    }

    /** The read model, for those who wait for something to show up in it. */
    public ReadModel model() {
        return model;
    }

    /** Where the console is opened in a browser. */
    public URI console() {
        return config.publicUrl().orElse(address());
    }

    /** Where the administrator's password is set; empty when it is, or when there is a sign-in provider. */
    public Optional<URI> oneTimeLink() {
        if (config.openId().issuer().isPresent()) {
            return Optional.empty();
        }
        String base = console().toString().replaceAll("/+$", "");
        return administrator.oneTimeKey().map(key -> URI.create(base + "/setup?key=" + key));
    }

    @Override
    public URI address() {
        return server.address();
    }

    @Override
    public void close() {
        closeAll(parts);
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
                        .log("closing a part of the console went wrong");
            }
        }
    }
}
