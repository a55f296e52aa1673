package io.tailwater.lineage.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pairs of template and output; the outputs were made by Python's jinja2 3.1.6. */
class PythonSemanticsTest {
    static Stream<String> pairs() throws IOException {
        try (InputStream stream = PythonSemanticsTest.class.getResourceAsStream("/jinja/python-semantics.txt")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n====\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void rendersAsPythonDoes(String pair) {
        int cut = pair.indexOf("\n----\n");
        String expected = pair.substring(cut + "\n----\n".length());
        assertThat(render(pair.substring(0, cut))).isEqualTo(expected);
    }

    private static String render(String source) {
        try {
            RenderOutcome outcome = Interpreter.render(
                    Template.parse("template", source), InterpreterTest.GLOBALS, RenderLimits.USUAL, true);
            return switch (outcome) {
                case RenderOutcome.Rendered rendered -> rendered.text().value();
                case RenderOutcome.Failed failed -> "!error";
            };
        } catch (TemplateException e) {
            return "!error";
        }
    }
}
