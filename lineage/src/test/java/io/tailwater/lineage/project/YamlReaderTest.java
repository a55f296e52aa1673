package io.tailwater.lineage.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
    private static YamlValue read(String text) {
        YamlValue root = ((YamlOutcome.Read) YamlReader.read(text)).root();
        return root == null ? new YamlValue.Sequence(List.of(), 0) : root;
    }

    @Test
    void tellsTheLineOfEachValue() {
        YamlValue root = read("models:\n  - name: a\n    columns:\n      - name: id\n");

        YamlValue model = root.items("models").get(0);
        assertThat(model.line()).isEqualTo(2);
        assertThat(model.items("columns").get(0).line()).isEqualTo(4);
        assertThat(model.text("name")).isEqualTo("a");
    }

    @Test
    void unfoldsAliasesAndMergeKeys() {
        YamlValue root = read("base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  y: 3\n");

        assertThat(root.entries("own"))
                .hasEntrySatisfying("x", x -> assertThat(x).hasToString("Scalar[text=1, kind=INTEGER, line=1]"))
                .hasEntrySatisfying("y", y -> assertThat(y).hasToString("Scalar[text=3, kind=INTEGER, line=4]"));
    }

    @Test
    void stopsAliasesThatMultiply() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String before = "*a" + (i - 1) + ", ";
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(before.repeat(9))
                    .append("x]\n");
        }

        assertThat(YamlReader.read(bomb.toString()))
                .isInstanceOfSatisfying(
                        YamlOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains("more than"));
    }

    @Test
    void saysWhereBrokenYamlBreaks() {
        assertThat(YamlReader.read("a: 1\nb: [1, 2\nc: 3\n"))
                .isInstanceOfSatisfying(
                        YamlOutcome.Failed.class,
                        failed -> assertThat(failed.line()).isGreaterThan(1));
    }

    @Test
    void takesAnEmptyFileForNothing() {
        assertThat(YamlReader.read("")).isEqualTo(new YamlOutcome.Read(null));
        assertThat(YamlReader.read("# only a comment\n")).isEqualTo(new YamlOutcome.Read(null));
    }
}
