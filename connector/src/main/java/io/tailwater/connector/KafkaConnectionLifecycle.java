package io.tailwater.connector;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.connections.ConnectionLookup;
import io.tailwater.connector.ConnectionLifecycle.Saved.Connected;
import io.tailwater.connector.ConnectionLifecycle.Saved.NotSaved;
import io.tailwater.connector.TokenInspection.Accepted;
import io.tailwater.connector.TokenInspection.DoesNotFit;
import io.tailwater.connector.TokenInspection.Refused;
import io.tailwater.schemas.connection.ConnectionHealth;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.connection.PermissionState;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.connection.TokenFacts;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.LogKeys;
import io.tailwater.service.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes connections in their topic. */
final class KafkaConnectionLifecycle implements ConnectionLifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaConnectionLifecycle.class);
    private static final Duration READING_BACK = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_ID = 50;
    private static final int MOST_IDS = 1_000;

    private final ConnectorParts parts;
    private final TokenInspector inspector;
    private final Bitbucket bitbucket;
    private final SecureRandom random = new SecureRandom();

    KafkaConnectionLifecycle(ConnectorParts parts, TokenInspector inspector, Bitbucket bitbucket) {
        this.parts = parts;
        this.inspector = inspector;
        this.bitbucket = bitbucket;
    }

    @Override
    public synchronized Saved connect(Secret token, String workspace, Optional<Instant> expiresAt)
            throws InterruptedException {
        return switch (inspector.inspect(token, workspace)) {
            case Refused refused -> new NotSaved(refused);
            case Accepted accepted -> {
                Optional<ConnectedWorkspace> same = parts.store().all().stream()
                        .filter(present -> present.workspaceUuid().equals(Optional.of(accepted.workspaceUuid()))
                                && present.repositories().equals(repositories(accepted)))
                        .findFirst();
                if (same.isPresent()) {
                    yield new NotSaved(new DoesNotFit("There is a connection \""
                            + same.get().id().value() + "\" to this already. Open it and choose Replace token."));
                }
                byte[] secret = new byte[SECRET_BYTES];
                random.nextBytes(secret);
                yield stand(
                        connection(
                                freeId(accepted),
                                accepted,
                                token,
                                Secret.of(HexFormat.of().formatHex(secret)),
                                expiresAt),
                        accepted);
            }
        };
    }

    @Override
    public synchronized Saved replaceToken(ConnectionId id, Secret token, Optional<Instant> expiresAt)
            throws InterruptedException {
        ConnectedWorkspace before = present(id);
        String reach = parts.states().repositories(id).stream()
                .filter(repository -> repository.getUnreachableSince() == null)
                .map(RepositoryHealth::getFullName)
                .findFirst()
                .orElseGet(() -> String.join(
                        "/",
                        Stream.concat(
                                        Stream.of(before.workspaceSlug()),
                                        before.repositories().stream().limit(1))
                                .toList()));
        return switch (inspector.inspect(token, reach)) {
            case Refused refused -> new NotSaved(refused);
            case Accepted accepted -> {
                Optional<String> misfit = misfit(before, accepted);
                if (misfit.isPresent()) {
                    yield new NotSaved(new DoesNotFit(misfit.get()));
                }
                ConnectedWorkspace after = connection(id, accepted, token, before.webhookSecret(), expiresAt);
                Saved saved = stand(after, accepted);
                removeOfOtherKind(before, after);
                yield saved;
            }
        };
    }

    /** Why the new token cannot take over; empty when it can. */
    private Optional<String> misfit(ConnectedWorkspace before, Accepted accepted) {
        if (before.workspaceUuid()
                .filter(uuid -> !uuid.equals(accepted.workspaceUuid()))
                .isPresent()) {
            return Optional.of("This token belongs to another workspace than the connection. Create it in "
                    + before.workspaceSlug() + ".");
        }
        if (accepted.kind() == ConnectionScope.REPOSITORY
                && before.repositories().isEmpty()) {
            long others = parts.states().repositories(before.id()).stream()
                    .filter(repository -> repository.getUnreachableSince() == null)
                    .filter(repository -> !accepted.repositories().contains(repository.getFullName()))
                    .count();
            if (others > 0) {
                return Optional.of("This token reaches one repository only, the connection " + (others + 1)
                        + ". Create a workspace access token.");
            }
        }
        List<String> lost = parts
                .states()
                .health(before.id())
                .map(ConnectionHealth::getToken)
                .map(TokenFacts::getPermissions)
                .orElse(Map.of())
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() == PermissionState.GRANTED)
                .flatMap(entry -> Permission.named(entry.getKey()).stream())
                .filter(permission -> accepted.state(permission) == PermissionState.MISSING)
                .map(permission -> permission.group() + ": " + permission.access())
                .distinct()
                .sorted()
                .toList();
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("The token in use has " + String.join(", ", lost)
                        + ", this one has not. Create a token with these boxes ticked, too.");
    }

    /** Writes the connection, and installs its webhooks; the old ones stand meanwhile. */
    private Saved stand(ConnectedWorkspace connection, Accepted accepted) throws InterruptedException {
        ConnectionId id = connection.id();
        write(connection);
        parts.states().begin(id);
        parts.states()
                .change(
                        id,
                        health -> health.setToken(facts(accepted))
                                .setTokenAcceptedAt(accepted.inspectedAt())
                                .setProblem(null));
        Access access = new Access(bitbucket, connection);
        try {
            parts.listing().refresh(access, Optional.empty());
            parts.hooks().install(access);
        } catch (BitbucketException e) {
            LOGGER.atWarn()
                    .addKeyValue(LogKeys.CONNECTION, id.value())
                    .addKeyValue(LogKeys.REASON, e.getMessage())
                    .log("installing webhooks is tried again");
        }
        return new Connected(id, accepted, parts.hooks().summary(id));
    }

    private void removeOfOtherKind(ConnectedWorkspace before, ConnectedWorkspace after) throws InterruptedException {
        if (before.scope() == after.scope()) {
            return;
        }
        // the old token may manage its own hooks; where it is refused already, the new one may reach them
        for (ConnectedWorkspace with : List.of(before, after)) {
            try {
                parts.hooks().removeOfOtherKind(new Access(bitbucket, with), after);
                return;
            } catch (BitbucketException e) {
                LOGGER.atWarn()
                        .addKeyValue(LogKeys.CONNECTION, after.id().value())
                        .addKeyValue(LogKeys.REASON, e.getMessage())
                        .log("a webhook of the earlier token was not removed; what it delivers twice is dropped");
            }
        }
    }

    @Override
    public void pause(ConnectionId id) throws InterruptedException {
        write(present(id).in(ConnectionState.PAUSED));
    }

    @Override
    public void resume(ConnectionId id) throws InterruptedException {
        ConnectedWorkspace present = present(id);
        if (present.state() == ConnectionState.PAUSED) {
            write(present.in(ConnectionState.ACTIVE));
        }
    }

    @Override
    public String repairWebhooks(ConnectionId id) throws InterruptedException {
        ConnectedWorkspace connection = present(id);
        try {
            parts.hooks().keep(new Access(bitbucket, connection), true);
            return parts.hooks().summary(id);
        } catch (BitbucketException.Unauthorized e) {
            return "Bitbucket refuses the access token. Replace it; webhooks are looked at then.";
        } catch (BitbucketException e) {
            return "Bitbucket did not answer as expected. Webhooks are looked at again in some minutes.";
        }
    }

    @Override
    public synchronized Optional<String> disconnect(ConnectionId id) throws InterruptedException {
        Optional<String> left = Optional.empty();
        switch (parts.store().lookup(id)) {
            case ConnectionLookup.Found found -> {
                try {
                    parts.hooks().removeAll(new Access(bitbucket, found.workspace()));
                } catch (BitbucketException e) {
                    left = Optional.of("Our webhook could not be removed at Bitbucket. Remove it there: "
                            + parts.hooks().address(id).orElse("its description begins with Tailwater") + ".");
                }
            }
            case ConnectionLookup.Unreadable unreadable ->
                left = Optional.of(
                        "The token cannot be unsealed, so our webhook could not be removed at Bitbucket. Remove it"
                                + " there: " + parts.hooks().address(id).orElse("its description begins with Tailwater")
                                + ".");
            case ConnectionLookup.Unknown unknown -> {
                // forgotten already; what is kept about it is forgotten below
            }
            case ConnectionLookup.StillLoading loading -> throw stillReading();
        }
        parts.connections().remove(id);
        awaitReadBack(id, lookup -> lookup instanceof ConnectionLookup.Unknown);
        parts.states().forget(id);
        return left;
    }

    private ConnectedWorkspace present(ConnectionId id) {
        return switch (parts.store().lookup(id)) {
            case ConnectionLookup.Found found -> found.workspace();
            case ConnectionLookup.Unreadable unreadable -> throw new NoSuchElementException(unreadable.reason());
            case ConnectionLookup.Unknown unknown ->
                throw new NoSuchElementException("there is no connection " + id.value());
            case ConnectionLookup.StillLoading loading -> throw stillReading();
        };
    }

    private static KafkaException stillReading() {
        return new KafkaException("connections are still being read; try again in a moment");
    }

    private void write(ConnectedWorkspace connection) throws InterruptedException {
        parts.connections().put(connection);
        awaitReadBack(
                connection.id(),
                lookup -> lookup instanceof ConnectionLookup.Found found
                        && found.workspace().state() == connection.state()
                        && found.workspace().hasTokenOf(connection));
    }

    private void awaitReadBack(ConnectionId id, Predicate<ConnectionLookup> expected) throws InterruptedException {
        long end = System.nanoTime() + READING_BACK.toNanos();
        while (!expected.test(parts.store().lookup(id))) {
            if (System.nanoTime() > end) {
                throw new KafkaException("connection " + id.value() + " was written, but not read back in "
                        + READING_BACK.toSeconds() + " s");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static ConnectedWorkspace connection(
            ConnectionId id, Accepted accepted, Secret token, Secret webhookSecret, Optional<Instant> expiresAt) {
        return new ConnectedWorkspace(
                id,
                accepted.workspaceSlug(),
                Optional.of(accepted.workspaceUuid()),
                accepted.kind(),
                repositories(accepted),
                ConnectionState.ACTIVE,
                token.use(text -> Secret.of(text.strip())),
                webhookSecret,
                expiresAt.map(time -> time.truncatedTo(ChronoUnit.MILLIS)));
    }

    private static List<String> repositories(Accepted accepted) {
        return accepted.kind() == ConnectionScope.REPOSITORY
                ? accepted.repositories().stream()
                        .map(fullName -> fullName.substring(fullName.indexOf('/') + 1))
                        .toList()
                : List.of();
    }

    private static TokenFacts facts(Accepted accepted) {
        Map<String, PermissionState> permissions = new HashMap<>();
        accepted.permissions().forEach((permission, state) -> permissions.put(permission.name(), state));
        return TokenFacts.newBuilder()
                .setKind(accepted.kind())
                .setName(accepted.name().orElse(null))
                .setPermissions(permissions)
                .setInspectedAt(accepted.inspectedAt())
                .build();
    }

    /** Named after what it connects, so that the webhook's address says so. */
    private ConnectionId freeId(Accepted accepted) {
        String wanted = String.join(
                "-",
                Stream.concat(Stream.of(accepted.workspaceSlug()), repositories(accepted).stream())
                        .toList());
        String plain = wanted.replaceAll("[^A-Za-z0-9_-]+", "-");
        String name = plain.substring(0, Math.min(plain.length(), LONGEST_ID));
        List<ConnectionId> taken = parts.store().ids();
        for (int number = 1; number <= MOST_IDS; number++) {
            ConnectionId id = new ConnectionId(number == 1 ? name : name + "-" + number);
            if (!taken.contains(id)) {
                return id;
            }
        }
        throw new IllegalStateException("no id is free for " + name);
    }
}
