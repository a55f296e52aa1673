package io.tailwater.bitbucket.api;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.tailwater.bitbucket.http.Limits;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A host that answers as a test says, and checks every request it got against Atlassian's contract. */
final class FakeHost implements AutoCloseable {

    static final String TOKEN = "ATCTT3-not-a-real-token";
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final Limits LIMITS = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), 64 * 1024, 5);

    private static final OpenApiInteractionValidator CONTRACT =
            OpenApiInteractionValidator.createForInlineApiSpecification(contract())
                    .build();

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    FakeHost() {
        server.start();
    }

    WireMockServer server() {
        return server;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    Bitbucket bitbucket(Limits limits) {
        return new Bitbucket(uri(), limits, () -> NOW);
    }

    RepositoryClient repository() {
        return bitbucket(LIMITS).repository(new RepositoryName("acme", "warehouse"), AccessToken.of(TOKEN));
    }

    /** What the contract says against the requests so far, but for its known errors. */
    List<String> violations() {
        return server.getAllServeEvents().stream()
                .map(FakeHost::request)
                .flatMap(request -> CONTRACT.validateRequest(request).getMessages().stream()
                        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                        .filter(message -> !knownErrorOfTheContract(message))
                        .map(message -> request.getMethod() + " " + request.getPath() + " " + message))
                .toList();
    }

    /**
     * The contract's known errors, one by one. It says that every body has a "type", because its base schema does; the
     * service does not ask for one, and Atlassian's own samples go without.
     */
    private static boolean knownErrorOfTheContract(ValidationReport.Message message) {
        return message.getKey().equals("validation.request.body.schema.required")
                && message.getMessage().startsWith("type: required property");
    }

    private static Request request(ServeEvent event) {
        URI uri = URI.create(event.getRequest().getUrl());
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(event.getRequest().getMethod().getName(), uri.getRawPath());
        for (HttpHeader header : event.getRequest().getHeaders().all()) {
            request.withHeader(header.key(), header.values());
        }
        event.getRequest().getQueryParams().forEach((name, value) -> request.withQueryParam(name, value.values()));
        if (!event.getRequest().getBodyAsString().isEmpty()) {
            request.withBody(event.getRequest().getBodyAsString());
        }
        return request.build();
    }

    private static String contract() {
        try (InputStream resource = Objects.requireNonNull(
                FakeHost.class.getResourceAsStream("/bitbucket-operations.json"), "the contract")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
