package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

    @Test
    void theConfigurationTableIsTheOneThatTheSettingsCommandPrints() throws IOException {
        String text = Files.readString(README);
        String table = text.substring(
                text.indexOf("<!-- settings -->\n") + "<!-- settings -->\n".length(),
                text.indexOf("<!-- /settings -->"));
        assertThat(table)
                .as("paste the output of ./tailwater settings between the markers of README.md")
                .isEqualTo(Configuration.table());
    }
}
