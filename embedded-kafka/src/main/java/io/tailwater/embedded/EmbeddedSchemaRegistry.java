package io.tailwater.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry in this process, on loopback: the part of Confluent's interface that serializers and their tools
 * use. Schemas live in the cluster's {@code _schemas} topic. Several of these on one cluster would overwrite each
 * other; for more than one process, run a real registry on the same topic.
 */
public final class EmbeddedSchemaRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSchemaRegistry.class);
    private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads;
    private final SchemaCatalog catalog;
    private final RegistryRoutes routes;

    private EmbeddedSchemaRegistry(HttpServer server, SchemaCatalog catalog) {
        this.server = server;
        this.catalog = catalog;
        this.routes = new RegistryRoutes(catalog);
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    /**
     * Reads the topic and starts to answer.
     *
     * @param bootstrapServers the cluster that keeps the schemas
     * @param port port on loopback, 0 for any free one
     * @throws EmbeddedKafkaException when the cluster does not answer or the port is taken
     */
    public static EmbeddedSchemaRegistry start(String bootstrapServers, int port) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new EmbeddedKafkaException("taking port " + port + " for the schema registry: " + e.getMessage(), e);
        }
        SchemaCatalog catalog;
        try {
            catalog = SchemaCatalog.open(bootstrapServers);
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
        EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry(server, catalog);
        server.createContext("/", registry::handle);
        server.setExecutor(registry.threads);
        server.start();
        return registry;
    }

    /** Value for {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode answer;
            int status = 200;
            try {
                answer = routes.answer(
                        exchange.getRequestMethod(),
                        path(exchange),
                        exchange.getRequestURI().getRawQuery(),
                        body(exchange));
            } catch (RegistryError e) {
                status = e.status();
                answer = error(e.code(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("answering {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                status = 500;
                answer = error(50001, "Error in the backend data store");
            }
            byte[] bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static JsonNode error(int code, String message) {
        return JsonNodeFactory.instance.objectNode().put("error_code", code).put("message", message);
    }

    private static List<String> path(HttpExchange exchange) {
        return Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
        if (bytes.length > MAX_REQUEST_BYTES) {
            throw new RegistryError(413, 413, "request larger than " + MAX_REQUEST_BYTES + " bytes");
        }
        if (bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new RegistryError(400, 400, "request is not JSON: " + e.getOriginalMessage());
        }
    }

    /** Stops answering; the schemas stay in the topic. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        catalog.close();
    }
}
