package io.tailwater.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
        });
        server.start();
        proxy = FaultProxy.to(server.getAddress().getPort());
    }

    @AfterEach
    void stopServer() {
        proxy.close();
        server.stop(0);
        client.shutdownNow();
    }

    @Test
    void passesBytesUntilCutAndAgainWhenHealed() throws Exception {
        assertThat(get(Duration.ofSeconds(20))).isEqualTo("ok");
        proxy.cut();
        assertThatThrownBy(() -> get(Duration.ofSeconds(20))).isInstanceOf(IOException.class);
        proxy.heal();
        assertThat(get(Duration.ofSeconds(20))).isEqualTo("ok");
    }

    @Test
    void holdsBytesBackWhileStalled() throws Exception {
        proxy.stall();
        assertThatThrownBy(() -> get(Duration.ofMillis(200))).isInstanceOf(HttpTimeoutException.class);

        CompletableFuture<HttpResponse<String>> waiting =
                client.sendAsync(request(Duration.ofSeconds(20)), HttpResponse.BodyHandlers.ofString());
        proxy.heal();
        assertThat(waiting.get(20, TimeUnit.SECONDS).body()).isEqualTo("ok");
    }

    private String get(Duration patience) throws Exception {
        return client.send(request(patience), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpRequest request(Duration patience) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/"))
                .timeout(patience)
                .build();
    }
}
