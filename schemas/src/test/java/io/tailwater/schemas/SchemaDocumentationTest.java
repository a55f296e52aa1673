package io.tailwater.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaDocumentationTest {

    /** A symbol alone on its line whose line before does not end a documentation comment. Avro drops such comments. */
    private static final Pattern UNDOCUMENTED_SYMBOL =
            Pattern.compile("(?m)(?<!\\*/)\\R[ \\t]*([A-Z][A-Z0-9_]+),?[ \\t]*$");

    @Test
    void everyRecordEnumAndFieldIsDocumented() {
        List<String> silent = new ArrayList<>();
        for (Schema schema : Declared.named()) {
            if (isBlank(schema.getDoc())) {
                silent.add(schema.getFullName());
            }
            if (schema.getType() == Schema.Type.RECORD) {
                schema.getFields().stream()
                        .filter(field -> isBlank(field.doc()))
                        .forEach(field -> silent.add(schema.getFullName() + "." + field.name()));
            }
        }
        assertThat(Declared.named()).hasSizeGreaterThan(Declared.valueTypes().size());
        assertThat(silent).isEmpty();
    }

    @Test
    void everyEnumSymbolIsDocumentedInItsSource() throws IOException {
        List<String> silent = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/avro"))) {
            for (Path file : files.sorted().toList()) {
                UNDOCUMENTED_SYMBOL
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(found -> silent.add(file.getFileName() + ": " + found.group(1)));
            }
        }
        assertThat(silent).isEmpty();
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
