package io.tailwater.launcher.demo;

import io.tailwater.connections.ConnectionsFile;
import io.tailwater.connections.Credential;
import io.tailwater.connections.SealingKey;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import io.tailwater.simulator.BitbucketSimulator;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.state.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A workspace at the local stand-in for Bitbucket, and all that the services need to be connected to it: a token and a webhook
 * secret made for this run, sealed in a connections file.
 */
public final class LocalWorkspace implements AutoCloseable {

    /** Slug of the workspace. */
    public static final String SLUG = "acme";

    /** Our name for the connection to it. */
    public static final ConnectionId CONNECTION = new ConnectionId("demo");

    private static final int REQUESTS_PER_HOUR = 100_000;
    private static final List<String> EVENTS = List.of(
            "repo:push",
            "pullrequest:created",
            "pullrequest:updated",
            "pullrequest:fulfilled",
            "pullrequest:rejected",
            "pullrequest:comment_created");

    private final BitbucketSimulator bitbucket;
    private final String token;
    private final String webhookSecret;
    private final Path connections;
    private final Path keyFile;

    private LocalWorkspace(
            BitbucketSimulator bitbucket, String token, String webhookSecret, Path connections, Path keyFile) {
        this.bitbucket = bitbucket;
        this.token = token;
        this.webhookSecret = webhookSecret;
        this.connections = connections;
        this.keyFile = keyFile;
    }

    /**
     * Starts the stand-in and writes key and connections file.
     *
     * @param folder an existing folder for the two files
     * @throws IOException when they cannot be written
     */
    public static LocalWorkspace start(Path folder) throws IOException {
        SecureRandom random = new SecureRandom();
        String token = "ATCTT3" + hex(random, 24);
        String webhookSecret = hex(random, 32);
        Path keyFile = folder.resolve("keyset.json");
        SealingKey key = SealingKey.generate(keyFile);
        Path connections = Files.writeString(folder.resolve("connections.yaml"), """
                connections:
                  - id: %s
                    workspace: %s
                    token: %s
                    webhook-secret: %s
                """.formatted(
                        CONNECTION.value(),
                        SLUG,
                        sealed(key, Credential.ACCESS_TOKEN, token),
                        sealed(key, Credential.WEBHOOK_SECRET, webhookSecret)));
        BitbucketSimulator bitbucket =
                BitbucketSimulator.start(SimulatorOptions.defaults().withRequestsPerHour(REQUESTS_PER_HOUR));
        bitbucket.addToken(AccessToken.ofWorkspace(SLUG, "Tailwater", token));
        return new LocalWorkspace(bitbucket, token, webhookSecret, connections, keyFile);
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    private static String sealed(SealingKey key, Credential credential, String value) {
        return ConnectionsFile.sealedValue(key, CONNECTION, credential, Secret.of(value));
    }

    /**
     * Settings that connect the services to it, all listeners on free ports.
     *
     * @param bootstrapServers Kafka's brokers
     * @param schemaRegistryUrl address of the schema registry
     * @param dataFolder where the analyzer keeps its mirrors and state
     */
    public Map<String, String> settings(String bootstrapServers, String schemaRegistryUrl, Path dataFolder) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("kafka.bootstrap-servers", bootstrapServers);
        settings.put("kafka.schema-registry-url", schemaRegistryUrl);
        settings.put("connections.file", connections.toString());
        settings.put("connections.key-file", keyFile.toString());
        settings.put("bitbucket.api-url", bitbucket.address().toString());
        settings.put("bitbucket.git-url", bitbucket.address().toString());
        settings.put("analyzer.data-folder", dataFolder.toString());
        settings.put("console.data-folder", dataFolder.resolveSibling("console").toString());
        for (String listener : List.of("gateway.webhook", "gateway.admin", "analyzer.admin", "publisher.admin")) {
            settings.put(listener + ".port", "0");
        }
        return settings;
    }

    /** Has every event of the workspace delivered to a gateway. */
    public void deliverTo(URI webhooks) {
        bitbucket.addHook(SLUG, null, webhooks, EVENTS, webhookSecret);
    }

    /** The local stand-in for Bitbucket. */
    public BitbucketSimulator bitbucket() {
        return bitbucket;
    }

    /** The credentials of this run: what must be found nowhere in the clear. */
    public List<Secret> credentials() {
        return List.of(Secret.of(token), Secret.of(webhookSecret));
    }

    @Override
    public void close() {
        bitbucket.close();
    }
}
