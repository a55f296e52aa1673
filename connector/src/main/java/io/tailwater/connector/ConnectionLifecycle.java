package io.tailwater.connector;

import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes, changes and ends connections. Each call returns once Kafka has the change on all in-sync replicas and this process
 * has read it back. Safe for use by many threads.
 *
 * <p>All calls throw {@link org.apache.kafka.common.KafkaException} when Kafka does not take the change; calling again is
 * safe. A connection from the configuration file can be changed too, but the file wins at the next start.
 */
public interface ConnectionLifecycle {

    /** How saving went. */
    sealed interface Saved {

        /**
         * The connection stands.
         *
         * @param id our name for it
         * @param inspection what is known of its token
         * @param webhooks how its webhooks stand, as a sentence
         */
        record Connected(ConnectionId id, TokenInspection.Accepted inspection, String webhooks) implements Saved {}

        /**
         * Nothing was changed.
         *
         * @param why what is wrong and what to do
         */
        record NotSaved(TokenInspection.Refused why) implements Saved {}
    }

    /**
     * Looks at the token once more, and makes a connection: makes a webhook secret, seals it and the token, writes the
     * connection, installs its webhooks. The baseline begins by itself.
     *
     * @param token the access token
     * @param workspace as for {@link TokenInspector#inspect}
     * @param expiresAt expiry chosen at Bitbucket when the token was created, empty when none or not known
     */
    Saved connect(Secret token, String workspace, Optional<Instant> expiresAt) throws InterruptedException;

    /**
     * Puts a new token in the place of the old one: only when it belongs to the same workspace, has the permissions the old
     * one had, and reaches its repositories. Webhooks stand throughout; the webhook secret stays. A token of another kind is
     * taken too: its webhooks are installed before those of the old kind are removed.
     *
     * @throws java.util.NoSuchElementException when there is no such connection
     */
    Saved replaceToken(ConnectionId id, Secret token, Optional<Instant> expiresAt) throws InterruptedException;

    /**
     * Stops work for a connection; what comes is kept and done after {@link #resume}.
     *
     * @throws java.util.NoSuchElementException when there is no such connection
     */
    void pause(ConnectionId id) throws InterruptedException;

    /**
     * Goes on after {@link #pause}.
     *
     * @throws java.util.NoSuchElementException when there is no such connection
     */
    void resume(ConnectionId id) throws InterruptedException;

    /**
     * Looks at the webhooks now and sets right what differs, secrets included.
     *
     * @return how they stand, as a sentence
     * @throws java.util.NoSuchElementException when there is no such connection, or none that can be unsealed
     */
    String repairWebhooks(ConnectionId id) throws InterruptedException;

    /**
     * Ends a connection: removes our webhooks at Bitbucket where it lets us, then forgets token, secret and progress. Reports
     * stay. A connection that cannot be unsealed can be ended too, but its webhooks must be removed by hand.
     *
     * @return what could not be removed at Bitbucket, as a sentence; empty when nothing was left
     */
    Optional<String> disconnect(ConnectionId id) throws InterruptedException;
}
