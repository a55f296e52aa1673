package io.tailwater.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;

/** Just enough of a registry to register, look up and read schemas, and to misbehave on request. */
final class FakeRegistry implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<Integer>> subjects = new HashMap<>();
    private final List<String> schemas = new ArrayList<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Answer> scripted = new ArrayDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    private record Answer(int status, String body) {}

    FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("starting the fake registry", e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return "http://" + address();
    }

    /** The next request is answered with this instead; status 0 means never. */
    synchronized void answerNext(int status, String body) {
        scripted.add(new Answer(status, body));
    }

    /** Puts a schema under a subject as another program would have. */
    synchronized int put(String subject, Schema schema) {
        String text = schema.toString();
        if (!schemas.contains(text)) {
            schemas.add(text);
        }
        int id = schemas.indexOf(text) + 1;
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    /** "METHOD path" of every request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** {@code Authorization} headers so far. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) {
                authorizations.add(authorization);
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = answer(exchange, body);
            if (answer.status() == 0) {
                closing.await();
                return;
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Answer answer(HttpExchange exchange, byte[] body) throws IOException {
        if (!scripted.isEmpty()) {
            return scripted.pop();
        }
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
        if ("schemas".equals(path[0])) {
            int id = Integer.parseInt(path[2]);
            return id < 1 || id > schemas.size()
                    ? new Answer(404, "{\"error_code\":40403,\"message\":\"Schema " + id + " not found\"}")
                    : new Answer(
                            200,
                            JSON.createObjectNode()
                                    .put("schema", schemas.get(id - 1))
                                    .toString());
        }
        String subject = path[1];
        if ("GET".equals(exchange.getRequestMethod())) {
            int id = subjects.getOrDefault(subject, List.of()).getLast();
            return new Answer(
                    200,
                    JSON.createObjectNode()
                            .put("id", id)
                            .put("schema", schemas.get(id - 1))
                            .toString());
        }
        JsonNode sent = JSON.readTree(body).path("schema");
        Schema schema = new Schema.Parser().parse(sent.asText());
        if (path.length == 2 && !subjects.containsKey(subject)) {
            return new Answer(404, "{\"error_code\":40401,\"message\":\"Subject '" + subject + "' not found.\"}");
        }
        return new Answer(200, "{\"id\":" + put(subject, schema) + "}");
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
