package io.tailwater.launcher.doctor;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.RepositoryName;
import io.tailwater.connections.ConfiguredConnection;
import io.tailwater.connections.ConnectionSettings;
import io.tailwater.connections.ConnectionsFile;
import io.tailwater.connections.ConnectionsFileException;
import io.tailwater.connections.SealException;
import io.tailwater.connections.SealingKey;
import io.tailwater.ingest.GatewayConfig;
import io.tailwater.pranalyzer.AnalyzerConfig;
import io.tailwater.publisher.PublisherConfig;
import io.tailwater.schemas.topic.TopicCreator;
import io.tailwater.schemas.topic.TopicPlan;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Settings;
import io.tailwater.service.SettingsException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Looks at configuration, Kafka, topics, registry, credentials, Bitbucket and disk; changes nothing. */
public final class Examination {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long FREE_BYTES = 2L << 30;

    private final Settings settings;
    private final Map<String, String> environment;
    private final List<Diagnosis> diagnoses = new ArrayList<>();

    /**
     * An examination.
     *
     * @param settings what is configured
     * @param environment where the connections file finds its credentials
     */
    public Examination(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /** Looks at everything, each thing once, in the order in which to mend them. */
    public List<Diagnosis> run() throws InterruptedException {
        diagnoses.add(Diagnosis.good("Java", "runs on " + Runtime.version()));
        configuration();
        Optional<KafkaSettings> kafka = part(KafkaSettings.class);
        if (kafka.isPresent()) {
            topics(kafka.get());
            registry(kafka.get());
        } else {
            diagnoses.add(Diagnosis.unknown("Kafka", "not looked at, since it is not configured"));
        }
        connections();
        disk();
        return List.copyOf(diagnoses);
    }

    private void configuration() {
        try {
            settings.check(List.of(GatewayConfig.class, AnalyzerConfig.class, PublisherConfig.class));
            diagnoses.add(Diagnosis.good("configuration", "every key is known and every value is in range"));
        } catch (SettingsException e) {
            diagnoses.add(Diagnosis.bad(
                    "configuration",
                    String.valueOf(e.getMessage()),
                    "`up` fills in the broker and the key by itself; the services alone need them set"));
        }
    }

    private <R extends Record> Optional<R> part(Class<R> type) {
        try {
            return Optional.of(settings.load(type));
        } catch (SettingsException e) {
            return Optional.empty();
        }
    }

    private void topics(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        properties.put("request.timeout.ms", (int) PATIENCE.toMillis() / 2);
        try (Admin admin = Admin.create(properties)) {
            TopicPlan plan = new TopicCreator(admin)
                    .plan(new TopicPlan.Options(TopicPlan.Options.DEFAULT_PARTITIONS, (short) 1));
            diagnoses.add(Diagnosis.good("Kafka", "answers at " + kafka.bootstrapServers()));
            diagnoses.add(
                    plan.isDone()
                            ? Diagnosis.good("topics", "all there")
                            : Diagnosis.bad(
                                    "topics",
                                    "some are missing or differ",
                                    "look with `./tailwater topics`, then `./tailwater topics --create`"));
        } catch (KafkaException e) {
            diagnoses.add(Diagnosis.bad(
                    "Kafka",
                    "does not answer at " + kafka.bootstrapServers() + ": " + e.getMessage(),
                    "check kafka.bootstrap-servers, the network, and kafka.client.* for security settings"));
            diagnoses.add(Diagnosis.unknown("topics", "not looked at, since Kafka does not answer"));
        }
    }

    private void registry(KafkaSettings kafka) throws InterruptedException {
        String address = kafka.schemaRegistryUrl().toString();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            kafka.schemaRegistryUrl().resolve("/subjects"))
                    .timeout(PATIENCE)
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            diagnoses.add(
                    status == 200
                            ? Diagnosis.good("schema registry", "answers at " + address)
                            : Diagnosis.bad(
                                    "schema registry",
                                    "answers with " + status + " at " + address,
                                    "check kafka.schema-registry-url and its credentials"));
        } catch (IOException e) {
            diagnoses.add(Diagnosis.bad(
                    "schema registry", "does not answer at " + address, "check kafka.schema-registry-url"));
        }
    }

    private void connections() {
        Optional<ConnectionSettings> configured = part(ConnectionSettings.class);
        if (configured.isEmpty()) {
            diagnoses.add(Diagnosis.unknown("connections", "not looked at, since no sealing key is configured"));
            return;
        }
        try {
            SealingKey key = SealingKey.from(configured.get());
            diagnoses.add(Diagnosis.good("sealing key", "can be read"));
            if (configured.get().file().isEmpty()) {
                diagnoses.add(Diagnosis.good("connections", "no file is configured; published ones are used"));
                return;
            }
            List<ConfiguredConnection> found =
                    ConnectionsFile.read(configured.get().file().get(), environment, key);
            diagnoses.add(Diagnosis.good("connections", found.size() + " in the file, with token and secret"));
            found.forEach(this::bitbucket);
        } catch (SealException e) {
            diagnoses.add(Diagnosis.bad(
                    "sealing key",
                    String.valueOf(e.getMessage()),
                    "put the key back, or make one with `./tailwater connections new-key`"));
        } catch (ConnectionsFileException e) {
            diagnoses.add(Diagnosis.bad("connections", String.valueOf(e.getMessage()), "mend the file"));
        }
    }

    private void bitbucket(ConfiguredConnection connection) {
        String subject = "Bitbucket, connection " + connection.id().value();
        Optional<PublisherConfig> publisher = part(PublisherConfig.class);
        if (publisher.isEmpty() || connection.repositories().isEmpty()) {
            diagnoses.add(Diagnosis.unknown(
                    subject,
                    "not asked: the connection names no repository to ask for, or the configuration is not whole"));
            return;
        }
        RepositoryName name = new RepositoryName(
                connection.workspaceSlug(), connection.repositories().getFirst());
        try (Bitbucket bitbucket = new Bitbucket(publisher.get().apiUrl(), Clock.systemUTC())) {
            AccessToken token = connection.token().use(AccessToken::of);
            bitbucket.repository(name, token).get();
            diagnoses.add(Diagnosis.good(subject, "lets us read " + name));
        } catch (BitbucketException e) {
            diagnoses.add(Diagnosis.bad(
                    subject,
                    String.valueOf(e.getMessage()),
                    "check that the token is valid and has the scopes the README names"));
        }
    }

    private void disk() {
        Optional<AnalyzerConfig> analyzer = part(AnalyzerConfig.class);
        if (analyzer.isEmpty()) {
            return;
        }
        Path folder = analyzer.get().dataFolder().toAbsolutePath();
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            FileStore store = Files.getFileStore(existing);
            String free = (store.getUsableSpace() >> 20) + " MB free for " + folder;
            boolean enough = store.getUsableSpace() >= FREE_BYTES && Files.isWritable(existing);
            diagnoses.add(
                    enough
                            ? Diagnosis.good("disk", free)
                            : Diagnosis.bad(
                                    "disk",
                                    free + (Files.isWritable(existing) ? "" : ", not writable"),
                                    "mirrors need at least 2 GB; choose another analyzer.data-folder"));
        } catch (IOException e) {
            diagnoses.add(Diagnosis.bad("disk", "looking at " + existing + ": " + e, "check analyzer.data-folder"));
        }
    }
}
