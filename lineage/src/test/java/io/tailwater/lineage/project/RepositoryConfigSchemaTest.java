package io.tailwater.lineage.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.project.YamlValue.Scalar;
import io.tailwater.lineage.project.YamlValue.ScalarKind;
import io.tailwater.lineage.project.YamlValue.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published JSON Schema and the parser take the same files for right. */
class RepositoryConfigSchemaTest {
    private static final Path DOCS = Path.of("../docs");

    private static YamlValue yaml(String text) {
        return Objects.requireNonNull(((YamlOutcome.Read) YamlReader.read(text)).root());
    }

    private static YamlValue schema() throws IOException {
        return yaml(Files.readString(DOCS.resolve("tailwater.schema.json")));
    }

    private static boolean parserTakes(String text) {
        return RepositoryConfig.of(InMemoryRepositoryFiles.ofTexts("shop", "head", Map.of(RepositoryConfig.PATH, text)))
                .mistakes()
                .isEmpty();
    }

    @Test
    void theDocumentedExampleIsRight() throws IOException {
        String page = Files.readString(DOCS.resolve("configuration.md"));
        String example = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("\n```", page.indexOf("```yaml")));

        assertThat(new Form(schema()).takes(schema(), yaml(example))).isTrue();
        assertThat(parserTakes(example)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database: analytics",
                "database: 7",
                "ignore: [a, \"b/**\"]",
                "layouts: [\"{schema}/{table}.sql\"]",
                "dbt: {vars: {a: [1, 2]}}",
                "severity: [{reader: a, kind: test, at_least: breaking}]",
                "suppress: [{reader: a, change: b, reason: c, expires: \"2031-01-01\"}]",
            })
    void bothTakeWhatIsRight(String text) throws IOException {
        assertThat(new Form(schema()).takes(schema(), yaml(text))).isTrue();
        assertThat(parserTakes(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "databse: analytics",
                "database: [a]",
                "version: 2",
                "ignore: a",
                "ignore: [[a]]",
                "layouts: [\"sql/query.sql\"]",
                "layouts: [\"{table}/{table}.sql\"]",
                "names: [{from: a}]",
                "names: [{from: a.b.c, to: d}]",
                "dialects: [{paths: a}]",
                "dbt: prod",
                "dbt: {profile: a}",
                "severity: [{at_most: none}]",
                "severity: [{kind: a}]",
                "severity: [{kind: a, at_most: none, at_least: none}]",
                "severity: [{kind: a, at_most: loud}]",
                "suppress: [{reader: a, reason: b}]",
                "suppress: [{reader: a, expires: 2031-01-01}]",
                "suppress: [{reason: a, expires: 2031-01-01}]",
                "suppress: [{reader: a, reason: b, expires: soon}]",
                "suppress: [{reader: a, reason: b, expires: 2031-01-01, effects: [noise]}]",
                "suppress: [{reader: a, reason: b, expires: 2031-01-01, until: x}]",
            })
    void bothRefuseMistakes(String text) throws IOException {
        assertThat(new Form(schema()).takes(schema(), yaml(text))).isFalse();
        assertThat(parserTakes(text)).isFalse();
    }

    /** As much of JSON Schema as the published one uses; a word it does not know fails the test. */
    private record Form(YamlValue root) {
        boolean takes(YamlValue schema, YamlValue value) {
            return new Check(this, schema, value).holds();
        }
    }

    private record Check(Form form, YamlValue schema, YamlValue value) {
        boolean holds() {
            for (Map.Entry<String, YamlValue> rule :
                    ((YamlValue.Mapping) schema).entries().entrySet()) {
                if (!holds(rule.getKey(), rule.getValue())) {
                    return false;
                }
            }
            return true;
        }

        private boolean holds(String word, YamlValue rule) {
            return switch (word) {
                case "$schema", "title", "description", "$defs" -> true;
                case "$ref" -> form.takes(definition(text(rule)), value);
                case "type" -> types(rule).contains(type());
                case "const" -> text(rule).equals(text(value));
                case "enum" -> texts(rule).contains(text(value));
                case "pattern" ->
                    !(value instanceof Scalar)
                            || Pattern.compile(text(rule)).matcher(text(value)).find();
                case "maxLength" -> text(value).length() <= Integer.parseInt(text(rule));
                case "maxItems" -> items(value).size() <= Integer.parseInt(text(rule));
                case "items" -> items(value).stream().allMatch(item -> form.takes(rule, item));
                case "required" -> texts(rule).stream().allMatch(key -> value.get(key) != null);
                case "additionalProperties" ->
                    keys().stream().allMatch(key -> schema.entries("properties").containsKey(key));
                case "properties" ->
                    keys().stream().allMatch(key -> {
                        YamlValue below = rule.get(key);
                        return below == null || form.takes(below, Objects.requireNonNull(value.get(key)));
                    });
                case "anyOf" -> items(rule).stream().anyMatch(each -> form.takes(each, value));
                case "oneOf" ->
                    items(rule).stream().filter(each -> form.takes(each, value)).count() == 1;
                default ->
                    throw new IllegalStateException("the schema uses " + word + ", which this test does not know");
            };
        }

        private YamlValue definition(String reference) {
            String name = reference.substring("#/$defs/".length());
            return Objects.requireNonNull(form.root().entries("$defs").get(name), reference);
        }

        private List<String> keys() {
            return value instanceof YamlValue.Mapping mapping
                    ? List.copyOf(mapping.entries().keySet())
                    : List.of();
        }

        private String type() {
            if (value instanceof Scalar scalar) {
                return switch (scalar.kind()) {
                    case TEXT -> "string";
                    case INTEGER, REAL -> "number";
                    case BOOLEAN -> "boolean";
                    case NULL -> "null";
                };
            }
            return value instanceof Sequence ? "array" : "object";
        }

        private static List<String> types(YamlValue rule) {
            return rule instanceof Scalar scalar ? List.of(scalar.text()) : texts(rule);
        }

        private static List<YamlValue> items(@Nullable YamlValue list) {
            return list instanceof Sequence sequence ? sequence.items() : List.of();
        }

        private static List<String> texts(YamlValue list) {
            return items(list).stream().map(Check::text).toList();
        }

        private static String text(YamlValue value) {
            return value instanceof Scalar scalar && scalar.kind() != ScalarKind.NULL ? scalar.text() : "";
        }
    }
}
