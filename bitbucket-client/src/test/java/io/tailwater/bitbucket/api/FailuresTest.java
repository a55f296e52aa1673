package io.tailwater.bitbucket.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.tailwater.bitbucket.http.Limits;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.BitbucketException.Ambiguous;
import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.BitbucketException.RateLimited;
import io.tailwater.bitbucket.model.BitbucketException.Rejected;
import io.tailwater.bitbucket.model.BitbucketException.Unauthorized;
import io.tailwater.bitbucket.model.BitbucketException.Unavailable;
import io.tailwater.bitbucket.model.BitbucketException.Unreadable;
import io.tailwater.bitbucket.model.RepositoryName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    private final FakeHost host = new FakeHost();
    private final RepositoryClient repository = host.repository();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void readsRetryAfterInSeconds() {
        RateLimited limited = reading(
                RateLimited.class,
                aResponse()
                        .withStatus(429)
                        .withHeader("Retry-After", "17")
                        .withBody("Rate limit for this resource has been exceeded"));

        assertThat(limited.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(limited).hasMessageContaining("GET repositories/acme/warehouse: 429 Rate limit");
    }

    @Test
    void readsRetryAfterAsADate() {
        RateLimited limited = reading(
                RateLimited.class,
                aResponse().withStatus(429).withHeader("Retry-After", "Mon, 23 Nov 2026 12:01:30 GMT"));

        assertThat(limited.retryAfter()).contains(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "99999999999999999999", ""})
    void doesWithoutARetryAfterThatIsNone(String header) {
        RateLimited limited =
                reading(RateLimited.class, aResponse().withStatus(429).withHeader("Retry-After", header));

        assertThat(limited.retryAfter()).isEmpty();
    }

    @Test
    void neverWaitsLongerThanBitbucketCounts() {
        Unavailable unavailable =
                reading(Unavailable.class, aResponse().withStatus(503).withHeader("Retry-After", "999999"));

        assertThat(unavailable.retryAfter()).contains(Duration.ofHours(1));
    }

    @Test
    void namesTheScopesThatAreMissing() {
        Forbidden forbidden =
                reading(Forbidden.class, aResponse().withStatus(403).withBody("""
                {"type": "error", "error": {"message": "Your credentials lack one or more required privilege scopes.",
                 "detail": {"required": ["pullrequest"], "granted": ["repository"]}}}"""));

        assertThat(forbidden.requiredScopes()).containsExactly("pullrequest");
        assertThat(forbidden.grantedScopes()).containsExactly("repository");
        assertThat(forbidden).hasMessageContaining("needs pullrequest");
    }

    @Test
    void readsARefusalWhoseDetailIsText() {
        Forbidden forbidden = reading(
                Forbidden.class,
                aResponse()
                        .withStatus(403)
                        .withBody(
                                "{\"type\": \"error\", \"error\": {\"message\": \"No\", \"detail\": \"not yours\"}}"));

        assertThat(forbidden.requiredScopes()).isEmpty();
        assertThat(forbidden).hasMessageContaining("No not yours");
    }

    @Test
    void tellsARefusedToken() {
        Unauthorized unauthorized = reading(
                Unauthorized.class,
                aResponse()
                        .withStatus(401)
                        .withBody("Token is invalid, expired, or not supported for this endpoint. " + FakeHost.TOKEN));

        assertThat(unauthorized).hasMessageContaining("Token is invalid").hasMessageNotContaining(FakeHost.TOKEN);
    }

    @Test
    void readsFaultsByField() {
        Rejected rejected = creating(Rejected.class, aResponse().withStatus(400).withBody("""
                {"type": "error", "error": {"message": "Bad request", "detail": "Bad",
                 "fields": {"content": ["This field is required.", "Really."], "x": "y"}}}"""));

        assertThat(rejected.status()).isEqualTo(400);
        assertThat(rejected.fieldFaults()).containsExactly("content: This field is required. Really.", "x: y");
    }

    @Test
    void readsAnHtmlRefusal() {
        Rejected rejected =
                creating(Rejected.class, aResponse().withStatus(400).withBody("<h1>Bad\nRequest (400)</h1>"));

        assertThat(rejected.reason()).isEqualTo("Bad Request (400)");
    }

    @Test
    void readsARefusalWithoutEnvelope() {
        Rejected rejected = reading(
                Rejected.class, aResponse().withStatus(400).withBody("{\"code\":400,\"message\":\"Bulk upload\"}"));

        assertThat(rejected.reason()).isEqualTo("Bulk upload");
    }

    @Test
    void readsARemovedEndpoint() {
        Rejected rejected = reading(
                Rejected.class,
                aResponse().withStatus(410).withBody("{\"type\":\"error\",\"error\":{\"message\":\"CHANGE-2770\"}}"));

        assertThat(rejected.status()).isEqualTo(410);
    }

    @Test
    void tellsWhatIsNotThere() {
        assertThat(reading(NotFound.class, aResponse().withStatus(404))).hasMessageEndingWith("warehouse: 404");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 555, 408})
    void callsAFaultOfTheFarEndUnavailableWhenReading(int status) {
        reading(Unavailable.class, aResponse().withStatus(status).withBody("Unable to respond in time"));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 555})
    void callsAFaultOfTheFarEndAmbiguousWhenCreating(int status) {
        creating(Ambiguous.class, aResponse().withStatus(status));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void callsABrokenConnectionUnavailableWhenReading(Fault fault) {
        reading(Unavailable.class, aResponse().withFault(fault));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void callsABrokenConnectionAmbiguousWhenCreating(Fault fault) {
        creating(Ambiguous.class, aResponse().withFault(fault));
    }

    @Test
    void callsACreationAmbiguousWhoseAnswerCannotBeRead() {
        creating(Ambiguous.class, aResponse().withStatus(201).withBody("<html>"));
        creating(Ambiguous.class, aResponse().withStatus(201).withBody("{\"id\": \"none\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "[]", "null", "{\"uuid\": 7}", "{\"uuid\": \"{r}\""})
    void refusesAnAnswerOfAnotherShape(String body) {
        reading(Unreadable.class, aResponse().withStatus(200).withBody(body));
    }

    @Test
    void refusesAnAnswerNestedWithoutEnd() {
        reading(Unreadable.class, aResponse().withStatus(200).withBody("{\"a\":".repeat(5_000)));
    }

    @Test
    void breaksOffAnAnswerThatIsTooLarge() {
        String large = "{\"uuid\": \"" + "x".repeat(FakeHost.LIMITS.maxBodyBytes()) + "\"}";

        assertThat(reading(Unreadable.class, aResponse().withStatus(200).withBody(large)))
                .hasMessageContaining("more than 65536 bytes");
    }

    @Test
    void breaksOffAnErrorThatIsTooLarge() {
        reading(Unreadable.class, aResponse().withStatus(500).withBody("x".repeat(FakeHost.LIMITS.maxBodyBytes() + 1)));
    }

    @Test
    void givesUpOnAnAnswerThatTrickles() {
        host.server()
                .stubFor(any(anyUrl())
                        .willReturn(aResponse()
                                .withStatus(200)
                                .withBody("{\"uuid\": \"{r-1}\", \"full_name\": \"a/b\"}")
                                .withChunkedDribbleDelay(10, 60_000)));
        Limits impatient = new Limits(Duration.ofSeconds(2), Duration.ofMillis(300), 65_536, 5);

        Unavailable unavailable = catchThrowableOfType(
                Unavailable.class,
                () -> host.bitbucket(impatient)
                        .repository(new RepositoryName("acme", "warehouse"), AccessToken.of(FakeHost.TOKEN))
                        .get());

        assertThat(unavailable).hasMessageContaining("no answer within PT0.3S");
    }

    @Test
    void callsACreationUnavailableThatNeverLeft() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (Bitbucket nobody =
                new Bitbucket(URI.create("http://127.0.0.1:" + closed), FakeHost.LIMITS, () -> FakeHost.NOW)) {
            CommentsClient comments = nobody.repository(
                            new RepositoryName("acme", "warehouse"), AccessToken.of(FakeHost.TOKEN))
                    .comments(12);

            assertThat(catchThrowableOfType(Unavailable.class, () -> comments.create("text")))
                    .hasMessageContaining("no connection");
        }
    }

    @Test
    void cutsWhatBitbucketSays() {
        Rejected rejected = reading(Rejected.class, aResponse().withStatus(400).withBody("x\u0007\n".repeat(10_000)));

        assertThat(rejected.reason()).hasSizeLessThan(400).doesNotContain("\u0007", "\n");
    }

    @Test
    void isAClosedSet() {
        assertThat(BitbucketException.class.isSealed()).isTrue();
        assertThat(new RateLimited("x", Optional.empty()).retryAfter()).isEmpty();
    }

    private <X extends BitbucketException> X reading(Class<X> type, ResponseDefinitionBuilder answer) {
        host.server().stubFor(any(anyUrl()).willReturn(answer));
        return catchThrowableOfType(type, repository::get);
    }

    private <X extends BitbucketException> X creating(Class<X> type, ResponseDefinitionBuilder answer) {
        host.server().stubFor(any(anyUrl()).willReturn(answer));
        return catchThrowableOfType(type, () -> repository.comments(12).create("text"));
    }
}
