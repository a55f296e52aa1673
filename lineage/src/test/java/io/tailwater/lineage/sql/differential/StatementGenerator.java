package io.tailwater.lineage.sql.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Statements of the common core of SQL, with CTEs, subqueries in every place, set operations and changes; the same for the same seed. */
final class StatementGenerator {

    private final Random random;
    private int names;

    StatementGenerator(long seed) {
        this.random = new Random(seed);
    }

    String statement() {
        names = 0;
        return switch (random.nextInt(8)) {
            case 0 -> "insert into " + table() + " (a, b) " + query(3);
            case 1 -> "create table " + table() + "_new as " + query(3);
            case 2 -> "update " + table() + " set a = 1 where b in (" + simple(2) + ")";
            case 3 -> "delete from " + table() + " where exists (" + simple(2) + ")";
            case 4 ->
                "merge into " + table() + " as tgt using (" + query(2)
                        + ") as src on tgt.a = src.a when matched then update set b = src.b"
                        + " when not matched then insert (a) values (src.a)";
            default -> query(4);
        };
    }

    private String query(int depth) {
        if (depth < 2 || random.nextInt(3) > 0) {
            return simple(depth);
        }
        List<String> commons = new ArrayList<>();
        StringBuilder sql = new StringBuilder("with ");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String from = commons.isEmpty() || random.nextBoolean()
                    ? simple(depth - 1)
                    : "select a, b from " + commons.getLast();
            String name = "cte" + names++;
            sql.append(i > 0 ? ", " : "")
                    .append(name)
                    .append(" as (")
                    .append(from)
                    .append(')');
            commons.add(name);
        }
        sql.append(" select x0.a, x0.b from ").append(commons.getFirst()).append(" x0");
        for (int i = 1; i < count; i++) {
            sql.append(" left join ")
                    .append(commons.get(i))
                    .append(" x")
                    .append(i)
                    .append(" on x0.a = x")
                    .append(i)
                    .append(".a");
        }
        return sql.toString();
    }

    private String simple(int depth) {
        if (depth <= 0) {
            return "select a, b from " + table();
        }
        String select = switch (random.nextInt(4)) {
            case 0 -> "select t.a, (select max(b) from " + table() + ") as b";
            case 1 -> "select t.a, case when t.a > 1 then t.b else 0 end as b";
            case 2 -> "select max(t.a) as a, t.b";
            default -> "select t.a, t.b";
        };
        StringBuilder sql = new StringBuilder(select)
                .append(" from ")
                .append(relation(depth - 1))
                .append(" t");
        for (int i = random.nextInt(3); i > 0; i--) {
            sql.append(random.nextBoolean() ? " join " : " left join ")
                    .append(relation(depth - 1))
                    .append(" j")
                    .append(i)
                    .append(" on t.a = j")
                    .append(i)
                    .append(".a");
        }
        switch (random.nextInt(4)) {
            case 0 -> sql.append(" where t.a in (").append(simple(depth - 2)).append(')');
            case 1 ->
                sql.append(" where not exists (").append(simple(depth - 2)).append(')');
            case 2 -> sql.append(" where t.b > 3");
            default -> {}
        }
        if (select.startsWith("select max")) {
            sql.append(" group by t.b having max(t.a) > (select min(a) from ")
                    .append(table())
                    .append(')');
        }
        return random.nextInt(4) == 0 ? sql + " union all " + simple(depth - 1) : sql.toString();
    }

    private String relation(int depth) {
        return depth > 0 && random.nextInt(3) == 0 ? "(" + simple(depth) + ")" : table();
    }

    private String table() {
        String name = "t" + random.nextInt(30);
        return switch (random.nextInt(4)) {
            case 0 -> "s." + name;
            case 1 -> "db.s." + name;
            default -> name;
        };
    }
}
