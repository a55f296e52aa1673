package io.tailwater.console.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwater.service.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in with a provider of others: npm's oidc-provider, on loopback. Skipped where npm or its registry is missing. */
class OpenIdConnectIT {

    private static final Path FOLDER = Path.of("target", "oidc");
    private static final URI RETURN_TO = URI.create("http://127.0.0.1:9/sign-in/return");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private Process provider;
    private String issuer;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(FOLDER);
        assumeTrue(isInstalled(), "npm, or its package oidc-provider, is not to be had");
        try (var script = OpenIdConnectIT.class.getResourceAsStream("/oidc/provider.mjs")) {
            Files.copy(script, FOLDER.resolve("provider.mjs"), StandardCopyOption.REPLACE_EXISTING);
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        issuer = "http://127.0.0.1:" + port;
        provider = new ProcessBuilder("node", "provider.mjs", Integer.toString(port), RETURN_TO.toString())
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(provider.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("listening");
    }

    private static boolean isInstalled() throws InterruptedException {
        if (Files.isDirectory(FOLDER.resolve("node_modules/oidc-provider"))) {
            return true;
        }
        try {
            Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--silent", "oidc-provider@9")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!npm.waitFor(3, TimeUnit.MINUTES)) {
                npm.destroyForcibly();
                return false;
            }
            return npm.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        if (provider != null) {
            provider.destroy();
        }
    }

    @Test
    void someoneTheProviderKnowsAndTheRulesAllowComesIn() throws Exception {
        OpenIdConnect openId = openId("@example.com");
        OpenIdConnect.Started started = openId.begin(RETURN_TO);
        assertThat(openId.complete(started, signInAt(started.address(), "ada"))).isEqualTo("ada@example.com");
    }

    @Test
    void othersAndUnverifiedAddressesStayOutside() throws Exception {
        OpenIdConnect openId = openId("ada@example.com, mallory@example.com");
        OpenIdConnect.Started started = openId.begin(RETURN_TO);
        URI answer = signInAt(started.address(), "bob");
        assertThatThrownBy(() -> openId.complete(started, answer))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining("bob@example.com may not use this installation");
    }

    @Test
    void anUnverifiedAddressIsNoAddress() throws Exception {
        OpenIdConnect openId = openId("mallory@example.com");
        OpenIdConnect.Started started = openId.begin(RETURN_TO);
        URI answer = signInAt(started.address(), "mallory");
        assertThatThrownBy(() -> openId.complete(started, answer))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining("no verified e-mail address");
    }

    @Test
    void anAnswerToAnotherSignInIsRefused() throws Exception {
        OpenIdConnect openId = openId("*");
        OpenIdConnect.Started started = openId.begin(RETURN_TO);
        URI answer = signInAt(started.address(), "ada");
        OpenIdConnect.Started another = openId.begin(RETURN_TO);
        assertThatThrownBy(() -> openId.complete(another, answer))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining("not begun here");
    }

    @Test
    void aProviderThatIsAwayIsSaidSo() throws Exception {
        provider.destroy();
        provider.waitFor(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> openId("*").begin(RETURN_TO))
                .isInstanceOf(SignInRefused.class)
                .hasMessageContaining("cannot be reached");
    }

    private OpenIdConnect openId(String allowed) {
        return new OpenIdConnect(new OpenIdSettings(
                Optional.of(issuer),
                Optional.of("tailwater"),
                Optional.of(Secret.of("secret-of-the-test")),
                Optional.of(allowed)));
    }

    /** Does at the provider what a person does in a browser; gives the address the browser is sent back to. */
    private URI signInAt(URI address, String name) throws Exception {
        HttpResponse<String> answer = get(address);
        for (int step = 0; step < 20; step++) {
            if (answer.statusCode() / 100 == 3) {
                URI next = answer.uri()
                        .resolve(answer.headers().firstValue("Location").orElseThrow());
                if (next.toString().startsWith(RETURN_TO.toString())) {
                    return next;
                }
                answer = get(next);
            } else {
                Matcher action = ACTION.matcher(answer.body());
                assertThat(action.find()).as(answer.body()).isTrue();
                String prompt = answer.body().contains("value=\"login\"") ? "login" : "consent";
                answer = browser.send(
                        HttpRequest.newBuilder(answer.uri().resolve(action.group(1)))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("prompt=" + prompt + "&login=" + name + "&password=any"))
                                .build(),
                        BodyHandlers.ofString());
            }
        }
        throw new AssertionError("the provider does not come to an end: " + answer.uri());
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
