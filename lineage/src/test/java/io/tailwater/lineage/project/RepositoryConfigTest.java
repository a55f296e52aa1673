package io.tailwater.lineage.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.graph.Unresolved;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryConfigTest {
    private static RepositoryConfig read(String text) {
        return RepositoryConfig.of(
                InMemoryRepositoryFiles.ofTexts("shop", "head", Map.of(RepositoryConfig.PATH, text)));
    }

    private static List<String> mistakes(String text) {
        return read(text).mistakes().stream()
                .map((Unresolved mistake) -> mistake.location().line() + ": " + mistake.reason())
                .toList();
    }

    @Test
    void withoutAFileNothingIsTold() {
        RepositoryFiles files = InMemoryRepositoryFiles.ofTexts("shop", "head", Map.of("a.sql", "SELECT 1"));

        assertThat(RepositoryConfig.of(files)).isEqualTo(RepositoryConfig.NONE);
        assertThat(read("# nothing\n")).isEqualTo(RepositoryConfig.NONE);
    }

    @Test
    void readsWhatIsTold() {
        RepositoryConfig config = read("""
                version: 1
                database: analytics
                schema: public
                dialect: bigquery
                dialects:
                  - {paths: "legacy/**", dialect: mssql}
                names:
                  - {from: Analytics_Dev, to: analytics}
                dbt: {target: prod, vars: {day: monday}}
                ignore: ["sandbox/**"]
                layouts: ["sql/{schema}/{table}.sql"]
                severity:
                  - {kind: test, at_most: behavioural}
                suppress:
                  - {change: orders.status, effects: [values], reason: "moves in March", expires: 2031-03-31}
                """);

        assertThat(config.mistakes()).isEmpty();
        assertThat(config.database()).isEqualTo("analytics");
        assertThat(config.dialectOf("legacy/a/b.sql")).isEqualTo("tsql");
        assertThat(config.dialectOf("sql/a.sql")).isEqualTo("bigquery");
        assertThat(config.names().getFirst().apply("analytics_dev.raw.orders")).isEqualTo("analytics.raw.orders");
        assertThat(config.names().getFirst().apply("analytics_dev2.raw.orders")).isEqualTo("analytics_dev2.raw.orders");
        assertThat(config.dbtTarget()).isEqualTo("prod");
        assertThat(config.dbtVars()).containsKey("day");
        assertThat(config.ignores("sandbox/a.sql")).isTrue();
        assertThat(config.ignores("sql/a.sql")).isFalse();
        assertThat(config.layouts()).hasSize(1);
        assertThat(config.severity().getFirst().severity()).isEqualTo("behavioural");
        assertThat(config.suppressions().getFirst().expires()).isEqualTo(LocalDate.of(2031, 3, 31));
        assertThat(config.suppressions().getFirst().line()).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'version: 2' | '1: version is 1'",
                "'dialect: klingon' | '1: there is no dialect \"klingon\"'",
                "'ignore: sandbox' | '1: ignore is a list'",
                "'layouts: [\"sql/query.sql\"]' | '1: layouts: a layout names {table} once'",
                "'names: [{from: a.b.c, to: d}]' | '1: from is a database, or a database and a schema with a dot between them'",
                "'severity: [{kind: test}]' | '1: an entry of severity has either at_most or at_least'",
                "'severity: [{kind: test, at_most: loud}]' | '1: a severity is one of none, behavioural, breaking'",
                "'suppress: [{change: a, reason: b}]' | '1: a suppression has an expiry, as in expires: 2031-12-31'",
                "'suppress: [{change: a, reason: b, expires: soon}]' | '1: \"soon\" is no day; write it like 2031-12-31'",
                "'suppress: [{reason: b, expires: 2031-12-31}]' | '1: a suppression names a reader or a change'",
                "'dbt: prod' | '1: dbt is a mapping with target and vars'",
                "'- a' | '1: the file is not a mapping of settings'",
            })
    void aMistakeIsNamedWithItsLine(String text, String mistake) {
        assertThat(mistakes(text)).containsExactly(mistake);
    }

    @Test
    void aMistakeCostsItsEntryAndNothingElse() {
        RepositoryConfig config = read("""
                database: analytics
                databse: analytics
                suppress:
                  - {change: a, reason: b, expires: soon}
                  - {change: a, reason: b, expires: 2031-12-31}
                """);

        assertThat(config.database()).isEqualTo("analytics");
        assertThat(config.suppressions()).hasSize(1);
        assertThat(config.mistakes())
                .extracting(mistake -> mistake.location().line())
                .containsExactly(2, 4);
    }

    @Test
    void hostileYamlEndsInAMistake() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(mistakes(bomb.toString())).hasSize(1);
        assertThat(mistakes("[".repeat(100_000))).hasSize(1);
        assertThat(mistakes("x".repeat(300_000))).singleElement().asString().contains("more than the limit");
        assertThat(mistakes("ignore:\n" + "- a\n".repeat(3_000)))
                .singleElement()
                .asString()
                .contains("more than 1000");
    }
}
