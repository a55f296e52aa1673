package io.tailwater.simulator.delivery;

import io.tailwater.simulator.payload.EventBodies;
import io.tailwater.simulator.state.Happening;
import io.tailwater.simulator.state.Hook;
import io.tailwater.simulator.state.Hosting;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends happenings to the hooks that want them.
 *
 * <p>A 5xx answer is tried again, up to the documented number of attempts. Everything else is final: timeouts and
 * refused connections are not documented to be retried, so a receiver must not count on it. Redirects are not
 * followed.
 */
public final class WebhookDelivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);

    private final Hosting hosting;
    private final EventBodies bodies;
    private final DeliveryRules rules;
    private final HttpClient client;
    private final ScheduledExecutorService scheduler;
    private final List<DeliveryRecord> log = new CopyOnWriteArrayList<>();

    private record Parcel(Hook hook, String requestId, String eventKey, String repository, byte[] body) {}

    /** A delivery that does nothing until {@link #accept} is called. */
    public WebhookDelivery(Hosting hosting, EventBodies bodies, DeliveryRules rules) {
        this.hosting = hosting;
        this.bodies = bodies;
        this.rules = rules;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(rules.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("webhook-delivery").factory());
    }

    /** Starts delivering one happening and returns at once. */
    public void accept(Happening happening) {
        List<Hook> hooks = hosting.hooks().stream()
                .filter(hook ->
                        hook.wants(happening.eventKey(), happening.repository().name()))
                .toList();
        if (hooks.isEmpty()) {
            return;
        }
        byte[] body = bodies.of(happening).toString().getBytes(StandardCharsets.UTF_8);
        for (Hook hook : hooks) {
            Parcel parcel = new Parcel(
                    hook,
                    UUID.randomUUID().toString(),
                    happening.eventKey(),
                    happening.repository().name().fullName(),
                    body);
            if (body.length > rules.maxBytes()) {
                record(parcel, 1, DeliveryRecord.Outcome.TOO_LARGE, 0);
            } else {
                attempt(parcel, 1);
            }
        }
    }

    /** All attempts so far, oldest first. */
    public List<DeliveryRecord> log() {
        return List.copyOf(log);
    }

    private void attempt(Parcel parcel, int number) {
        client.sendAsync(request(parcel, number), HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, failure) -> ended(parcel, number, response, failure));
    }

    private HttpRequest request(Parcel parcel, int number) {
        HttpRequest.Builder request = HttpRequest.newBuilder(parcel.hook().url())
                .timeout(rules.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Bitbucket-Webhooks/2.0")
                .header("X-Event-Key", parcel.eventKey())
                .header("X-Hook-UUID", withoutBraces(parcel.hook().uuid()))
                .header("X-Request-UUID", parcel.requestId())
                .header("X-Attempt-Number", Integer.toString(number))
                .POST(HttpRequest.BodyPublishers.ofByteArray(parcel.body()));
        String secret = parcel.hook().secret();
        if (secret != null) {
            request.header("X-Hub-Signature", WebhookSignature.of(parcel.body(), secret));
        }
        return request.build();
    }

    private void ended(Parcel parcel, int number, @Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
        if (response == null) {
            record(parcel, number, outcomeOf(failure), 0);
            return;
        }
        int status = response.statusCode();
        if (status < 400) {
            record(parcel, number, DeliveryRecord.Outcome.DELIVERED, status);
        } else if (status < 500) {
            record(parcel, number, DeliveryRecord.Outcome.REFUSED, status);
        } else {
            record(parcel, number, DeliveryRecord.Outcome.FAILED, status);
            if (number < rules.attempts() && !scheduler.isShutdown()) {
                scheduler.schedule(
                        () -> attempt(parcel, number + 1), rules.pause().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static DeliveryRecord.Outcome outcomeOf(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpTimeoutException) {
            return DeliveryRecord.Outcome.TIMEOUT;
        }
        if (!(cause instanceof IOException)) {
            LOG.warn("sending a webhook ended unexpectedly", cause);
        }
        return DeliveryRecord.Outcome.NETWORK_ERROR;
    }

    private void record(Parcel parcel, int number, DeliveryRecord.Outcome outcome, int status) {
        DeliveryRecord entry = new DeliveryRecord(
                hosting.tick(),
                parcel.hook().uuid(),
                parcel.requestId(),
                parcel.eventKey(),
                parcel.repository(),
                number,
                parcel.body().length,
                outcome,
                status);
        log.add(entry);
        LOG.debug("{}", entry);
    }

    private static String withoutBraces(String uuid) {
        return uuid.replaceAll("[{}]", "");
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        client.shutdownNow();
    }
}
