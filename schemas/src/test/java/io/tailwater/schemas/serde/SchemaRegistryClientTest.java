package io.tailwater.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryClientTest {

    private static final Schema TEXT = Schema.create(Schema.Type.STRING);

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void triesAgainAfterAPassingFailure(int status) {
        registry.answerNext(status, "busy");
        assertThat(client(Map.of()).register("s", TEXT)).isEqualTo(1);
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void givesUpAfterTheAllowedRetries() {
        for (int i = 0; i < 3; i++) {
            registry.answerNext(503, "");
        }
        assertThatThrownBy(() -> client(Map.of("max.retries", 2)).register("orders-value", TEXT))
                .isInstanceOf(SchemaRegistryUnavailableException.class)
                .hasMessageContaining("subject orders-value")
                .hasMessageContaining(registry.address() + " answered 503");
        assertThat(registry.requests()).hasSize(3);
    }

    @Test
    void doesNotRepeatWhatWasRefused() {
        registry.answerNext(409, "{\"error_code\":409,\"message\":\"incompatible\"}");
        assertThatThrownBy(() -> client(Map.of()).register("orders-value", TEXT))
                .isInstanceOfSatisfying(SchemaRegistryException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(409);
                    assertThat(refusal)
                            .hasMessageContaining("subject orders-value")
                            .hasMessageContaining("incompatible");
                });
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void endsAWaitForAnAnswerThatNeverComes() {
        registry.answerNext(0, "");
        assertThatThrownBy(() -> client(Map.of("max.retries", 0, "http.read.timeout.ms", 200))
                        .byId(1))
                .isInstanceOf(SchemaRegistryUnavailableException.class)
                .hasMessageContaining("id 1");
    }

    @Test
    void refusesAnAnswerThatIsTooLargeOrNoJson() {
        registry.answerNext(200, "x".repeat(9 * 1024 * 1024));
        assertThatThrownBy(() -> client(Map.of("max.retries", 0)).byId(1))
                .isInstanceOf(SchemaRegistryUnavailableException.class)
                .hasMessageContaining("larger than");
        registry.answerNext(200, "<html>");
        assertThatThrownBy(() -> client(Map.of("max.retries", 0)).byId(1))
                .isInstanceOf(SchemaRegistryUnavailableException.class)
                .hasMessageContaining("other than JSON");
    }

    @Test
    void doesNotFollowARedirect() {
        registry.answerNext(302, "");
        assertThatThrownBy(() -> client(Map.of()).byId(1)).isInstanceOf(SchemaRegistryException.class);
    }

    @Test
    void goesOnToTheNextAddress() {
        String both = "http://127.0.0.1:1, " + registry.url() + "/";
        assertThat(client(Map.of("schema.registry.url", both)).register("s", TEXT))
                .isEqualTo(1);
    }

    @Test
    void sendsCredentialsUnderConfluentsNames() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("me:p@ss".getBytes(StandardCharsets.UTF_8));
        client(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:p@ss"))
                .register("a", TEXT);
        client(Map.of("schema.registry.url", "http://me:p%40ss@" + registry.address()))
                .register("b", TEXT);
        client(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t"))
                .register("c", TEXT);
        assertThat(registry.authorizations()).isEqualTo(List.of(basic, basic, "Bearer t"));
    }

    @Test
    void showsNoCredentials() {
        Map<String, Object> config = Map.of("schema.registry.url", "http://me:sesame@127.0.0.1:1", "max.retries", 0);
        assertThat(SchemaRegistryConfig.from(config).toString()).doesNotContain("sesame");
        assertThatThrownBy(() -> client(config).byId(1))
                .isInstanceOf(SchemaRegistryUnavailableException.class)
                .satisfies(problem -> {
                    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("sesame");
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "localhost:8081", "file:///etc", "http://me:sesame@ho st"})
    void namesAnAddressThatIsNone(String address) {
        assertThatThrownBy(() -> SchemaRegistryConfig.from(Map.of("schema.registry.url", address)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void namesASettingThatIsMalformed() {
        assertThatThrownBy(() -> client(Map.of("max.retries", "many"))).hasMessageContaining("max.retries");
        assertThatThrownBy(() -> client(Map.of("basic.auth.credentials.source", "SASL_INHERIT")))
                .hasMessageContaining("basic.auth.credentials.source");
    }

    private SchemaRegistryClient client(Map<String, ?> extra) {
        Map<String, Object> config = new HashMap<>();
        config.put("schema.registry.url", registry.url());
        config.put("retries.wait.ms", 1);
        config.putAll(extra);
        return new SchemaRegistryClient(SchemaRegistryConfig.from(config));
    }
}
