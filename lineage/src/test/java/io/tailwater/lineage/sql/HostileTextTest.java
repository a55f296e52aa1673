package io.tailwater.lineage.sql;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text that nobody means well with: the answer may be poor, but it is an answer. */
class HostileTextTest {

    private static final long SEED = Long.getLong("lineage.seed", 20_261_123L);

    private static final List<String> WORDS = List.of(
            "select",
            "from",
            "where",
            "with",
            "as",
            "(",
            ")",
            ",",
            "*",
            "t",
            "u",
            "a",
            "b",
            ".",
            "join",
            "on",
            "using",
            "union",
            "all",
            "group",
            "by",
            "order",
            "limit",
            "insert",
            "into",
            "values",
            "update",
            "set",
            "merge",
            "when",
            "matched",
            "then",
            "delete",
            "case",
            "end",
            "'x'",
            "1",
            "=",
            "and",
            "lateral",
            "unnest",
            "pivot",
            "for",
            "in",
            "recursive",
            "create",
            "table",
            "view",
            "temp",
            ";",
            "over",
            "partition",
            "exists",
            "not",
            "qualify",
            "rename",
            "except",
            "replace",
            "[",
            "]",
            "::",
            "int",
            ":",
            "null",
            "begin",
            "if",
            "|>",
            "extend",
            "drop",
            "returning");

    @Test
    void garbageNeverThrows() {
        Random random = new Random(SEED);
        List<String> dialects =
                List.of("ansi", "snowflake", "bigquery", "tsql", "postgres", "duckdb", "clickhouse", "oracle", "hive");
        for (int i = 0; i < 3_000; i++) {
            StringBuilder sql = new StringBuilder();
            int words = 1 + random.nextInt(40);
            for (int word = 0; word < words; word++) {
                sql.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            String dialect = dialects.get(random.nextInt(dialects.size()));
            assertThatCode(() -> SqlLineage.analyze(sql.toString(), SqlOptions.of(dialect)))
                    .as("seed %d, %s: %s", SEED, dialect, sql)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void damagedQueriesNeverThrow() {
        Random random = new Random(SEED);
        String whole =
                "with recursive r (n) as (select id from users union all select n + 1 from r where n < 10), s as (select * except (x) from t) "
                        + "select r.n, s.*, count(*) over (partition by s.a order by s.b) as c, (select max(z) from q where q.k = r.n) as m "
                        + "from r left join s using (n) cross join unnest(s.items) as item with offset as i where r.n in (select k from q) group by all";
        for (int i = 0; i < 3_000; i++) {
            StringBuilder sql = new StringBuilder(whole);
            for (int cut = 0; cut <= random.nextInt(4); cut++) {
                int from = random.nextInt(sql.length());
                sql.delete(from, Math.min(sql.length(), from + 1 + random.nextInt(15)));
            }
            assertThatCode(() -> SqlLineage.analyze(sql.toString(), SqlOptions.of("bigquery")))
                    .as("seed %d: %s", SEED, sql)
                    .doesNotThrowAnyException();
        }
    }
}
