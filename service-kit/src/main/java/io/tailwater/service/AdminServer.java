package io.tailwater.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener for those who operate a service: {@code /health/live}, {@code /health/ready} and {@code /metrics}.
 *
 * <p>It asks for no login, so it binds to loopback unless configured otherwise.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(AdminServer.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final String JSON_TYPE = "application/json; charset=utf-8";
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private record Answer(int status, String contentType, String body) {}

    private AdminServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts listening.
     *
     * @param host address to bind to
     * @param port port, 0 for any free one
     * @param checks the parts of the service by name; it is ready while all of them work
     * @param metrics what {@code /metrics} shows
     * @throws UncheckedIOException naming host and port, when they cannot be bound
     */
    public static AdminServer start(String host, int port, Map<String, HealthCheck> checks, Metrics metrics) {
        Map<String, HealthCheck> parts = new LinkedHashMap<>(checks);
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("binding the admin listener to " + host + ":" + port, e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> respond(exchange, parts, metrics));
        server.start();
        return new AdminServer(server, threads);
    }

    /** Where it listens, the port being the real one. */
    public URI address() {
        InetSocketAddress bound = server.getAddress();
        String host = bound.getHostString();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private static void respond(HttpExchange exchange, Map<String, HealthCheck> checks, Metrics metrics)
            throws IOException {
        try (exchange) {
            Answer answer =
                    answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), checks, metrics);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Answer answer(String method, String path, Map<String, HealthCheck> checks, Metrics metrics) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Answer(405, JSON_TYPE, "{\"error\":\"only GET is served here\"}");
        }
        return switch (path) {
            case "/health/live" -> new Answer(200, JSON_TYPE, "{\"status\":\"live\"}");
            case "/health/ready" -> readiness(checks);
            case "/metrics" -> new Answer(200, METRICS_TYPE, metrics.scrape());
            default -> new Answer(404, JSON_TYPE, "{\"error\":\"nothing is served here\"}");
        };
    }

    private static Answer readiness(Map<String, HealthCheck> checks) {
        Map<String, CheckResult> results = new LinkedHashMap<>();
        checks.forEach((name, check) -> results.put(name, ask(name, check)));
        boolean ready = results.values().stream().allMatch(CheckResult::isWorking);
        return new Answer(ready ? 200 : 503, JSON_TYPE, toJson(ready, results));
    }

    private static CheckResult ask(String name, HealthCheck check) {
        try {
            return check.check();
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("check", name).setCause(e).log("a health check itself went wrong");
            return CheckResult.notWorking(
                    "the check itself went wrong: " + e.getClass().getSimpleName());
        }
    }

    private static String toJson(boolean ready, Map<String, CheckResult> results) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("status", ready ? "ready" : "not ready");
            json.writeObjectFieldStart("checks");
            for (Map.Entry<String, CheckResult> result : results.entrySet()) {
                json.writeObjectFieldStart(result.getKey());
                json.writeBooleanField("working", result.getValue().isWorking());
                json.writeStringField("detail", result.getValue().detail());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }
}
