package io.tailwater.lineage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.compare.QueryComparison;
import io.tailwater.lineage.sql.compare.UniqueKeys;
import io.tailwater.lineage.sql.result.StatementLineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rewrites that never change lineage, tried on generated queries. A failure prints the seed; put it into {@link #SEED} to see it again. */
class LineageLawsPropertyTest {

    private static final long SEED = Long.getLong("lineage.seed", 20_261_123L);
    private static final int QUERIES = 150;

    @Test
    void wrappingInAStarNeverChangesLineage() {
        holds("select * from (q)", query -> "select * from (" + query.sql() + ") wrapped");
    }

    @Test
    void turningTheQueryIntoACommonTableNeverChangesLineage() {
        holds("with q select *", query -> "with wrapped as (" + query.sql() + ") select * from wrapped");
    }

    @Test
    void turningASubqueryIntoACommonTableNeverChangesLineage() {
        Random seeds = new Random(SEED);
        for (int i = 0; i < QUERIES; i++) {
            Generated query = new Generated(seeds.nextLong());
            String outside = "select s.x0, count(*) as n from %s s where s.x0 <> 'z' group by s.x0";
            same(
                    "subquery to CTE",
                    outside.formatted("(" + query.sql() + ")"),
                    "with inside as (" + query.sql() + ") " + outside.formatted("inside"));
        }
    }

    @Test
    void randomWordsBehindAQueryNeverChangeItsLineage() {
        Random seeds = new Random(SEED);
        for (int i = 0; i < QUERIES; i++) {
            String query = new Generated(seeds.nextLong()).sql();
            String garbage = seeds.ints(12, 0, 6)
                    .mapToObj(word -> List.of("foo", ")", "|", "bar", "]", ",").get(word))
                    .reduce("", (a, b) -> a + " " + b);
            StatementLineage before = Lineage.of("postgres", query);
            StatementLineage after = SqlLineage.analyze(query + "; zzz" + garbage, Lineage.options("postgres"))
                    .statements()
                    .getFirst();

            assertThat(Lineage.columns(after)).as(query + garbage).isEqualTo(Lineage.columns(before));
        }
    }

    @Test
    void anotherTableAliasNeverChangesLineage() {
        holds("alias", query -> new Generated(query.seed()).withAlias("zz").sql());
    }

    @Test
    void readingThroughAnImportNeverChangesLineage() {
        holds("import", query -> new Generated(query.seed()).throughImports().sql());
    }

    @Test
    void reformattingNeverChangesLineage() {
        holds("format", query -> query.sql().replace(" ", "\n  ").replace(",", " -- comma\n ,"));
    }

    @Test
    void changingTheCaseOfUnquotedNamesNeverChangesLineage() {
        holds("case", query -> upperOutsideStrings(query.sql()));
    }

    @Test
    void quotingNamesAsTheyFoldNeverChangesLineage() {
        holds("quote", query -> query.sql().replaceAll("\\b(email|amount|country|status|user_id)\\b(?!')", "\"$1\""));
    }

    private static String upperOutsideStrings(String sql) {
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (char each : sql.toCharArray()) {
            inside ^= each == '\'';
            text.append(inside ? each : String.valueOf(each).toUpperCase(Locale.ROOT));
        }
        return text.toString();
    }

    private interface Rewrite extends java.util.function.Function<Generated, String> {}

    private static void holds(String law, Rewrite rewrite) {
        Random seeds = new Random(SEED);
        for (int i = 0; i < QUERIES; i++) {
            Generated query = new Generated(seeds.nextLong());
            same(law, query.sql(), rewrite.apply(query));
        }
    }

    private static void same(String law, String query, String other) {
        StatementLineage before = Lineage.of("postgres", query);
        StatementLineage after = Lineage.of("postgres", other);
        String seen = "law \"%s\", seed %d%n%s%n%s".formatted(law, SEED, query, other);
        assertThat(Lineage.columns(after)).as(seen).isEqualTo(Lineage.columns(before));
        assertThat(after.rows().dependencies()).as(seen).isEqualTo(before.rows().dependencies());
        assertThat(QueryComparison.compare(before, after, UniqueKeys.NONE).changes())
                .as(seen)
                .isEmpty();
    }

    /** A query over users and orders, the same for the same seed. */
    private static final class Generated {

        private final long seed;
        private String alias = "u";
        private boolean imports;

        Generated(long seed) {
            this.seed = seed;
        }

        long seed() {
            return seed;
        }

        Generated withAlias(String other) {
            alias = other;
            return this;
        }

        Generated throughImports() {
            imports = true;
            return this;
        }

        String sql() {
            Random random = new Random(seed);
            boolean joined = random.nextBoolean();
            boolean grouped = random.nextInt(3) == 0;
            List<String> columns = new ArrayList<>();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                columns.add(value(random, joined, 2) + " as x" + i);
            }
            String keys = columns.stream()
                    .map(column -> column.substring(0, column.lastIndexOf(" as ")))
                    .distinct()
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("1");
            if (grouped) {
                columns.add("max(" + value(random, joined, 1) + ") as m");
            }
            StringBuilder sql = new StringBuilder();
            if (imports) {
                sql.append("with people as (select * from users), buys as (select * from orders) ");
            }
            sql.append("select ").append(String.join(", ", columns));
            sql.append(" from ")
                    .append(imports ? "people" : "users")
                    .append(' ')
                    .append(alias);
            if (joined) {
                sql.append(random.nextBoolean() ? " join " : " left join ")
                        .append(imports ? "buys" : "orders")
                        .append(" o on o.user_id = ")
                        .append(alias)
                        .append(".id");
            }
            if (random.nextBoolean()) {
                sql.append(" where ")
                        .append(value(random, joined, 1))
                        .append(" <> 'x' and ")
                        .append(alias)
                        .append(".active is not null");
            }
            if (grouped) {
                sql.append(" group by ").append(keys);
            }
            return sql.toString();
        }

        private String value(Random random, boolean joined, int depth) {
            UnaryOperator<String> column = name -> name.startsWith("o.") ? name : alias + "." + name;
            List<String> names = joined
                    ? List.of("email", "country", "username", "o.amount", "o.status")
                    : List.of("email", "country", "username");
            String name = column.apply(names.get(random.nextInt(names.size())));
            if (depth == 0) {
                return name;
            }
            return switch (random.nextInt(5)) {
                case 0 -> "coalesce(" + value(random, joined, depth - 1) + ", 'none')";
                case 1 -> "case when " + value(random, joined, depth - 1) + " = 'a' then " + name + " else 'b' end";
                case 2 -> "upper(" + value(random, joined, depth - 1) + ")";
                case 3 -> "(" + name + " || " + value(random, joined, depth - 1) + ")";
                default -> name;
            };
        }
    }
}
