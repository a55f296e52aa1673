package io.tailwater.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    enum Speed {
        VERY_SLOW,
        FAST
    }

    record Nested(
            @Setting(key = "test.nested.size", defaultValue = "256KB", min = 1024, meaning = "Size.")
            ByteSize size) {}

    record Sample(
            @Setting(key = "test.name", meaning = "Name.") String name,

            @Setting(key = "test.port", defaultValue = "8080", min = 0, max = 65535, meaning = "Port.")
            int port,

            @Setting(key = "test.timeout", defaultValue = "10s", min = 100, max = 60_000, meaning = "Timeout.")
            Duration timeout,

            @Setting(key = "test.password", defaultValue = "", meaning = "Password.")
            Optional<Secret> password,

            @Setting(key = "test.speed", defaultValue = "very-slow", meaning = "Speed.")
            Speed speed,

            @Setting(key = "test.names", defaultValue = "", meaning = "Names.")
            List<String> names,

            @Setting(key = "test.on", defaultValue = "false", meaning = "Switch.")
            boolean on,

            @Setting(key = "test.address", defaultValue = "https://example.org", meaning = "Address.")
            URI address,

            @Setting(key = "test.folder", defaultValue = "", meaning = "Folder.")
            Optional<Path> folder,

            Nested nested) {}

    record Other(
            @Setting(key = "other.key", defaultValue = "1", meaning = "Other.")
            long key) {}

    record WithKafka(KafkaSettings kafka) {}

    record Picky(
            @Setting(key = "picky.value", defaultValue = "1", meaning = "Value.")
            int value) {
        Picky {
            if (value > 1) {
                throw new IllegalArgumentException("picky.value does not please");
            }
        }
    }

    record Looking(Environment environment) {}

    @TempDir
    Path folder;

    private Settings settings(String file, Map<String, String> environment) throws IOException {
        Path path = folder.resolve("tailwater.properties");
        Files.writeString(path, file);
        return Settings.read(
                Optional.of(path), environment, List.of(Sample.class, Other.class, WithKafka.class, Picky.class));
    }

    @Test
    void fillsARecordWithDefaultsWhereNothingIsSet() throws IOException {
        Sample sample = settings("test.name=x", Map.of()).load(Sample.class);

        assertThat(sample)
                .isEqualTo(new Sample(
                        "x",
                        8080,
                        Duration.ofSeconds(10),
                        Optional.empty(),
                        Speed.VERY_SLOW,
                        List.of(),
                        false,
                        URI.create("https://example.org"),
                        Optional.empty(),
                        new Nested(new ByteSize(256 * 1024))));
    }

    @Test
    void readsEveryTypeFromTheFile() throws IOException {
        Sample sample = settings("""
                        test.name = x y
                        test.port = 1
                        test.timeout = 500ms
                        test.password = hidden
                        test.speed = fast
                        test.names = a, b
                        test.on = true
                        test.address = http://localhost:1
                        test.folder = /some/where
                        test.nested.size = 2MB
                        """, Map.of()).load(Sample.class);

        assertThat(sample.name()).isEqualTo("x y");
        assertThat(sample.port()).isEqualTo(1);
        assertThat(sample.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(sample.password().orElseThrow().<String>use(Function.identity()))
                .isEqualTo("hidden");
        assertThat(sample.speed()).isEqualTo(Speed.FAST);
        assertThat(sample.names()).containsExactly("a", "b");
        assertThat(sample.on()).isTrue();
        assertThat(sample.address()).isEqualTo(URI.create("http://localhost:1"));
        assertThat(sample.folder()).contains(Path.of("/some/where"));
        assertThat(sample.nested().size().bytes()).isEqualTo(2L << 20);
    }

    @Test
    void takesTheCommandLineBeforeTheEnvironmentBeforeTheFile() throws IOException {
        Settings settings = settings(
                "test.name=file\ntest.port=1\nother.key=5",
                Map.of("TAILWATER_TEST_NAME", "env", "TAILWATER_TEST_PORT", "2"));
        Settings overridden = settings.with(Map.of("test.port", "3"));

        assertThat(settings.load(Sample.class).name()).isEqualTo("env");
        assertThat(settings.load(Sample.class).port()).isEqualTo(2);
        assertThat(overridden.load(Sample.class).port()).isEqualTo(3);
        assertThat(overridden.load(Other.class).key()).isEqualTo(5);
    }

    @Test
    void namesEveryProblemAtOnce() throws IOException {
        Settings settings = settings("""
                test.prot = 1
                test.timeout = soon
                test.nested.size = 1B
                test.speed = slow
                other.key = x
                """, Map.of("TAILWATER_TEST_PORT", "70000", "TAILWATER_TEST_SPED", "x"));

        SettingsException problems =
                catchThrowableOfType(SettingsException.class, () -> settings.check(List.of(Sample.class, Other.class)));

        assertThat(problems.problems())
                .anySatisfy(text -> assertThat(text).contains("unknown key test.prot", "did you mean test.port?"))
                .anySatisfy(
                        text -> assertThat(text).contains("TAILWATER_TEST_SPED", "did you mean TAILWATER_TEST_SPEED?"))
                .anySatisfy(text -> assertThat(text).contains("test.name must be set"))
                .anySatisfy(text -> assertThat(text)
                        .contains("test.port", "70000", "TAILWATER_TEST_PORT", "above the largest allowed, 65535"))
                .anySatisfy(text -> assertThat(text).contains("test.timeout", "not a duration"))
                .anySatisfy(text -> assertThat(text).contains("test.nested.size", "below the smallest allowed, 1KB"))
                .anySatisfy(text -> assertThat(text).contains("test.speed", "very-slow, fast"))
                .anySatisfy(text -> assertThat(text).contains("other.key", "not a whole number"))
                .hasSize(8);
        assertThat(problems).hasMessageContaining("8 problems");
    }

    @Test
    void reportsWhatTheRecordItselfRefuses() throws IOException {
        assertThatThrownBy(() -> settings("picky.value=2", Map.of()).load(Picky.class))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("picky.value does not please");
    }

    @Test
    void refusesAKeySetTwice() throws IOException {
        assertThatThrownBy(() -> settings("other.key=1\nother.key=2", Map.of()).load(Other.class))
                .hasMessageContaining("other.key is set twice");
    }

    @Test
    void namesTheFileThatCannotBeRead() {
        assertThatThrownBy(() -> Settings.read(Optional.of(folder.resolve("absent")), Map.of(), List.of(Other.class)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void leavesVariablesAloneThatAreNotSettings() throws IOException {
        Settings settings =
                settings("", Map.of("TAILWATER_SECRET_TOKEN", "t", "TAILWATER_LAUNCHER_JAVA", "j", "PATH", "p"));

        assertThat(settings.load(Other.class).key()).isEqualTo(1);
    }

    @Test
    void neverShowsASecret() throws IOException {
        Sample sample = settings("test.name=x\ntest.password=hidden", Map.of()).load(Sample.class);
        WithKafka kafka = settings("""
                        kafka.bootstrap-servers=localhost:1
                        kafka.schema-registry-url=http://localhost:2
                        kafka.client.sasl.jaas.config=hidden
                        """, Map.of()).load(WithKafka.class);

        assertThat(sample.toString()).contains("***").doesNotContain("hidden");
        assertThat(kafka.toString()).contains("sasl.jaas.config").doesNotContain("hidden");
    }

    @Test
    void gathersFurtherClientPropertiesFromFileAndEnvironment() throws IOException {
        WithKafka kafka = settings("""
                        kafka.bootstrap-servers=localhost:1
                        kafka.schema-registry-url=http://localhost:2
                        kafka.client.security.protocol=PLAINTEXT
                        """, Map.of("TAILWATER_KAFKA_CLIENT_SASL_MECHANISM", "PLAIN"))
                .load(WithKafka.class);

        assertThat(kafka.kafka().clientProperties())
                .containsOnly(
                        Map.entry("bootstrap.servers", "localhost:1"),
                        Map.entry("schema.registry.url", "http://localhost:2"),
                        Map.entry("security.protocol", "PLAINTEXT"),
                        Map.entry("sasl.mechanism", "PLAIN"));
    }

    @Test
    void pinsTheKeysOfKafka() {
        assertThat(Settings.describe(WithKafka.class))
                .extracting(
                        SettingDescription::key,
                        SettingDescription::environmentName,
                        SettingDescription::defaultValue,
                        SettingDescription::required)
                .containsExactly(
                        tuple("kafka.bootstrap-servers", "TAILWATER_KAFKA_BOOTSTRAP_SERVERS", "", true),
                        tuple("kafka.schema-registry-url", "TAILWATER_KAFKA_SCHEMA_REGISTRY_URL", "", true),
                        tuple("kafka.client.", "TAILWATER_KAFKA_CLIENT_", "", false));
    }

    @Test
    void handsOnTheEnvironmentWithoutShowingIt() {
        Settings settings =
                Settings.read(Optional.empty(), Map.of("ACME_TOKEN", " hidden ", "EMPTY", " "), List.of(Looking.class));

        Environment environment = settings.load(Looking.class).environment();

        assertThat(environment.find("ACME_TOKEN").orElseThrow().<String>use(Function.identity()))
                .isEqualTo("hidden");
        assertThat(environment.find("EMPTY")).isEmpty();
        assertThat(environment.find("ABSENT")).isEmpty();
        assertThat(settings.load(Looking.class).toString()).doesNotContain("hidden");
    }

    @Test
    void writesTheConfigurationTable() {
        assertThat(Settings.markdownTable(Sample.class))
                .startsWith("| Key | Value | Default | Meaning |\n|---|---|---|---|\n")
                .contains(
                        "| `test.name` | text | must be set | Name. |\n",
                        "| `test.port` | number, from 0 to 65535 | `8080` | Port. |\n",
                        "| `test.timeout` | duration, from 100ms to 1m | `10s` | Timeout. |\n",
                        "| `test.password` | secret |  | Password. |\n",
                        "| `test.speed` | very-slow \\| fast | `very-slow` | Speed. |\n",
                        "| `test.names` | list of text, comma-separated |  | Names. |\n",
                        "| `test.nested.size` | size, from 1KB | `256KB` | Size. |\n");
        assertThat(Settings.markdownTable(WithKafka.class)).contains("| `kafka.client.*` | text |");
    }

    @Test
    void refusesARecordOutsideItsVocabulary() {
        Settings settings = Settings.read(Optional.empty(), Map.of(), List.of(Other.class));

        assertThatIllegalArgumentException().isThrownBy(() -> settings.load(Picky.class));
    }

    @Test
    void refusesSizesAndDurationsThatDoNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse("999999999999999999GB"));
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse("1 MB"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingTypes.duration("10"));
        assertThat(ByteSize.parse("2GB").bytes()).isEqualTo(2L << 30);
        assertThat(new ByteSize(1536)).hasToString("1536B");
        assertThat(SettingTypes.duration("2d")).isEqualTo(Duration.ofDays(2));
    }
}
