package io.tailwater.console.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.tailwater.service.OperatorListener;
import io.tailwater.service.OperatorPages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.KafkaException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener for people: pages and API, beside the health and metrics of the service it belongs to. */
public final class ConsoleServer implements OperatorListener {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleServer.class);
    private static final long LARGEST_REQUEST = 64 * 1024;
    private static final long IDLE_MILLISECONDS = 30_000;
    private static final Map<String, String> ASSETS =
            Map.of("console.css", "text/css; charset=utf-8", "icon.svg", "image/svg+xml");

    private final Javalin javalin;
    private final URI address;

    private ConsoleServer(Javalin javalin, URI address) {
        this.javalin = javalin;
        this.address = address;
    }

    /**
     * Starts listening.
     *
     * @param host address to bind to
     * @param port port, 0 for any free one
     * @param operators health and metrics of the service
     * @param parts what pages and API are made of
     * @throws IllegalStateException naming host and port, when they cannot be bound
     */
    public static ConsoleServer start(String host, int port, OperatorPages operators, ConsoleParts parts) {
        Templates templates = new Templates(parts.clock());
        Gate gate = new Gate(parts, templates);
        Javalin javalin = Javalin.create(config -> {
            configure(config, host, port);
            route(config.routes, operators, parts, gate);
        });
        try {
            javalin.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException("binding the admin listener to " + host + ":" + port, e);
        }
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return new ConsoleServer(
                javalin,
                URI.create("http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":"
                        + javalin.port()));
    }

    private static void configure(JavalinConfig config, String host, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = LARGEST_REQUEST;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.addConnector((server, http) -> connector(server, http, host, port));
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, String host, int port) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLISECONDS);
        return connector;
    }

    private static void route(RoutesConfig routes, OperatorPages operators, ConsoleParts parts, Gate gate) {
        routes.before(gate::enter);
        for (String path : new String[] {"/health/live", "/health/ready", "/metrics"}) {
            routes.get(
                    path,
                    context -> operators
                            .at(path)
                            .ifPresent(page -> context.status(page.status())
                                    .contentType(page.contentType())
                                    .result(page.body())));
        }
        routes.get("/assets/{name}", ConsoleServer::asset);
        new SignInPages(parts, gate).register(routes);
        new ConnectionPages(parts).register(routes);
        new TokenPages(parts).register(routes);
        new PullRequestPages(parts).register(routes);
        new RecordPages(parts).register(routes);
        new Api(parts).register(routes);
        routes.exception(
                NoSuchElementException.class,
                (missing, context) -> problem(context, 404, "Not found", String.valueOf(missing.getMessage())));
        routes.exception(
                HttpResponseException.class,
                (refused, context) -> problem(
                        context,
                        refused.getStatus(),
                        refused.getStatus() == 404 ? "Not found" : "This cannot be done",
                        refused.getStatus() == 404 ? "There is no such page." : String.valueOf(refused.getMessage())));
        routes.exception(KafkaException.class, (away, context) -> {
            LOGGER.atError().setCause(away).log("a request needed Kafka, which did not answer");
            problem(context, 503, "Kafka does not answer", "It may be that nothing was done. Try again in a moment.");
        });
        routes.exception(Exception.class, (fault, context) -> {
            LOGGER.atError().setCause(fault).log("handling a request went wrong");
            problem(context, 500, "Something went wrong", "The log of the gateway says more.");
        });
    }

    /** Says what went wrong in the way the request asked: as a page, or as the API's JSON. */
    private static void problem(Context context, int status, String title, String text) {
        Visit visit = context.attribute("visit");
        if (context.path().startsWith("/api/")) {
            Api.problem(context, status, title.toLowerCase(Locale.ROOT).replace(' ', '-'), text);
        } else if (visit != null) {
            visit.show(status, "problem", "", Map.of("title", title, "text", text));
        } else {
            context.status(status).contentType("text/plain; charset=utf-8").result(title);
        }
    }

    private static void asset(Context context) {
        String name = context.pathParam("name");
        String type = ASSETS.get(name);
        if (type == null) {
            throw new NoSuchElementException("There is no such file.");
        }
        try (InputStream file = ConsoleServer.class.getResourceAsStream("/io/tailwater/console/assets/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the file " + name + " is missing from the build");
            }
            context.contentType(type).header("Cache-Control", "max-age=300").result(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
