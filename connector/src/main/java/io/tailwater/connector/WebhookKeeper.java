package io.tailwater.connector;

import io.tailwater.bitbucket.api.WebhooksClient;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.BitbucketException.Ambiguous;
import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.BitbucketException.Rejected;
import io.tailwater.bitbucket.model.Webhook;
import io.tailwater.bitbucket.model.WebhookRequest;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.schemas.connection.KeptWebhook;
import io.tailwater.schemas.connection.WebhookState;
import io.tailwater.schemas.topic.ConnectionId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one webhook as it should be. Ours is the one that delivers to our address, or that we remember to have installed;
 * all others belong to strangers and are not touched. Looking twice changes nothing.
 */
final class WebhookKeeper {

    private final URI publicAddress;
    private final InstantSource clock;

    /**
     * A keeper.
     *
     * @param publicAddress address under which Bitbucket reaches our webhook listener
     */
    WebhookKeeper(URI publicAddress, InstantSource clock) {
        this.publicAddress = publicAddress;
        this.clock = clock;
    }

    /** Where Bitbucket delivers for a connection. */
    URI address(ConnectionId id) {
        String base = publicAddress.toString().replaceFirst("/+$", "");
        return URI.create(base + "/webhooks/bitbucket/" + id.value());
    }

    /**
     * Installs the webhook where it is missing, and sets right what differs.
     *
     * @param hooks those of the workspace or of the repository
     * @param events what it is to deliver
     * @param before what is known of it, null when nothing
     * @param thoroughly whether to send the secret again even where nothing seems to differ: Bitbucket never shows it
     * @throws BitbucketException when Bitbucket cannot answer now, or refuses the token
     */
    KeptWebhook keep(
            WebhooksClient hooks,
            ConnectedWorkspace connection,
            Set<String> events,
            @Nullable KeptWebhook before,
            boolean thoroughly) {
        URI address = address(connection.id());
        try {
            List<Webhook> ours = ours(hooks.list(), address, before);
            for (Webhook surplus : ours.stream().skip(1).toList()) {
                remove(hooks, surplus.uuid());
            }
            WebhookRequest wanted = wanted(connection, address, events);
            if (ours.isEmpty()) {
                return kept(connection, create(hooks, wanted, address), before, true);
            }
            Webhook present = ours.getFirst();
            boolean secretMayDiffer = thoroughly
                    || before == null
                    || !digest(connection).equals(before.getSecretDigest())
                    || !present.signed();
            if (secretMayDiffer || !says(present, wanted)) {
                return kept(connection, hooks.update(present.uuid(), wanted), before, before != null);
            }
            return kept(connection, present, before, false);
        } catch (Forbidden e) {
            return refused(
                    address,
                    before,
                    "Bitbucket does not let this token manage webhooks"
                            + (e.requiredScopes().isEmpty() ? "" : "; tick Webhooks: Read and write for a new token")
                            + ". Pull requests are found every few minutes instead of at once.");
        } catch (Rejected e) {
            return refused(
                    address,
                    before,
                    "Bitbucket refuses the webhook address " + address + ": it must be reachable"
                            + " from the internet over HTTPS (setting connector.public-url).");
        }
    }

    /**
     * Removes ours.
     *
     * @return how many there were
     * @throws BitbucketException when Bitbucket does not let us, or not now
     */
    int removeOurs(WebhooksClient hooks, ConnectionId id, @Nullable KeptWebhook before) {
        List<Webhook> ours = ours(hooks.list(), address(id), before);
        ours.forEach(hook -> remove(hooks, hook.uuid()));
        return ours.size();
    }

    private static List<Webhook> ours(List<Webhook> all, URI address, @Nullable KeptWebhook before) {
        return all.stream()
                .filter(hook -> hook.url().equals(address.toString())
                        || before != null && hook.uuid().equals(before.getUuid()))
                .toList();
    }

    /** A creation without a clear answer is looked for before it is made again. */
    private static Webhook create(WebhooksClient hooks, WebhookRequest wanted, URI address) {
        try {
            return hooks.create(wanted);
        } catch (Ambiguous e) {
            return ours(hooks.list(), address, null).stream()
                    .findFirst()
                    .orElseThrow(() -> new BitbucketException.Unavailable(
                            "installing a webhook had no clear answer", Optional.empty(), e));
        }
    }

    private static void remove(WebhooksClient hooks, String uuid) {
        try {
            hooks.delete(uuid);
        } catch (NotFound e) {
            // somebody was quicker
        }
    }

    private static boolean says(Webhook present, WebhookRequest wanted) {
        return present.active()
                && present.url().equals(wanted.url().toString())
                && present.events().equals(wanted.events())
                && present.description().equals(wanted.description());
    }

    private static WebhookRequest wanted(ConnectedWorkspace connection, URI address, Set<String> events) {
        return new WebhookRequest(
                address,
                "Tailwater (connection " + connection.id().value() + ")",
                events,
                () -> connection.webhookSecret().use(secret -> secret));
    }

    private KeptWebhook kept(
            ConnectedWorkspace connection, Webhook present, @Nullable KeptWebhook before, boolean changed) {
        Instant now = clock.instant();
        return KeptWebhook.newBuilder()
                .setUuid(present.uuid())
                .setUrl(present.url())
                .setState(WebhookState.STANDING)
                .setSecretDigest(digest(connection))
                .setRepairs((before == null ? 0 : before.getRepairs()) + (changed && before != null ? 1 : 0))
                .setRepairedAt(changed && before != null ? now : before == null ? null : before.getRepairedAt())
                .setCheckedAt(now)
                .build();
    }

    private KeptWebhook refused(URI address, @Nullable KeptWebhook before, String problem) {
        return KeptWebhook.newBuilder()
                .setUuid(before == null ? null : before.getUuid())
                .setUrl(address.toString())
                .setState(WebhookState.REFUSED)
                .setProblem(problem)
                .setRepairs(before == null ? 0 : before.getRepairs())
                .setRepairedAt(before == null ? null : before.getRepairedAt())
                .setCheckedAt(clock.instant())
                .build();
    }

    /** Tells one secret from another; a secret of ours has 256 random bits, so its digest gives nothing away. */
    private static String digest(ConnectedWorkspace connection) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(connection.id().value().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return connection
                    .webhookSecret()
                    .use(secret -> HexFormat.of()
                            .formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)))
                            .substring(0, 32));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
