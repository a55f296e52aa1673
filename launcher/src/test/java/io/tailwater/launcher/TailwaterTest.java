package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TailwaterTest {

    /** What a command left behind. */
    private record Ran(int exitCode, String out, String err) {}

    private static Ran run(String... arguments) {
        PrintStream standardOut = System.out;
        PrintStream standardErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int exitCode = Tailwater.run(arguments);
            return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standardOut);
            System.setErr(standardErr);
        }
    }

    @Test
    void helpListsWhatThereIs() {
        Ran ran = run("--help");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("demo", "check", "lineage", "doctor", "backfill", "replay", "dead-letters");
    }

    @Test
    void aTimeThatIsNoneIsAnInputErrorThatNamesIt() {
        Ran ran = run("replay", "--from", "yesterday");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).doesNotContain("\tat ");
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(run("demmo").exitCode()).isEqualTo(2);
    }

    @Test
    void checkOfAFolderWithoutRepositoryIsAnInputErrorThatNamesIt() {
        Ran ran = run("check", "--repo", "no-such-folder");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("no-such-folder").doesNotContain("\tat ");
    }

    @Test
    void lineageOfAMissingFileIsAnInputErrorThatNamesIt() {
        Ran ran = run("lineage", "no-such-file.sql");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("no-such-file.sql");
    }

    @Test
    void aServiceWithoutConfigurationSaysWhatMustBeSet() {
        Ran ran = run("gateway");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("kafka.bootstrap-servers").doesNotContain("\tat ");
    }
}
