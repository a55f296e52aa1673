package io.tailwater.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of Amazon's library against a service on loopback that answers as its API description says. */
class WrappingKeyTest {

    private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final ConnectionId ACME = new ConnectionId("acme");
    private static final Secret TOKEN = Secret.of("ATCTT-very-hidden");
    private static final Map<String, String> CLIENT =
            Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test", "aws.maxAttempts", "1");

    private final WrappingKey wrapping = WrappingKey.at("aws-kms://" + ARN);
    private final List<String> asked = new ArrayList<>();
    private boolean refusing;
    private HttpServer service;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
        CLIENT.forEach(System::setProperty);
        System.setProperty(
                "aws.endpointUrlKms", "http://127.0.0.1:" + service.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        service.stop(0);
        CLIENT.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrlKms");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String action = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        asked.add(action + " " + field(request, "KeyId"));
        String answer = refusing
                ? "{\"__type\":\"AccessDeniedException\",\"message\":\"not authorized to perform kms:Decrypt\"}"
                : action.equals("TrentService.Encrypt")
                        ? "{\"CiphertextBlob\":\"" + turned(field(request, "Plaintext")) + "\"}"
                        : "{\"Plaintext\":\"" + turned(field(request, "CiphertextBlob")) + "\"}";
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(refusing ? 400 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        assertThat(found.find()).as(json).isTrue();
        return found.group(1);
    }

    /** Stands for encryption: every bit turned round. */
    private static String turned(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void theFileHoldsNoKeyInTheClearAndTheServiceOpensIt() throws IOException {
        Path file = folder.resolve("keyset.json");
        SealingKey made = SealingKey.generate(file, Optional.of(wrapping));
        byte[] sealed = made.seal(ACME, Credential.ACCESS_TOKEN, TOKEN);

        SealingKey read = SealingKey.read(file, Optional.of(wrapping));

        assertThat(read.unseal(ACME, Credential.ACCESS_TOKEN, sealed).use(Function.identity()))
                .isEqualTo("ATCTT-very-hidden");
        assertThat(asked).contains("TrentService.Encrypt " + ARN, "TrentService.Decrypt " + ARN);
        assertThat(Files.readString(file)).contains("encryptedKeyset");
        assertThatThrownBy(() -> SealingKey.read(file))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("keyset.json is not a Tink keyset");
    }

    @Test
    void rotationKeepsTheFileWrapped() throws IOException {
        Path file = folder.resolve("keyset.json");
        byte[] sealed = SealingKey.generate(file, Optional.of(wrapping)).seal(ACME, Credential.ACCESS_TOKEN, TOKEN);

        SealingKey.rotate(file, Optional.of(wrapping));

        assertThat(SealingKey.read(file, Optional.of(wrapping))
                        .unseal(ACME, Credential.ACCESS_TOKEN, sealed)
                        .use(Function.identity()))
                .isEqualTo("ATCTT-very-hidden");
        assertThat(Files.readString(file)).contains("encryptedKeyset");
    }

    @Test
    void aServiceThatRefusesIsNamedWithItsKeyAndReason() {
        Path file = folder.resolve("keyset.json");
        SealingKey.generate(file, Optional.of(wrapping));
        refusing = true;

        assertThatThrownBy(() -> SealingKey.read(file, Optional.of(wrapping)))
                .isInstanceOf(SealException.class)
                .hasMessageContaining(ARN)
                .hasMessageContaining("not authorized to perform kms:Decrypt");
    }

    @Test
    void anAddressOfNoKnownServiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WrappingKey.at("vault://transit/keys/a"))
                .withMessageContaining("aws-kms://");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WrappingKey.at("aws-kms://my-key"))
                .withMessageContaining("arn:aws:kms:REGION");
    }
}
