package io.tailwater.lineage.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpreterTest {
    static final Globals GLOBALS = new Globals() {
        @Override
        public @Nullable Value lookup(String name, Template from) {
            return switch (name) {
                case "return" -> Interpreter.returning();
                case "ref" ->
                    (Value.Function) call -> Value.Str.of(
                            "\"db\".\"sch\".\"" + ((Value.Str) call.positional().getLast()).value() + "\"");
                case "secret" -> new Value.Unknown("it is a secret");
                case "first_run" -> (Value.Function) call -> call.interpreter().either();
                default -> null;
            };
        }
    };

    private static RenderOutcome outcome(String source, boolean assumption) {
        return Interpreter.render(Template.parse("model.sql", source), GLOBALS, RenderLimits.USUAL, assumption);
    }

    private static RenderOutcome.Rendered rendered(String source) {
        return (RenderOutcome.Rendered) outcome(source, true);
    }

    @Test
    void mapsCharactersOfAMacroToTheMacroAndToItsCall() {
        String source =
                "{% macro money(column) %}\n  round({{ column }}, 2)\n{% endmacro %}\nselect\n  {{ money('price') }}\n";
        RenderedText text = rendered(source).text();

        Origin origin = text.originOf(text.value().indexOf("round"));

        assertThat(origin.line()).isEqualTo(2);
        assertThat(origin.outermost().line()).isEqualTo(5);
        assertThat(text.originOf(text.value().indexOf("price")).outermost().line())
                .isEqualTo(5);
        assertThat(text.originOf(text.value().indexOf("select")).offset()).isEqualTo(source.indexOf("select"));
    }

    @Test
    void mapsTextThatPassedThroughAVariableToWhereItWasWritten() {
        String source = "{% set part %}\na + b\n{% endset %}\n\nselect {{ part | trim }}";
        RenderedText text = rendered(source).text();

        assertThat(text.originOf(text.value().indexOf("a + b")).line()).isEqualTo(2);
    }

    @Test
    void leavesAMacroEarlyWithReturn() {
        assertThat(rendered("{% macro m() %}a{% if true %}{{ return([1, 2]) }}{% endif %}b{% endmacro %}{{ m()[1] }}")
                        .text()
                        .value())
                .isEqualTo("2");
    }

    @Test
    void namesTheReasonWhereAnUnknownValueIsPutOut() {
        RenderOutcome.Rendered rendered = rendered("select {{ secret.columns[0] | upper }} as a");

        assertThat(rendered.placeholders()).singleElement().satisfies(placeholder -> {
            assertThat(placeholder.reason()).isEqualTo("it is a secret");
            assertThat(rendered.text().value()).isEqualTo("select " + placeholder.name() + " as a");
        });
    }

    @Test
    void runsALoopOverSomethingUnknownOnceAndSaysSo() {
        RenderOutcome.Rendered rendered = rendered("{% for x in secret %}[{{ x }}]{% endfor %}");

        assertThat(rendered.text().value()).matches("\\[tw_unknown_1x]");
        assertThat(rendered.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.reason()).contains("it is a secret"));
    }

    @Test
    void takesEachBranchOfAnUnknownConditionUnderOneAssumption() {
        String source = "{% if secret == 'x' %}yes{% else %}no{% endif %}{% if first_run() %}!{% endif %}";

        assertThat(((RenderOutcome.Rendered) outcome(source, true)).text().value())
                .isEqualTo("yes!");
        assertThat(((RenderOutcome.Rendered) outcome(source, false)).text().value())
                .isEqualTo("no");
        assertThat(rendered(source).branched()).isTrue();
        assertThat(rendered("{% if 1 %}a{% endif %}").branched()).isFalse();
    }

    @Test
    void takesTheNegationOfAnUnknownConditionForItsOpposite() {
        for (String condition : new String[] {"secret", "secret == 'x'", "secret in ['x']", "secret is string"}) {
            String negation = switch (condition) {
                case "secret == 'x'" -> "secret != 'x'";
                case "secret in ['x']" -> "secret not in ['x']";
                case "secret is string" -> "secret is not string";
                default -> "not " + condition;
            };
            String source = "{% if " + condition + " %}yes{% endif %}{% if " + negation + " %}no{% endif %}";

            assertThat(((RenderOutcome.Rendered) outcome(source, true)).text().value())
                    .as(source)
                    .isEqualTo("yes");
            assertThat(((RenderOutcome.Rendered) outcome(source, false)).text().value())
                    .as(source)
                    .isEqualTo("no");
        }
    }

    @Test
    void takesANumberOfMoreThan64BitsForUnknownWhereItIsUsed() {
        String macro = "{% macro m(address=0xa020d57ab0448ef74115c112d18a9c231cc86000) %}{{ address }}{% endmacro %}";

        assertThat(rendered(macro + "{{ m('0x1') }}").text().value()).isEqualTo("0x1");
        assertThat(rendered(macro + "{{ m() }}").placeholders())
                .singleElement()
                .satisfies(placeholder -> assertThat(placeholder.reason()).contains("more than 64 bits"));
    }

    @Test
    void keepsUnknownOutOfComparisonsOfTextsThatHoldIt() {
        assertThat(rendered("{{ ('a' ~ secret) == 'ab' }}").placeholders()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(1000000000) %}{% endfor %}",
                "{{ 'x' * 2000000000 }}",
                "{% set ns = namespace(x='xxxxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
                "{% set ns = namespace(x=[]) %}{% for i in range(200) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(64) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% for i in range(3000) %}{% for j in range(3000) %}x{% endfor %}{% endfor %}",
                "{{ '%099999d' % 1 * 100 }}{{ 'a'.ljust(2000000000) }}",
                "{{ 2 ** 4000 }}"
            })
    void stopsHostileTemplatesWithAReason(String source) {
        assertThat(outcome(source, true))
                .isInstanceOfSatisfying(
                        RenderOutcome.Failed.class,
                        failed -> assertThat(failed.reason())
                                .containsAnyOf("limit", "nested deeper", "too large", "would be made", "longer than"));
    }

    @Test
    void refusesExpressionsNestedTooDeeply() {
        assertThatThrownBy(() -> Template.parse("t", "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void saysWhereASyntaxErrorStands() {
        assertThatThrownBy(() -> Template.parse("models/a.sql", "select 1\n{% if x %}\n"))
                .isInstanceOfSatisfying(TemplateException.class, e -> {
                    assertThat(String.valueOf(e.origin())).isEqualTo("models/a.sql:2");
                    assertThat(e).hasMessageContaining("endif");
                });
    }
}
