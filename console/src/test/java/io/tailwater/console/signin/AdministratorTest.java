package io.tailwater.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdministratorTest {

    private static final String PASSWORD = "correct horse battery staple";

    @Test
    void thePasswordIsSetOnceAndKeptAsAHashThatOnlyItsOwnerReads(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("data/administrator.hash");
        Administrator administrator = new Administrator(file);
        String key = administrator.oneTimeKey().orElseThrow();
        assertThat(administrator.mayBeSetWith(key)).isTrue();
        assertThat(administrator.mayBeSetWith(key + "x")).isFalse();
        assertThat(administrator.accepts(PASSWORD)).isFalse();

        assertThat(administrator.set(PASSWORD)).isTrue();

        assertThat(administrator.set("another password of mine")).isFalse();
        assertThat(administrator.oneTimeKey()).isEmpty();
        assertThat(administrator.mayBeSetWith(key)).isFalse();
        assertThat(new Administrator(file).accepts(PASSWORD)).isTrue();
        assertThat(new Administrator(file).accepts("another password of mine")).isFalse();
        assertThat(Files.readString(file)).startsWith("$argon2id$").doesNotContain(PASSWORD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shortPasswordsAndMistypedOnesAreObjectedTo() {
        assertThat(Administrator.objection("elevenchars", "elevenchars"))
                .hasValueSatisfying(text -> assertThat(text).contains("12"));
        assertThat(Administrator.objection(PASSWORD, PASSWORD + "!")).contains("The two passwords differ.");
        assertThat(Administrator.objection(PASSWORD, PASSWORD)).isEmpty();
    }
}
