package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedSchemaRegistryIT {

    private static final String EMPTY = request("{'type':'record','name':'R','fields':[]}");
    private static final String OPTIONAL =
            request("{'type':'record','name':'R','fields':[{'name':'a','type':'int','default':0}]}");
    private static final String REQUIRED = request("{'type':'record','name':'R','fields':[{'name':'b','type':'int'}]}");

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(folder);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.shutdownNow();
        kafka.close();
    }

    @Test
    void registersLooksUpAndLists() throws Exception {
        String first = post("/subjects/a-value/versions", EMPTY).body();
        assertThat(post("/subjects/a-value/versions?normalize=false&unheardOf=1", EMPTY)
                        .body())
                .isEqualTo(first);
        String second = post("/subjects/a-value/versions", OPTIONAL).body();
        String id = first.replaceAll("\\D", "");

        assertThat(second).isNotEqualTo(first);
        assertThat(get("/subjects/a-value/versions").body()).isEqualTo("[1,2]");
        assertThat(get("/subjects").body()).contains("\"a-value\"");
        assertThat(get("/schemas/ids/" + id + "?subject=a-value&fetchMaxId=false")
                        .body())
                .isEqualTo("{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[]}\"}");
        assertThat(get("/schemas/ids/" + id + "/schema").body())
                .isEqualTo("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
        assertThat(get("/schemas/ids/" + id + "/versions").body()).contains("{\"subject\":\"a-value\",\"version\":1}");
        assertThat(post("/subjects/a-value", EMPTY).body())
                .startsWith("{\"subject\":\"a-value\",\"version\":1,\"id\":" + id + ",\"schema\":");
        assertThat(get("/subjects/a-value/versions/latest").body()).contains("\"version\":2");
    }

    @Test
    void refusesAnIncompatibleSchemaAndFollowsTheSubjectsLevel() throws Exception {
        post("/subjects/b-value/versions", EMPTY);
        HttpResponse<String> refusal = post("/subjects/b-value/versions", REQUIRED);
        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(refusal.body()).contains("\"error_code\":409").contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(post("/compatibility/subjects/b-value/versions/latest?verbose=true", REQUIRED)
                        .body())
                .startsWith("{\"is_compatible\":false,\"messages\":[\"");
        assertThat(post("/compatibility/subjects/b-value/versions", OPTIONAL).body())
                .isEqualTo("{\"is_compatible\":true}");

        assertThat(get("/config/b-value").body()).contains("40408");
        assertThat(get("/config/b-value?defaultToGlobal=true").body())
                .isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(send("PUT", "/config/b-value", "{\"compatibility\":\"NONE\"}")
                        .body())
                .isEqualTo("{\"compatibility\":\"NONE\"}");
        assertThat(get("/config/b-value").body()).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(post("/subjects/b-value/versions", REQUIRED).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /schemas/ids/9999             |                               | 404 | 40403",
                "GET  | /schemas/ids/x                |                               | 404 | 40403",
                "GET  | /subjects/none/versions       |                               | 404 | 40401",
                "GET  | /subjects/e-value/versions/9  |                               | 404 | 40402",
                "GET  | /subjects/e-value/versions/0  |                               | 422 | 42202",
                "POST | /subjects/none                | {\"schema\":\"\\\"int\\\"\"}  | 404 | 40401",
                "POST | /subjects/e-value             | {\"schema\":\"\\\"int\\\"\"}  | 404 | 40403",
                "POST | /subjects/e-value/versions    | {\"schema\":\"{\"}            | 422 | 42201",
                "POST | /subjects/e-value/versions    | {\"schema\":\"x\",\"schemaType\":\"JSON\"} | 422 | 42201",
                "POST | /subjects/e-value/versions    | {}                            | 422 | 42201",
                "POST | /subjects/e-value/versions    | {                             | 400 | 400",
                "PUT  | /config                       | {\"compatibility\":\"UP\"}    | 422 | 42203",
                "GET  | /nowhere                      |                               | 404 | 404",
                "DELETE | /subjects/e-value           |                               | 405 | 405",
            })
    void answersErrorsWithConfluentsCodes(String method, String path, String body, int status, int code)
            throws Exception {
        post("/subjects/e-value/versions", EMPTY);
        HttpResponse<String> answer = send(method, path, body == null ? "" : body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"error_code\":" + code + ",\"message\":\"");
    }

    @Test
    void decodesEscapedSubjects() throws Exception {
        post("/subjects/x%2Fy%20z-value/versions", EMPTY);
        assertThat(get("/subjects").body()).contains("\"x/y z-value\"");
    }

    @Test
    void keepsSchemasInTheFormOfConfluentsRegistry() throws Exception {
        post("/subjects/k-value/versions", request("'bytes'"));
        send("PUT", "/config/k-value", "{\"compatibility\":\"FULL\"}");
        List<String> records = new ArrayList<>();
        TopicPartition partition = new TopicPartition("_schemas", 0);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition, Duration.ofSeconds(30)) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> records.add(record.key() + " " + record.value()));
            }
        }
        assertThat(records)
                .anyMatch(record ->
                        record.matches("\\{\"keytype\":\"SCHEMA\",\"subject\":\"k-value\",\"version\":1,\"magic\":1} "
                                + "\\{\"subject\":\"k-value\",\"version\":1,\"id\":\\d+,"
                                + "\"schema\":\"\\\\\"bytes\\\\\"\",\"deleted\":false}"))
                .contains("{\"keytype\":\"CONFIG\",\"subject\":\"k-value\",\"magic\":0}"
                        + " {\"compatibilityLevel\":\"FULL\"}");
    }

    private static String request(String schemaWithSingleQuotes) {
        return "{\"schema\":\"" + schemaWithSingleQuotes.replace("'", "\\\"") + "\"}";
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(kafka.schemaRegistryUrl() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
