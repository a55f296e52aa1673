package io.tailwater.bitbucket.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.bitbucket.model.BitbucketException.ForeignLink;
import io.tailwater.bitbucket.model.BitbucketException.Rejected;
import io.tailwater.bitbucket.model.BitbucketException.Unreadable;
import io.tailwater.bitbucket.model.CommitHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePagesTest {

    private static final String COMMENTS = "/2.0/repositories/acme/warehouse/pullrequests/12/comments";

    private final FakeHost host = new FakeHost();
    private final FakeHost foreigner = new FakeHost();
    private final RepositoryClient repository = host.repository();

    @AfterEach
    void stop() {
        host.close();
        foreigner.close();
    }

    @Test
    void neverSendsTheTokenToTheHostOfANextLink() {
        foreigner.server().stubFor(any(anyUrl()).willReturn(okJson("{\"values\": []}")));
        answerWithNext(foreigner.uri() + COMMENTS + "?page=2");

        assertThatThrownBy(() -> repository.comments(12).list()).isInstanceOf(ForeignLink.class);
        foreigner.server().verify(0, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.bitbucket.org/2.0/x",
                "http://127.0.0.1:1/2.0/x",
                "//example.org/2.0/x",
                "http://user@{host}/2.0/x",
                "http://{host}@example.org/2.0/x",
                "http://{host}.example.org/2.0/x",
                "http://{host}/1.0/x",
                "http://{host}/2.0/../x",
                "file:///etc/passwd",
                "mailto:a@example.org",
                "http://{host}/2.0/a b",
                "\\\\example.org\\x"
            })
    void refusesNextLinksThatLeadElsewhere(String next) {
        answerWithNext(
                next.replace("{host}", "127.0.0.1:" + host.server().port()).replace("\\", "\\\\"));

        assertThatThrownBy(() -> repository.comments(12).list()).isInstanceOf(ForeignLink.class);
        host.server().verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void endsPagesThatGoInACircle() {
        answerWithNext(host.uri() + COMMENTS + "?page=2");
        host.server()
                .stubFor(get(urlEqualTo(COMMENTS + "?page=2"))
                        .willReturn(okJson("{\"values\": [], \"next\": \"" + host.uri() + COMMENTS + "?page=2\"}")));

        assertThatThrownBy(() -> repository.comments(12).list()).isInstanceOf(Unreadable.class);
        host.server().verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void endsPagesThatNeverEnd() {
        answerWithNext(host.uri() + COMMENTS + "?page=1");
        for (int page = 1; page < 20; page++) {
            host.server()
                    .stubFor(get(urlEqualTo(COMMENTS + "?page=" + page))
                            .willReturn(okJson("{\"values\": [], \"next\": \"" + host.uri() + COMMENTS + "?page="
                                    + (page + 1) + "\"}")));
        }

        assertThatThrownBy(() -> repository.comments(12).list()).isInstanceOf(Unreadable.class);
        host.server().verify(FakeHost.LIMITS.maxPages(), anyRequestedFor(anyUrl()));
    }

    @Test
    void followsARedirectOnTheSameHostWithItsEncodingUntouched() {
        String hash = "9c1f2ab012340000000000000000000000000000";
        String target = "/2.0/repositories/acme/warehouse/commit/a%0Db?topic=true";
        redirect(302, target);
        host.server()
                .stubFor(get(urlEqualTo(target))
                        .willReturn(okJson("{\"hash\": \"" + hash + "\", \"date\": \"2026-11-20T08:00:00Z\"}")));

        assertThat(repository.commit(new CommitHash("9c1f2ab01234")).hash().hex())
                .isEqualTo(hash);
    }

    @Test
    void neverSendsTheTokenToTheHostOfARedirect() {
        foreigner.server().stubFor(any(anyUrl()).willReturn(okJson("{}")));
        redirect(301, foreigner.uri() + "/2.0/elsewhere");

        assertThatThrownBy(() -> repository.commit(new CommitHash("9c1f2ab01234")))
                .isInstanceOf(ForeignLink.class);
        foreigner.server().verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void endsRedirectsThatGoInACircle() {
        redirect(307, "/2.0/repositories/acme/warehouse/commit/9c1f2ab01234");

        assertThatThrownBy(() -> repository.commit(new CommitHash("9c1f2ab01234")))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void doesNotRepeatACreationElsewhere() {
        host.server()
                .stubFor(any(urlEqualTo(COMMENTS))
                        .willReturn(aResponse().withStatus(307).withHeader("Location", COMMENTS + "/")));

        assertThatThrownBy(() -> repository.comments(12).create("text")).isInstanceOf(Rejected.class);
        host.server().verify(1, anyRequestedFor(anyUrl()));
    }

    private void answerWithNext(String next) {
        host.server()
                .stubFor(get(urlEqualTo(COMMENTS + "?pagelen=100"))
                        .willReturn(okJson("{\"values\": [], \"next\": \"" + next + "\"}")));
    }

    private void redirect(int status, String location) {
        host.server()
                .stubFor(get(urlEqualTo("/2.0/repositories/acme/warehouse/commit/9c1f2ab01234"))
                        .willReturn(aResponse().withStatus(status).withHeader("Location", location)));
    }
}
