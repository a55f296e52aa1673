package io.tailwater.lineage.sql.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.util.TablesNamesFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables of a statement, as JSqlParser finds them and as this engine does. Generated statements must agree. Of the collected ones, those that must differ say so
 * in {@code differential/statements.sql}, each with the reason.
 */
class JSqlParserDifferentialTest {

    private static final long SEED = Long.getLong("lineage.seed", 20_261_123L);
    private static final int STATEMENTS = 400;

    /** One collected statement. */
    record Collected(String dialect, String sql, String theirs) {

        @Override
        public String toString() {
            return dialect + ": " + sql;
        }
    }

    @Test
    void generatedStatementsHaveTheSameTables() throws JSQLParserException {
        Random seeds = new Random(SEED);
        for (int i = 0; i < STATEMENTS; i++) {
            String sql = new StatementGenerator(seeds.nextLong()).statement();

            assertThat(ours("ansi", sql)).as("seed %d: %s", SEED, sql).isEqualTo(theirs(sql));
        }
    }

    @ParameterizedTest
    @MethodSource("collected")
    void collectedStatementsHaveTheSameTablesOrDifferAsExplained(Collected statement) {
        String theirs;
        try {
            Set<String> tables = theirs(statement.sql());
            theirs = tables.isEmpty() ? "nothing" : String.join(" ", tables);
        } catch (JSQLParserException refused) {
            theirs = "refuses";
        }
        String expected = statement.theirs().isEmpty()
                ? String.join(" ", ours(statement.dialect(), statement.sql()))
                : statement.theirs();

        assertThat(theirs).isEqualTo(expected);
        assertThat(SqlLineage.analyze(statement.sql(), SqlOptions.of(statement.dialect()))
                        .recovered())
                .isZero();
    }

    /** Blocks of {@code -- dialect}, perhaps {@code -- differs: reason}, {@code -- theirs: tables} and {@code -- ours: tables}, then the statement. */
    static Stream<Collected> collected() throws IOException {
        return blocks().stream().map(block -> {
            Collected statement = new Collected(line(block, "dialect"), sql(block), line(block, "theirs"));
            assertThat(statement.theirs().isEmpty())
                    .as("a difference is explained: %s", statement)
                    .isEqualTo(line(block, "differs").isEmpty());
            return statement;
        });
    }

    @Test
    void whereTheyDifferOursAreTheTablesThatTheStatementUses() throws IOException {
        for (String block : blocks()) {
            if (!line(block, "differs").isEmpty()) {
                assertThat(String.join(" ", ours(line(block, "dialect"), sql(block))))
                        .as(block)
                        .isEqualTo(line(block, "ours"));
            }
        }
    }

    private static List<String> blocks() throws IOException {
        try (InputStream file = JSqlParserDifferentialTest.class.getResourceAsStream("/differential/statements.sql")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^;\\s*$"))
                    .filter(block -> !block.isBlank())
                    .toList();
        }
    }

    private static String line(String block, String key) {
        return block.lines()
                .filter(line -> line.startsWith("-- " + key + ":"))
                .map(line -> line.substring(key.length() + 4).strip())
                .findFirst()
                .orElse("");
    }

    private static String sql(String block) {
        List<String> lines = new ArrayList<>(
                block.lines().filter(line -> !line.startsWith("-- ")).toList());
        return String.join("\n", lines).strip();
    }

    private static Set<String> ours(String dialect, String sql) {
        Set<String> tables = new TreeSet<>();
        for (StatementLineage statement :
                SqlLineage.analyze(sql, SqlOptions.of(dialect)).statements()) {
            statement.tablesRead().stream().map(TableRef::qualifiedName).forEach(tables::add);
            if (statement.target() != null) {
                tables.add(statement.target().qualifiedName());
            }
        }
        return tables;
    }

    private static Set<String> theirs(String sql) throws JSQLParserException {
        Set<String> tables = new TreeSet<>();
        for (String name : new TablesNamesFinder<Void>().getTables(CCJSqlParserUtil.parse(sql))) {
            tables.add(name.replaceAll("[\"`\\[\\]]", "").toLowerCase(Locale.ROOT));
        }
        return tables;
    }
}
