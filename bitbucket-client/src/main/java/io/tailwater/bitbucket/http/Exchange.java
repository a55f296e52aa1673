package io.tailwater.bitbucket.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.BitbucketException.Ambiguous;
import io.tailwater.bitbucket.model.BitbucketException.ForeignLink;
import io.tailwater.bitbucket.model.BitbucketException.Rejected;
import io.tailwater.bitbucket.model.BitbucketException.Unavailable;
import io.tailwater.bitbucket.model.BitbucketException.Unreadable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Runs calls against one address. Safe for use by many threads; no I/O before the first call. The token goes to the
 * configured origin only: redirects and links elsewhere are refused, and redirects are followed for reading calls only.
 */
public final class Exchange implements AutoCloseable {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private final Origin origin;
    private final Limits limits;
    private final HttpClient client;
    private final ErrorAnswers errors;
    private final CallGate gate;

    /**
     * An exchange with the given address.
     *
     * @param apiUrl address of the REST API without its version, e.g. {@code https://api.bitbucket.org}
     * @param limits what a call may cost
     * @param clock tells the time for a {@code Retry-After} that is a date
     * @throws IllegalArgumentException when the address is no plain http or https address
     */
    public Exchange(URI apiUrl, Limits limits, InstantSource clock) {
        this.origin = Origin.of(apiUrl);
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connectTimeout())
                .version(origin.isSecure() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
        this.errors = new ErrorAnswers(clock);
        this.gate = CallGate.OPEN;
    }

    private Exchange(Exchange other, CallGate gate) {
        this.origin = other.origin;
        this.limits = other.limits;
        this.client = other.client;
        this.errors = other.errors;
        this.gate = gate;
    }

    /** The same exchange, over the same connections, behind a gate. */
    public Exchange behind(CallGate other) {
        return new Exchange(this, other);
    }

    /** The limits of this exchange. */
    public Limits limits() {
        return limits;
    }

    /**
     * Runs a call and returns the JSON object of its answer.
     *
     * @throws io.tailwater.bitbucket.model.BitbucketException when it did not end well
     */
    public JsonNode json(Call call, AccessToken token) {
        Answer answer = successful(call, token);
        Optional<JsonNode> json = Json.tryRead(answer.body()).filter(JsonNode::isObject);
        if (json.isPresent()) {
            return json.get();
        }
        String message = call.describe() + ": " + answer.status() + ", but the answer is no JSON object";
        throw call.createsOnce() ? new Ambiguous(message, null) : new Unreadable(message, null);
    }

    /**
     * Runs a call whose answer has no content.
     *
     * @throws io.tailwater.bitbucket.model.BitbucketException when it did not end well
     */
    public void run(Call call, AccessToken token) {
        successful(call, token);
    }

    /**
     * The call that a link of ours-to-follow stands for.
     *
     * @param link an absolute link from an answer
     * @param from the call whose answer held it, for the message
     * @throws ForeignLink when it leads elsewhere
     */
    public Call follow(String link, Call from) {
        return Call.get(origin.below(link)
                .orElseThrow(() -> new ForeignLink(from.describe() + ": the next page is not at " + origin)));
    }

    private Answer successful(Call call, AccessToken token) {
        URI target = origin.resolve(call.pathAndQuery());
        CallGate.Allowance allowance = call.allowance();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            gate.before(allowance);
            Answer answer = send(call, target, token);
            gate.after(allowance, AnswerFacts.of(answer.status(), answer.headers()));
            if (answer.isSuccess()) {
                return answer;
            }
            if (!REDIRECTS.contains(answer.status())) {
                throw errors.classify(call, answer, token);
            }
            target = redirected(call, answer);
        }
        throw new Unreadable(call.describe() + ": more than " + MOST_REDIRECTS + " redirects", null);
    }

    private URI redirected(Call call, Answer answer) {
        if (call.method() != Call.Method.GET) {
            String reason = "a redirect is followed for reading calls only";
            throw new Rejected(call.describe() + ": " + reason, answer.status(), reason, Map.of());
        }
        String location = answer.headers().firstValue("Location").orElse("");
        return origin.resolveLink(answer.uri(), location)
                .orElseThrow(() -> new ForeignLink(call.describe() + ": redirected away from " + origin));
    }

    private Answer send(Call call, URI target, AccessToken token) {
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(request(call, target, token), head -> new LimitedBody(limits.maxBodyBytes()));
        try {
            HttpResponse<byte[]> response = pending.get(limits.exchangeTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(target, response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException e) {
            throw broken(call, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | CancellationException e) {
            pending.cancel(true);
            throw lost(call, "no answer within " + limits.exchangeTimeout(), e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw lost(call, "interrupted", e);
        }
    }

    private static HttpRequest request(Call call, URI target, AccessToken token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Authorization", token.use(value -> "Bearer " + value))
                .header("Accept", "application/json")
                .header("User-Agent", "tailwater");
        JsonNode body = call.body();
        if (body == null) {
            return request.method(call.method().name(), BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(call.method().name(), BodyPublishers.ofByteArray(Json.write(body)))
                .build();
    }

    private static RuntimeException broken(Call call, Throwable fault) {
        if (fault instanceof LimitedBody.TooLarge) {
            String message = call.describe() + ": the answer has " + fault.getMessage();
            return call.createsOnce() ? new Ambiguous(message, fault) : new Unreadable(message, fault);
        }
        boolean neverSent = fault instanceof ConnectException
                || fault instanceof HttpConnectTimeoutException
                || fault instanceof SSLHandshakeException;
        String what = fault.getClass().getSimpleName();
        if (neverSent) {
            return new Unavailable(call.describe() + ": no connection (" + what + ")", Optional.empty(), fault);
        }
        if (fault instanceof IOException) {
            return lost(call, "the connection broke (" + what + ")", fault);
        }
        return new IllegalStateException(call.describe(), fault);
    }

    private static RuntimeException lost(Call call, String what, Throwable fault) {
        String message = call.describe() + ": " + what;
        return call.createsOnce() ? new Ambiguous(message, fault) : new Unavailable(message, Optional.empty(), fault);
    }

    /** Breaks off what runs and lets the connections go. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
