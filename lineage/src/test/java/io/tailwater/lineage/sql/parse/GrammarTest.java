package io.tailwater.lineage.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.dialect.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each grammar part's file in the resources holds lines: dialect, SQL, what the tree must contain. */
class GrammarTest {

    @ParameterizedTest
    @CsvFileSource(
            resources = {
                "/sql/expressions.txt",
                "/sql/names.txt",
                "/sql/queries.txt",
                "/sql/relations.txt",
                "/sql/definitions.txt",
                "/sql/changes.txt",
                "/sql/scripts.txt"
            },
            delimiter = '|',
            quoteCharacter = '\u0001')
    void readsAsExpected(String dialect, String sql, String expected) {
        String text = sql.replace("\\n", "\n").replace("¦", "|");
        ParseResult result = SqlParser.parse(text, Dialect.named(dialect), ParseLimits.DEFAULT);

        assertThat(result.recoveries()).as(text).isEmpty();
        assertThat(TreeText.of(result.statements())).contains(expected.replace("¦", "|"));
    }
}
