package io.tailwater.publisher;

import static io.tailwater.publisher.fixture.Reports.HEAD_1;
import static io.tailwater.publisher.fixture.Reports.HEAD_2;
import static io.tailwater.publisher.fixture.Reports.T1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.publisher.fixture.FakeBitbucket.Fault;
import io.tailwater.publisher.fixture.FakeBitbucket.KeptComment;
import io.tailwater.publisher.fixture.Reports;
import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.report.PublicationStatus;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(KafkaExtension.class)
class PublisherServiceIT {

    private static PublisherWorld world;

    private static long pullRequests = 100;

    private final long number = ++pullRequests;

    @BeforeAll
    static void connect(KafkaCluster cluster, @TempDir Path folder) {
        world = new PublisherWorld(cluster, folder);
        world.connect("acme", "token-1");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void publishesOneCommentAndKeepsItTrue() {
        world.bitbucket.open(number, HEAD_1);
        try (PublisherService service = world.start("one-comment")) {
            send(Reports.breaking(number, HEAD_1, T1, "email"));
            world.awaitPublications(Reports.key(number), 1);
            world.bitbucket.open(number, HEAD_2);
            send(Reports.breaking(number, HEAD_2, T1.plusSeconds(1)));
            List<Publication> publications = world.awaitPublications(Reports.key(number), 2);

            assertThat(publications)
                    .extracting(Publication::getStatus)
                    .containsExactly(PublicationStatus.POSTED, PublicationStatus.UPDATED);
            assertThat(service.ready().isWorking()).as(service.ready().detail()).isTrue();
        }
        assertThat(world.bitbucket.visible(number))
                .extracting(KeptComment::text)
                .containsExactly("""
                [tailwater]: https://tailwater.example/r/r-%d-2222-%d#acme

                **No impact left** · `2222222` · 1 break fixed""".formatted(number, T1.plusSeconds(1).toEpochMilli()));
    }

    @Test
    void postsNothingASecondTimeAfterARestartThatReadsEverythingAgain() {
        world.bitbucket.open(number, HEAD_1);
        try (PublisherService service = world.start("before-restart-" + number)) {
            send(Reports.breaking(number, HEAD_1, T1, "email"));
            world.awaitPublications(Reports.key(number), 1);
            assertThat(service.name()).isEqualTo("publisher");
        }
        KeptComment before = world.bitbucket.visible(number).getFirst();
        int callsBefore = world.bitbucket.calls().size();

        long marker = ++pullRequests;
        world.bitbucket.open(marker, HEAD_1);
        try (PublisherService service = world.start("after-restart-" + number)) {
            send(Reports.breaking(marker, HEAD_1, T1, "email"));
            world.awaitPublications(Reports.key(marker), 1);
            assertThat(service.ready().isWorking()).isTrue();
        }

        assertThat(world.bitbucket.visible(number)).containsExactly(before);
        assertThat(world.bitbucket
                        .calls()
                        .subList(callsBefore, world.bitbucket.calls().size()))
                .noneMatch(call -> call.contains("/pullrequests/" + number + "/"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"UNAVAILABLE", "ANSWER_LOST", "RATE_LIMITED", "GARBAGE", "NOT_FOUND"})
    void endsInOneCommentWhateverHappensToTheCreation(Fault fault) {
        world.bitbucket.open(number, HEAD_1);
        world.bitbucket.fail("POST", fault);
        try (PublisherService service = world.start("creation")) {
            send(Reports.breaking(number, HEAD_1, T1, "email"));

            world.awaitPublications(Reports.key(number), 1);
            assertThat(service.name()).isEqualTo("publisher");
        }
        assertThat(world.bitbucket.visible(number)).hasSize(1);
    }

    @Test
    void setsAsideWhatBitbucketRefusesAndGoesOn() {
        world.bitbucket.open(number, HEAD_1);
        world.bitbucket.fail("POST", Fault.REJECTED);
        try (PublisherService service = world.start("refusal")) {
            send(Reports.breaking(number, HEAD_1, T1, "email"));
            Publication refused =
                    world.awaitPublications(Reports.key(number), 1).getFirst();
            send(Reports.breaking(number, HEAD_1, T1.plusSeconds(1), "name"));
            List<Publication> publications = world.awaitPublications(Reports.key(number), 2);

            assertThat(refused.getStatus()).isEqualTo(PublicationStatus.REFUSED);
            assertThat(refused.getReason()).contains("400 Bad Request");
            assertThat(publications.getLast().getStatus()).isEqualTo(PublicationStatus.POSTED);
            assertThat(service.name()).isEqualTo("publisher");
        }
        ConsumerRecord<byte[], byte[]> letter =
                deadLetter(Reports.key(number).text().getBytes(StandardCharsets.UTF_8));
        assertThat(header(letter, "__streams.errors.topic")).isEqualTo(Topics.IMPACT_REPORTS.name());
        assertThat(header(letter, "__streams.errors.exception")).endsWith("BitbucketException$Rejected");
        assertThat(header(letter, "__streams.errors.message")).contains("400");
    }

    @Test
    void setsAsideARecordThatIsNoReport() throws Exception {
        world.bitbucket.open(number, HEAD_1);
        byte[] noKey = ("no-key-" + number).getBytes(StandardCharsets.UTF_8);
        byte[] key = Reports.key(9_000 + number).text().getBytes(StandardCharsets.UTF_8);
        try (PublisherService service = world.start("poison")) {
            sendRaw(noKey, new byte[] {1, 2, 3});
            sendRaw(key, new byte[] {1, 2, 3});
            send(Reports.breaking(number, HEAD_1, T1, "email"));

            assertThat(header(deadLetter(key), "__streams.errors.exception")).contains("Serialization");
            assertThat(header(deadLetter(noKey), "__streams.errors.message")).contains("key");
            world.awaitPublications(Reports.key(number), 1);
            assertThat(service.name()).isEqualTo("publisher");
        }
    }

    @Test
    void parksTheReportsOfARefusedTokenUntilANewOneComesWhileOthersGoOn() {
        String connection = "rotating-" + number;
        world.connect(connection, "old-" + number);
        world.bitbucket.revoke("old-" + number);
        world.bitbucket.open(number, HEAD_1);
        long other = ++pullRequests;
        world.bitbucket.open(other, HEAD_1);
        ImpactReport parked = Reports.breaking(number, HEAD_1, T1, "email");
        parked.getChangeSet().setConnectionId(connection);
        try (PublisherService service = world.start("parked")) {
            send(parked);
            send(Reports.breaking(other, HEAD_1, T1, "email"));
            world.awaitPublications(Reports.key(other), 1);
            assertThat(world.bitbucket.visible(number)).isEmpty();

            world.connect(connection, "new-" + number);

            assertThat(world.awaitPublications(Reports.key(number), 1))
                    .extracting(Publication::getStatus)
                    .containsExactly(PublicationStatus.POSTED);
            assertThat(service.name()).isEqualTo("publisher");
        }
        assertThat(world.bitbucket.visible(number))
                .extracting(KeptComment::author)
                .containsExactly("new-" + number);
    }

    @Test
    void postsNothingForHistory() {
        world.bitbucket.open(number, HEAD_1);
        try (PublisherService service = world.start("history")) {
            send(Reports.from(Reports.breaking(number, HEAD_1, T1, "email"), Origin.BACKFILL, false));

            assertThat(world.awaitPublications(Reports.key(number), 1))
                    .extracting(Publication::getStatus)
                    .containsExactly(PublicationStatus.NOT_POSTED);
            assertThat(service.name()).isEqualTo("publisher");
        }
        assertThat(world.bitbucket.visible(number)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void makesOneCommentWhenItIsKilledInTheMiddleOfACall(String method) throws Exception {
        world.bitbucket.open(number, HEAD_1);
        String group = "killed-" + number;
        CountDownLatch held = world.bitbucket.hold(method);
        send(Reports.breaking(number, HEAD_1, T1, "email"));
        Process first = startProcess(group);
        assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
        first.destroyForcibly().waitFor();
        world.bitbucket.release();

        Process second = startProcess(group);
        try {
            world.awaitPublications(Reports.key(number), 1);
        } finally {
            second.destroyForcibly().waitFor();
        }

        assertThat(world.bitbucket.visible(number)).hasSize(1);
    }

    private static Process startProcess(String group) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                PublisherProcess.class.getName(),
                world.cluster.bootstrapServers(),
                world.cluster.schemaRegistryUrl(),
                world.bitbucket.uri().toString(),
                world.keyFile.toString(),
                group));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("target", "publisher-process.log"))
                .start();
    }

    private void send(ImpactReport report) {
        world.topics.send(
                Topics.IMPACT_REPORTS,
                Reports.key(report.getChangeSet().getPullRequest().getNumber()),
                report);
    }

    private static void sendRaw(byte[] key, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", world.cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.IMPACT_REPORTS.name(), key, value))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static ConsumerRecord<byte[], byte[]> deadLetter(byte[] key) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        world.cluster.bootstrapServers(),
                        "group.id",
                        "letters-" + System.nanoTime(),
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.IMPACT_REPORTS.deadLetters()));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (Arrays.equals(record.key(), key)) {
                        return record;
                    }
                }
            }
        }
        throw new AssertionError("no dead letter with key " + new String(key, StandardCharsets.UTF_8));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
