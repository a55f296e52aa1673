package io.tailwater.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a schema registry, and remembers what never changes: the schema of an id, and the id of a schema under a
 * subject. Safe for many threads. The constructor does no I/O.
 */
final class SchemaRegistryClient {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;
    private static final int MAX_SHOWN_REASON = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaRegistryConfig config;
    private final RetryPolicy<Answer> retries;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();
    private final AtomicInteger currentAddress = new AtomicInteger();
    private @Nullable HttpClient http;

    /** A schema under a subject. */
    private record SubjectSchema(String subject, Schema schema) {}

    /** The newest version of a subject. */
    record Registered(int id, Schema schema) {}

    private record Answer(int status, JsonNode body) {}

    SchemaRegistryClient(SchemaRegistryConfig config) {
        this.config = config;
        var policy = RetryPolicy.<Answer>builder().handle(IOException.class).withMaxRetries(config.maxRetries());
        if (config.firstRetryWait().compareTo(config.maxRetryWait()) < 0) {
            policy.withBackoff(config.firstRetryWait(), config.maxRetryWait()).withJitter(0.2);
        } else {
            policy.withDelay(config.maxRetryWait());
        }
        this.retries = policy.build();
    }

    /** The schema's id under the subject, registered when it is new there. */
    int register(String subject, Schema schema) {
        return ids.computeIfAbsent(
                new SubjectSchema(subject, schema),
                wanted -> ask(
                                "registering a schema under subject " + subject,
                                "POST",
                                "/subjects/" + encode(subject) + "/versions",
                                body(schema))
                        .path("id")
                        .asInt());
    }

    /** The schema's id under the subject, which must have it already. */
    int find(String subject, Schema schema) {
        return ids.computeIfAbsent(
                new SubjectSchema(subject, schema),
                wanted -> ask(
                                "looking up a schema under subject " + subject,
                                "POST",
                                "/subjects/" + encode(subject),
                                body(schema))
                        .path("id")
                        .asInt());
    }

    /** The newest version of the subject; asked anew each time, so callers decide how long it holds. */
    Registered latest(String subject) {
        String doing = "reading the newest schema of subject " + subject;
        JsonNode answer = ask(doing, "GET", "/subjects/" + encode(subject) + "/versions/latest", null);
        int id = answer.path("id").asInt();
        return new Registered(id, parse(doing, answer));
    }

    /** The schema with the id. */
    Schema byId(int id) {
        return schemas.computeIfAbsent(id, wanted -> {
            String doing = "reading the schema with id " + wanted;
            return parse(doing, ask(doing, "GET", "/schemas/ids/" + wanted, null));
        });
    }

    private static Schema parse(String doing, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!"AVRO".equals(type)) {
            throw new SchemaRegistryException(doing, 200, 200, "the schema is of type " + type + ", not AVRO");
        }
        if (!answer.path("references").isEmpty()) {
            throw new SchemaRegistryException(doing, 200, 200, "the schema refers to other subjects");
        }
        try {
            return new Schema.Parser().parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new SchemaRegistryException(doing, 200, 200, "not an Avro schema: " + shorten(e.getMessage()));
        }
    }

    private static byte[] body(Schema schema) {
        JsonNode body = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode ask(String doing, String method, String path, byte @Nullable [] body) {
        Answer answer;
        try {
            answer = Failsafe.with(retries).get(() -> tryOnce(method, path, body));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException interruption) {
                throw new InterruptException(doing, interruption);
            }
            throw new SchemaRegistryUnavailableException(doing, e.getCause() == null ? e : e.getCause());
        }
        if (answer.status() / 100 != 2) {
            throw new SchemaRegistryException(
                    doing,
                    answer.status(),
                    answer.body().path("error_code").asInt(answer.status()),
                    shorten(answer.body().path("message").asText("no reason given")));
        }
        return answer.body();
    }

    /** One request; an exception means that trying again, at the next address if there is one, may help. */
    private Answer tryOnce(String method, String path, byte @Nullable [] body)
            throws IOException, InterruptedException {
        int index = currentAddress.get();
        URI address = config.addresses().get(index % config.addresses().size());
        try {
            HttpResponse<byte[]> response = send(request(address, method, path, body));
            int status = response.statusCode();
            if (status == 429 || status == 408 || status >= 500) {
                throw new IOException(address.getAuthority() + " answered " + status);
            }
            return new Answer(status, json(address, status, response.body()));
        } catch (IOException e) {
            currentAddress.compareAndSet(index, index + 1);
            throw e;
        }
    }

    private static JsonNode json(URI address, int status, byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            if (status / 100 != 2) {
                return JsonNodeFactory.instance.objectNode();
            }
            throw new IOException(address.getAuthority() + " answered with something other than JSON", e);
        }
    }

    private HttpRequest request(URI address, String method, String path, byte @Nullable [] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(config.answerTimeout())
                .header("Accept", MEDIA_TYPE + ", application/json")
                .header("Content-Type", MEDIA_TYPE)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (config.authorization() != null) {
            request.header("Authorization", config.authorization());
        }
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        var sent = http().sendAsync(request, head -> new LimitedBody(MAX_ANSWER_BYTES));
        try {
            return sent.get(config.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException("no whole answer within " + config.answerTimeout(), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new IOException(request.uri().getAuthority() + ": " + reason, cause);
        }
    }

    /** Redirects are not followed: credentials go to the configured addresses only. */
    private synchronized HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(config.connectTimeout())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return http;
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shorten(@Nullable String reason) {
        if (reason == null) {
            return "no reason given";
        }
        return reason.length() <= MAX_SHOWN_REASON ? reason : reason.substring(0, MAX_SHOWN_REASON) + "…";
    }
}
