package io.tailwater.lineage.project.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "FROM {{ project }}.ds.t | FROM ${project}.ds.t",
                "FROM `{{ params.project }}.ds.t` | FROM `${params_project}.ds.t`",
                "FROM {schema}.t WHERE d = {day} | FROM ${schema}.t WHERE d = ${day}",
                "FROM `{project}.ds.t` | FROM `${project}.ds.t`",
                "WHERE d = '{{ ds }}' | WHERE d = '${ds}'",
                "FROM %(schema)s.t WHERE a % (b) | FROM ${schema}.t WHERE a % (b)",
                "FROM $(db).dbo.t | FROM ${db}.dbo.t",
                "FROM $schema.t WHERE a = $1 | FROM ${schema}.t WHERE a = $1",
                "FROM :schema.t WHERE a = :b AND c::d = e | FROM ${schema}.t WHERE a = :b AND c::d = e",
                "WHERE d = @submission_date AND x = ${x} | WHERE d = @submission_date AND x = ${x}",
                "SELECT {'a': 1}, {fn now()}, a:b.c | SELECT {'a': 1}, {fn now()}, a:b.c",
            })
    void haveOneSpelling(String written, String named) {
        assertThat(Placeholders.in("a.sql", written).text()).isEqualTo(named);
    }

    @Test
    void keepLineEnds() {
        Placeholders placeholders = Placeholders.in("a.sql", "SELECT {{\n  a\n}}\r\nFROM t");

        assertThat(placeholders.text().lines()).hasSize(4).last().isEqualTo("FROM t");
    }

    @Test
    void aCallThatStandsAloneIsToldAndLeavesTheRest() {
        Placeholders placeholders = Placeholders.in("a.sql", "#fail\n{{ not_null(['a']) }}\n\nSELECT 1");

        assertThat(placeholders.text()).isEqualTo("#fail\n\n\nSELECT 1");
        assertThat(placeholders.unresolved()).singleElement().satisfies(open -> {
            assertThat(open.location().line()).isEqualTo(2);
            assertThat(open.reason()).contains("not_null");
        });
    }

    @Test
    void namesThatTheFileDefinesAreLeftToTheTemplate() {
        String text = "{% for app in ['a', 'b'] %}SELECT '{{ app }}' FROM {{ app }}.t{% endfor %}";

        assertThat(Placeholders.in("a.sql", text).text()).isEqualTo(text);
        assertThat(SqlText.of("a.sql", text).variants().getFirst().sql())
                .isEqualTo("SELECT 'a' FROM a.tSELECT 'b' FROM b.t");
    }

    @Test
    void aConditionThatOnlyARunAnswersGivesBothTexts() {
        SqlText text = SqlText.of("a.sql", "SELECT a\n{% if is_init() %}\nFROM t\n{% else %}\nFROM u\n{% endif %}");

        assertThat(text.variants()).hasSize(2);
        assertThat(text.variants().getFirst().sql()).contains("FROM u").doesNotContain("FROM t");
        assertThat(text.variants().getLast().sql()).contains("FROM t").doesNotContain("FROM u");
        int place = text.variants().getFirst().sql().indexOf("FROM u");
        assertThat(text.variants().getFirst().origins().apply(place).line()).isEqualTo(5);
    }

    @Test
    void manyCallsAreReadInTimeProportionalToTheText() {
        // a scan back to the start of the text at each of them would not end
        assertThat(Placeholders.in("a.sql", "{{ f(1) }}\n".repeat(60_000)).unresolved())
                .hasSize(60_000);
    }
}
