package io.tailwater.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.connections.ConnectionLookup;
import io.tailwater.connections.SealingKey;
import io.tailwater.connector.ConnectionLifecycle.Saved;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.connection.PermissionState;
import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.Secret;
import io.tailwater.simulator.fault.Fault;
import io.tailwater.simulator.fault.RecordedRequest;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.Hook;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import io.tailwater.testing.TypedTopics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class ConnectorIT {

    /** One key for all tests: their connections share the cluster's topic. */
    private static final SealingKey KEY = SealingKey.generate();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private KafkaCluster cluster;
    private ConnectorWorld world;
    private AccessToken token;

    @BeforeEach
    void connect(KafkaCluster started, @TempDir Path folder) throws Exception {
        cluster = started;
        world = new ConnectorWorld(started, folder, KEY);
        token = AccessToken.ofWorkspace(world.workspace, "Tailwater", "ATCTT3-" + world.workspace);
        world.bitbucket.addToken(token);
        world.ready();
    }

    @AfterEach
    void staysWithinTheContractAndTheBudget() throws Exception {
        List<RecordedRequest> requests = world.bitbucket.requests();
        for (ConnectionId id : world.store().ids()) {
            if (id.value().startsWith(world.workspace)) {
                world.connector().lifecycle().disconnect(id);
            }
        }
        world.close();
        assertThat(BitbucketContract.violations(requests)).isEmpty();
        assertThat(requests).noneMatch(request -> request.path().contains("ATCTT3"));
    }

    private static Secret secret(AccessToken token) {
        return Secret.of(token.text());
    }

    private Saved.Connected connected(AccessToken with, String workspace) throws Exception {
        Saved saved = world.connector().lifecycle().connect(secret(with), workspace, Optional.empty());
        assertThat(saved).isInstanceOf(Saved.Connected.class);
        return (Saved.Connected) saved;
    }

    private List<WebhookDelivery> deliveries(ConnectionId id) {
        return new TypedTopics(cluster)
                .readAll(Topics.BITBUCKET_WEBHOOKS).stream()
                        .map(ConsumerRecord::value)
                        .filter(delivery -> delivery.getConnectionId().equals(id.value()))
                        .toList();
    }

    private void awaitDelivery(ConnectionId id, String eventKey, Origin origin, String part) {
        new TypedTopics(cluster)
                .await(
                        Topics.BITBUCKET_WEBHOOKS,
                        PATIENCE,
                        records -> records.stream().anyMatch(record -> isAbout(record, id, eventKey, origin, part)));
    }

    private static boolean isAbout(
            ConsumerRecord<RepositoryKey, WebhookDelivery> record,
            ConnectionId id,
            String eventKey,
            Origin origin,
            String part) {
        WebhookDelivery delivery = record.value();
        return delivery.getConnectionId().equals(id.value())
                && delivery.getEventKey().equals(eventKey)
                && delivery.getProvenance().getOrigin() == origin
                && body(delivery).contains(part);
    }

    private static String body(WebhookDelivery delivery) {
        return StandardCharsets.UTF_8.decode(delivery.getBody().duplicate()).toString();
    }

    private List<Hook> ours(ConnectionId id) {
        return world.bitbucket.hooks().stream()
                .filter(hook -> hook.url().toString().endsWith("/webhooks/bitbucket/" + id.value()))
                .toList();
    }

    @Test
    void aWorkspaceTokenGetsOneWebhookItsBaselineAndItsOpenPullRequests() throws Exception {
        PullRequest open = world.bitbucket.openPullRequest(world.warehouse, "Drop amount", "", "drop-amount", "main");

        Saved.Connected saved =
                connected(token, world.bitbucket.address() + "/" + world.workspace + "/warehouse/src/main/");

        assertThat(saved.id()).isEqualTo(new ConnectionId(world.workspace));
        assertThat(saved.inspection().kind()).isEqualTo(ConnectionScope.WORKSPACE);
        assertThat(saved.inspection().name()).contains("Tailwater");
        assertThat(saved.inspection().repositories()).containsExactly(world.workspace + "/warehouse");
        assertThat(saved.inspection().permissions())
                .hasSize(8)
                .allSatisfy((permission, state) -> assertThat(state).isEqualTo(PermissionState.GRANTED));
        assertThat(ours(saved.id())).singleElement().satisfies(hook -> {
            assertThat(hook.repository()).isNull();
            assertThat(hook.active()).isTrue();
            assertThat(hook.secret()).hasSizeGreaterThanOrEqualTo(32);
            assertThat(hook.events())
                    .contains("repo:push", "pullrequest:created")
                    .doesNotContain("repo:fork");
        });
        awaitDelivery(saved.id(), "repo:push", Origin.POLL, "\"name\":\"main\"");
        awaitDelivery(saved.id(), "pullrequest:updated", Origin.POLL, "\"id\":" + open.number());
        assertThat(world.connector().health(saved.id())).hasValueSatisfying(health -> {
            assertThat(health.getToken().getPermissions()).hasSize(8);
            assertThat(health.getWebhook()).isNotNull();
        });
    }

    @Test
    void aRepositoryTokenGetsAWebhookOfItsRepositoryAndNothingOfTheWorkspaceIsListed() throws Exception {
        AccessToken ofRepository =
                AccessToken.ofRepository(world.warehouse.name(), "Warehouse bot", "ATCTT3-r-" + world.workspace);
        world.bitbucket.addToken(ofRepository);

        Saved.Connected saved = connected(ofRepository, world.workspace + "/warehouse");

        assertThat(saved.inspection().kind()).isEqualTo(ConnectionScope.REPOSITORY);
        assertThat(saved.inspection().name()).isEmpty();
        assertThat(ours(saved.id()))
                .singleElement()
                .extracting(Hook::repository)
                .isEqualTo("warehouse");
        awaitDelivery(saved.id(), "repo:push", Origin.POLL, "\"name\":\"main\"");
        assertThat(world.bitbucket.requests())
                .noneMatch(request -> request.path().equals("/2.0/repositories/" + world.workspace)
                        || request.path().startsWith("/2.0/workspaces/")
                                && request.path().contains("/hooks"));
    }

    @Test
    void aRepositoryTokenAsksForTheNameOfItsRepository() {
        AccessToken ofRepository =
                AccessToken.ofRepository(world.warehouse.name(), "Warehouse bot", "ATCTT3-r-" + world.workspace);
        world.bitbucket.addToken(ofRepository);

        TokenInspection found = world.connector().inspector().inspect(secret(ofRepository), world.workspace);

        assertThat(found).isEqualTo(new TokenInspection.RepositoryNotNamed(world.workspace));
    }

    @Test
    void everyErrorOfEnteringATokenHasASentenceThatSaysWhatToDo() {
        TokenInspector inspector = world.connector().inspector();
        AccessToken poor = new AccessToken(world.workspace, null, "Poor", "ATCTT3-p", Set.of("webhook"));
        world.bitbucket.addToken(poor);

        assertThat(inspector.inspect(Secret.of("ATCTT3-wrong"), world.workspace))
                .isInstanceOf(TokenInspection.BadToken.class);
        assertThat(inspector.inspect(secret(token), "another-workspace"))
                .isEqualTo(new TokenInspection.WrongWorkspace("another-workspace"));
        assertThat(inspector.inspect(secret(token), "https://github.com/acme/warehouse"))
                .isInstanceOf(TokenInspection.Malformed.class);
        assertThat(inspector.inspect(Secret.of("two words"), world.workspace))
                .isInstanceOf(TokenInspection.Malformed.class);
        assertThat(inspector.inspect(secret(poor), world.workspace))
                .isEqualTo(new TokenInspection.MissingPermissions(
                        List.of(Permission.REPOSITORIES_READ, Permission.PULL_REQUESTS_READ)));
        world.bitbucket.faults().next(1, "GET", "/2.0/workspaces/", Fault.Answer.rateLimited(Duration.ofMinutes(7)));
        assertThat(inspector.inspect(secret(token), world.workspace))
                .isInstanceOfSatisfying(
                        TokenInspection.RateLimited.class,
                        refused -> assertThat(refused.sentence()).contains("in 7 minutes"));
        world.bitbucket.faults().next(1, "GET", "/2.0/workspaces/", Fault.Answer.status(500));
        assertThat(inspector.inspect(secret(token), world.workspace)).isInstanceOf(TokenInspection.Unreachable.class);
        assertThat(world.bitbucket.requests())
                .allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void ourWebhookIsRepairedAndStrangersAreLeftAlone() throws Exception {
        Hook stranger = world.bitbucket.addHook(
                world.workspace, null, URI.create("https://elsewhere.example.com/hook"), List.of("repo:push"), null);
        ConnectionId id = connected(token, world.workspace).id();
        Hook installed = ours(id).getFirst();

        world.bitbucket.removeHook(installed);
        ConnectorWorld.await("the webhook is installed again", () -> ours(id).size() == 1);
        Hook second = ours(id).getFirst();
        world.bitbucket.changeHook(new Hook(
                second.uuid(),
                second.workspace(),
                second.repository(),
                second.url(),
                "switched off",
                false,
                List.of("repo:push"),
                null,
                second.created()));
        ConnectorWorld.await(
                "the webhook is set right", () -> ours(id).getFirst().active());

        assertThat(ours(id)).singleElement().satisfies(hook -> {
            assertThat(hook.events()).hasSameElementsAs(installed.events());
            assertThat(hook.secret()).isEqualTo(installed.secret());
            assertThat(hook.description()).isEqualTo(installed.description());
        });
        assertThat(world.bitbucket.hooks()).contains(stranger);
        ConnectorWorld.await(
                "the repairs are counted",
                () -> world.connector().health(id).orElseThrow().getWebhook().getRepairs() >= 2);
    }

    @Test
    void whatNoWebhookToldIsFoundByPolling() throws Exception {
        ConnectionId id = connected(token, world.workspace).id();
        awaitDelivery(id, "repo:push", Origin.POLL, "\"name\":\"main\"");
        ConnectorWorld.await(
                "the first look is over",
                () -> world.connector().repositories(id).stream().anyMatch(found -> found.getPolledAt() != null));

        PullRequest missed = world.bitbucket.openPullRequest(world.warehouse, "Missed", "", "drop-amount", "main");
        awaitDelivery(id, "pullrequest:updated", Origin.POLL, "\"title\":\"Missed\"");
        world.bitbucket.decline(missed);
        awaitDelivery(id, "pullrequest:rejected", Origin.POLL, "\"title\":\"Missed\"");
        String moved = world.commit("select 1 as one", "Move main");
        world.bitbucket.notifyPush(world.warehouse);
        awaitDelivery(id, "repo:push", Origin.POLL, moved);

        // and is told once each, however often it is looked at
        ConnectorWorld.await("some more looks", () -> polls() > 20);
        assertThat(deliveries(id).stream()
                        .filter(delivery -> delivery.getEventKey().equals("pullrequest:updated"))
                        .filter(delivery -> body(delivery).contains("\"title\":\"Missed\"")))
                .hasSize(1);
    }

    private long polls() {
        return world.bitbucket.requests().stream()
                .filter(request -> request.path().endsWith("/pullrequests"))
                .count();
    }

    @Test
    void aRevokedTokenParksTheConnectionAndANewOneWakesItWithTheSameWebhook() throws Exception {
        ConnectionId id = connected(token, world.workspace).id();
        Hook before = ours(id).getFirst();

        world.bitbucket.revokeToken(token);
        ConnectorWorld.await("the connection needs a new token", () -> state(id) == ConnectionState.NEEDS_NEW_TOKEN);
        AccessToken poorer = new AccessToken(
                world.workspace, null, "Poorer", "ATCTT3-2" + world.workspace, Set.of("pullrequest", "webhook"));
        AccessToken next = AccessToken.ofWorkspace(world.workspace, "Next", "ATCTT3-3" + world.workspace);
        world.bitbucket.addToken(poorer);
        world.bitbucket.addToken(next);

        assertThat(world.connector().lifecycle().replaceToken(id, secret(poorer), Optional.empty()))
                .isInstanceOfSatisfying(
                        Saved.NotSaved.class,
                        refused -> assertThat(refused.why().sentence())
                                .contains("Pull requests: Write", "Pipelines: Read"));
        assertThat(state(id)).isEqualTo(ConnectionState.NEEDS_NEW_TOKEN);
        assertThat(world.connector().lifecycle().replaceToken(id, secret(next), Optional.empty()))
                .isInstanceOf(Saved.Connected.class);

        assertThat(state(id)).isEqualTo(ConnectionState.ACTIVE);
        assertThat(ours(id)).singleElement().satisfies(hook -> {
            assertThat(hook.uuid()).isEqualTo(before.uuid());
            assertThat(hook.secret()).isEqualTo(before.secret());
        });
    }

    private ConnectionState state(ConnectionId id) {
        return world.store().find(id).orElseThrow().state();
    }

    @Test
    void aTokenOfTheOtherKindTakesOverWithItsOwnKindOfWebhook() throws Exception {
        ConnectionId id = connected(token, world.workspace).id();
        AccessToken ofRepository =
                AccessToken.ofRepository(world.warehouse.name(), "Warehouse bot", "ATCTT3-r-" + world.workspace);
        world.bitbucket.addToken(ofRepository);

        assertThat(world.connector().lifecycle().replaceToken(id, secret(ofRepository), Optional.empty()))
                .isInstanceOf(Saved.Connected.class);
        assertThat(ours(id)).singleElement().extracting(Hook::repository).isEqualTo("warehouse");

        AccessToken back = AccessToken.ofWorkspace(world.workspace, "Back", "ATCTT3-b" + world.workspace);
        world.bitbucket.addToken(back);
        assertThat(world.connector().lifecycle().replaceToken(id, secret(back), Optional.empty()))
                .isInstanceOf(Saved.Connected.class);
        assertThat(ours(id))
                .singleElement()
                .satisfies(hook -> assertThat(hook.repository()).isNull());
    }

    @Test
    void disconnectingRemovesOurWebhookAndForgetsTheSecrets() throws Exception {
        ConnectionId id = connected(token, world.workspace).id();
        assertThat(ours(id)).hasSize(1);

        Optional<String> left = world.connector().lifecycle().disconnect(id);

        assertThat(left).isEmpty();
        assertThat(ours(id)).isEmpty();
        assertThat(world.store().lookup(id)).isInstanceOf(ConnectionLookup.Unknown.class);
        assertThat(world.connector().repositories(id)).isEmpty();
    }

    @Test
    void historyIsToldOnceAsHistoryAlsoAcrossARestart() throws Exception {
        for (int number = 1; number <= 60; number++) {
            world.commit("select " + number + " as id", "Change " + number + " (#" + number + ")");
        }
        world.bitbucket.notifyPush(world.warehouse);
        assertThat(world.bitbucket.addPastPullRequests(world.warehouse, 100)).isEqualTo(60);

        ConnectionId id = connected(token, world.workspace).id();
        ConnectorWorld.await(
                "the walk ends",
                () -> world.connector().history(id).stream().anyMatch(progress -> progress.getFinishedAt() != null));
        world.restart();
        world.ready();
        ConnectorWorld.await(
                "a round after the restart", () -> world.connector().health(id).isPresent());

        assertThat(world.connector().history(id)).singleElement().satisfies(progress -> {
            assertThat(progress.getAnnounced()).isEqualTo(60);
            assertThat(progress.getTotal()).isEqualTo(60);
        });
        assertThat(deliveries(id).stream()
                        .filter(delivery -> delivery.getProvenance().getOrigin() == Origin.BACKFILL))
                .hasSize(60)
                .allSatisfy(delivery -> {
                    assertThat(delivery.getProvenance().getRunName()).isEqualTo("history");
                    assertThat(delivery.getProvenance().getCommentRequested()).isFalse();
                });
    }

    @Test
    void aPausedConnectionGoesOnWhenResumed() throws Exception {
        ConnectionId id = connected(token, world.workspace).id();
        world.connector().lifecycle().pause(id);
        assertThat(state(id)).isEqualTo(ConnectionState.PAUSED);
        long before = polls();

        world.connector().lifecycle().resume(id);
        ConnectorWorld.await("polling goes on", () -> polls() > before);

        assertThat(state(id)).isEqualTo(ConnectionState.ACTIVE);
    }
}
