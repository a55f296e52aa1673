package io.tailwater.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tailwater.service.OperatorPages.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The listener for those who operate a service: {@code /health/live}, {@code /health/ready} and {@code /metrics}.
 *
 * <p>It asks for no login, so it binds to loopback unless configured otherwise.
 */
public final class AdminServer implements OperatorListener {

    private static final String JSON_TYPE = "application/json; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

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
        OperatorPages pages = new OperatorPages(checks, metrics);
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("binding the admin listener to " + host + ":" + port, e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> respond(exchange, pages));
        server.start();
        return new AdminServer(server, threads);
    }

    @Override
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

    private static void respond(HttpExchange exchange, OperatorPages pages) throws IOException {
        try (exchange) {
            Page answer =
                    answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), pages);
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

    private static Page answer(String method, String path, OperatorPages pages) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Page(405, JSON_TYPE, "{\"error\":\"only GET is served here\"}");
        }
        return pages.at(path).orElse(new Page(404, JSON_TYPE, "{\"error\":\"nothing is served here\"}"));
    }
}
