package io.tailwater.lineage.sql.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.TableCatalog;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the pairs of {@code comparison/*.pairs}: old query, new query, verdict. */
class QueryPairsTest {

    private static final UniqueKeys KEYS = (table, columns) ->
            Set.of(TableRef.of("users"), TableRef.of("orders")).contains(table) && columns.contains("id");

    /** One block of a pairs file. */
    private record Pair(String name, String dialect, String before, String after, Set<String> verdict) {}

    @TestFactory
    Stream<DynamicTest> queriesThatMeanTheSameAreTheSame() {
        return tests("same.pairs");
    }

    @TestFactory
    Stream<DynamicTest> changesAreToldByWhatTheyChange() {
        return tests("changed.pairs");
    }

    @Test
    void holdsEnoughPairsToMeanSomething() {
        assertThat(pairs("same.pairs").size() + pairs("changed.pairs").size()).isGreaterThanOrEqualTo(150);
    }

    private static Stream<DynamicTest> tests(String file) {
        return pairs(file).stream()
                .map(pair -> DynamicTest.dynamicTest(
                        pair.name(),
                        () -> assertThat(verdict(pair))
                                .as("%s%n  %s%n  %s", pair.name(), pair.before(), pair.after())
                                .isEqualTo(pair.verdict())));
    }

    private static Set<String> verdict(Pair pair) {
        QueryDifference difference =
                QueryComparison.compare(analysed(pair, pair.before()), analysed(pair, pair.after()), KEYS);
        Set<String> verdict = new TreeSet<>();
        difference.changes().forEach(change -> verdict.add(word(change)));
        return verdict.isEmpty() ? Set.of("same") : verdict;
    }

    private static StatementLineage analysed(Pair pair, String sql) {
        SqlOptions options = SqlOptions.of(pair.dialect());
        TableCatalog catalog = TableCatalog.builder(options.nameRules())
                .table("users", "id", "email", "username", "country", "active", "created_at")
                .table("orders", "id", "user_id", "amount", "status", "created_at")
                .table("items", "order_id", "sku", "quantity", "price")
                .table("refunds", "order_id", "amount")
                .build();
        return SqlLineage.analyze(sql.replace("\\n", "\n"), options.withCatalog(catalog))
                .main()
                .orElseThrow();
    }

    private static String word(QueryChange change) {
        return switch (change) {
            case QueryChange.ColumnAdded added -> "+" + added.column();
            case QueryChange.ColumnRemoved removed -> "-" + removed.column();
            case QueryChange.ColumnRenamed renamed -> renamed.from() + ">" + renamed.to();
            case QueryChange.ValuesChanged values -> "~" + values.column();
            case QueryChange.ColumnsReordered order -> "order";
            case QueryChange.PassThroughChanged stars -> "stars";
            case QueryChange.RowsChanged rows ->
                "rows:" + reason(rows) + (rows.certainty() == QueryChange.Certainty.POSSIBLE ? "?" : "");
        };
    }

    private static String reason(QueryChange.RowsChanged rows) {
        return rows.reason() == QueryChange.RowsReason.SET_OPERATIONS
                ? "set"
                : rows.reason().name().toLowerCase(Locale.ROOT);
    }

    private static List<Pair> pairs(String file) {
        List<Pair> pairs = new ArrayList<>();
        for (String block : read("/comparison/" + file).strip().split("\n\\s*\n")) {
            List<String> lines = block.lines().toList();
            assertThat(lines).as(block).hasSize(4);
            String comment = lines.getFirst().substring(2);
            String dialect = "postgres";
            int bracket = comment.lastIndexOf(" [");
            if (bracket > 0 && comment.endsWith("]")) {
                dialect = comment.substring(bracket + 2, comment.length() - 1);
            }
            pairs.add(new Pair(
                    comment,
                    dialect,
                    lines.get(1),
                    lines.get(2),
                    Set.of(lines.get(3).split(" "))));
        }
        return pairs;
    }

    private static String read(String resource) {
        try (InputStream stream = QueryPairsTest.class.getResourceAsStream(resource)) {
            assertThat(stream).as(resource).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(resource, unreadable);
        }
    }
}
