package io.tailwater.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Environment;
import io.tailwater.service.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsFileTest {

    private static final Environment ENVIRONMENT =
            Environment.of(Map.of("ACME_TOKEN", "token-hidden", "ACME_SECRET", "secret-hidden"));

    private final SealingKey key = SealingKey.generate();

    @TempDir
    Path folder;

    @Test
    void readsCredentialsFromTheEnvironment() throws IOException {
        ConfiguredConnection connection = read("""
                        connections:
                          - id: acme
                            workspace: acme-data
                            workspace-uuid: "{8a1c0000-0000-0000-0000-000000000001}"
                            scope: repository
                            repositories: [warehouse]
                            token: env:ACME_TOKEN
                            webhook-secret: env:ACME_SECRET
                            token-expires-at: 2027-01-31T00:00:00Z
                        """).getFirst();

        assertThat(connection.id()).isEqualTo(new ConnectionId("acme"));
        assertThat(connection.workspaceSlug()).isEqualTo("acme-data");
        assertThat(connection.workspaceUuid()).contains("{8a1c0000-0000-0000-0000-000000000001}");
        assertThat(connection.scope()).isEqualTo(ConnectionScope.REPOSITORY);
        assertThat(connection.repositories()).containsExactly("warehouse");
        assertThat(plain(connection.token())).isEqualTo("token-hidden");
        assertThat(plain(connection.webhookSecret())).isEqualTo("secret-hidden");
        assertThat(connection.tokenExpiresAt()).contains(Instant.parse("2027-01-31T00:00:00Z"));
        assertThat(connection.toString()).doesNotContain("hidden");
    }

    @Test
    void readsSealedCredentials() throws IOException {
        ConnectionId acme = new ConnectionId("acme");
        String token = ConnectionsFile.sealedValue(key, acme, Credential.ACCESS_TOKEN, Secret.of("token-hidden"));
        String secret = ConnectionsFile.sealedValue(key, acme, Credential.WEBHOOK_SECRET, Secret.of("secret-hidden"));

        ConfiguredConnection connection = read(entry(token, secret)).getFirst();

        assertThat(plain(connection.token())).isEqualTo("token-hidden");
        assertThat(plain(connection.webhookSecret())).isEqualTo("secret-hidden");
        assertThat(connection.scope()).isEqualTo(ConnectionScope.WORKSPACE);
    }

    @Test
    void refusesSealedCredentialsOfAnotherConnection() {
        String token = ConnectionsFile.sealedValue(
                key, new ConnectionId("other"), Credential.ACCESS_TOKEN, Secret.of("token-hidden"));

        assertThat(problems(entry(token, "env:ACME_SECRET")))
                .singleElement()
                .asString()
                .contains("the token of connection acme was not sealed with the configured sealing key");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    plain-hidden,     stands in the clear
                    env:ABSENT,       the environment variable ABSENT is not set
                    'env:not hidden', names no variable
                    sealed:%hidden,   is not Base64
                    sealed:aGlkZGVu,  was not sealed with the configured sealing key
                    12345678,         stands in the clear
                    """)
    void refusesACredentialWithoutQuotingIt(String value, String reason) {
        assertThat(problems(entry(value, "env:ACME_SECRET")))
                .singleElement()
                .asString()
                .contains("acme", "token", reason)
                .doesNotContain("hidden", "12345678");
    }

    @Test
    void namesEveryProblemAtOnce() {
        List<String> problems = problems("""
                connections:
                  - id: acme
                    workspace: "a/b"
                    workspace-uuid: 8a1c
                    scope: galaxy
                    repositories: warehouse
                    tokn: env:ACME_TOKEN
                    webhook-secret: env:ACME_SECRET
                    token-expires-at: soon
                  - workspace: nameless
                  - id: "no spaces"
                  - just text
                """);

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "connection acme: has an unknown key; known are id, repositories, scope, token,"
                                + " token-expires-at, webhook-secret, workspace, workspace-uuid",
                        "connection acme: workspace is not a workspace slug",
                        "connection acme: workspace-uuid is not a uuid in braces, in quotes",
                        "connection acme: scope is none of workspace, project, repository",
                        "connection acme: repositories is not a list of repository slugs",
                        "connection acme: has no token",
                        "connection acme: token-expires-at is not a time like 2027-01-31T00:00:00Z",
                        "entry 2 has no id",
                        "entry 3: the id must be 1 to 64 letters, digits, \"-\" or \"_\"",
                        "entry 4 is not a mapping");
    }

    @Test
    void refusesAnIdListedTwice() {
        String twice = entry("env:ACME_TOKEN", "env:ACME_SECRET")
                + entry("env:ACME_TOKEN", "env:ACME_SECRET").replace("connections:\n", "");

        assertThat(problems(twice)).containsExactly("connection acme is listed twice");
    }

    @Test
    void doesNotQuoteTheLineThatIsNotYaml() {
        assertThat(problems("connections:\n  - token: \"hidden\n"))
                .singleElement()
                .asString()
                .contains("not valid YAML at line")
                .doesNotContain("hidden");
        assertThat(problems("a: &hidden [1]\nconnections: *hidden"))
                .singleElement()
                .asString()
                .doesNotContain("hidden");
    }

    @Test
    void refusesAnotherDocument() {
        assertThat(problems("")).singleElement().asString().contains("one list named \"connections\"");
        assertThat(problems("connections: 1")).hasSize(1);
        assertThat(problems("connections: []\nmore: 1")).hasSize(1);
        assertThat(problems("#" + "x".repeat(1 << 20))).containsExactly("it is larger than 1 MB");
    }

    private static String entry(String token, String webhookSecret) {
        return """
                connections:
                  - id: acme
                    workspace: acme-data
                    token: %s
                    webhook-secret: %s
                """.formatted(token, webhookSecret);
    }

    private List<ConfiguredConnection> read(String text) throws IOException {
        Path file = folder.resolve("connections.yaml");
        Files.writeString(file, text);
        return ConnectionsFile.read(file, ENVIRONMENT, key);
    }

    private List<String> problems(String text) {
        ConnectionsFileException refused = catchThrowableOfType(ConnectionsFileException.class, () -> read(text));
        assertThat(refused).hasNoCause().hasMessageContaining("connections.yaml");
        return refused.problems();
    }

    private static String plain(Secret secret) {
        return secret.use(Function.identity());
    }
}
