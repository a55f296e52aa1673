package io.tailwater.lineage.sql.parse;

import java.util.List;

/** Statements of many kinds and dialects, for tests that say something about all of them. */
final class Samples {

    /** One statement, or script, of a dialect. */
    record Sample(String dialect, String sql) {}

    static final List<Sample> ALL = List.of(
            sample(
                    "ansi",
                    "select a.b, -c + d * (e - 1) as f, count(*) from s.t as a where g = 'it''s' and not h is null group by 1, 2 having count(*) > 1"),
            sample(
                    "ansi",
                    "with x (a) as (select 1), y as (select a from x) select * from y union all (select 2 order by 1) except select 3 limit 5 offset 2"),
            sample(
                    "ansi",
                    "select case a when 1 then 'x' else b end, case when c between 1 and 2 then d end, cast(e as decimal(10, 2)), f in (1, 2), g not like 'x%' escape '!' from t"),
            sample(
                    "ansi",
                    "select sum(a) over (partition by b order by c desc nulls last rows between unbounded preceding and current row) from t window w as (order by d)"),
            sample(
                    "ansi",
                    "select * from a join b on a.x = b.x left join c using (y, z) natural join d cross join e, lateral (select 1) f"),
            sample(
                    "postgres",
                    "select a::int[], b->>'k', c @> d, array[1, 2], e[1:2], distinct_from is distinct from f, $1, 'x' || g from only t tablesample bernoulli (5)"),
            sample(
                    "postgres",
                    "insert into t (a, b) values (1, default), (2, 3) on conflict (a) do update set b = excluded.b where t.b > 1 returning *, a as c"),
            sample(
                    "postgres",
                    "create table t (id serial primary key, a numeric(10, 2) default 0, b text references u (id), constraint c foreign key (a) references v (b))"),
            sample(
                    "postgres",
                    "update t as x set (a, b) = (select 1, 2), c = d from u where x.id = u.id; delete from t using u where t.id = u.id"),
            sample(
                    "postgres",
                    "create function f(a int) returns int language sql as $$ select a from t $$; do $$ begin perform f(1); end $$"),
            sample(
                    "snowflake",
                    "select t.v:a.b[0]::string, $1, f.value from @s/p (file_format => 'x') t, lateral flatten(input => t.v) f qualify row_number() over (order by 1) = 1"),
            sample(
                    "snowflake",
                    "merge into t using s on t.a = s.a when matched and s.b then delete when not matched then insert (a) values (s.a)"),
            sample(
                    "snowflake",
                    "select * exclude (a) rename (b as c) from t at (offset => -60) pivot (sum(x) for y in ('a', 'b')) p unpivot (v for n in (a, b))"),
            sample("snowflake", "copy into db.s.t (a, b) from (select $1, $2 from @st/x) file_format = (type = csv)"),
            sample(
                    "bigquery",
                    "select as struct * except (a) replace (b + 1 as b), arr[offset(0)].c, struct(1 as x), safe_cast(d as int64) from `p.d.t` t, unnest(t.e) as e with offset o"),
            sample(
                    "bigquery",
                    "from `p.d.t` |> where a > 1 |> extend b + 1 as c |> aggregate sum(c) as d group by e |> order by d desc |> limit 3"),
            sample(
                    "bigquery",
                    "declare x int64 default 1; if x > 1 then select 1; else select 2; end if; while x < 3 do set x = x + 1; end while"),
            sample(
                    "spark",
                    "from s insert overwrite table a partition (d = '1', h) select x, y insert into b select z where z > 1"),
            sample(
                    "spark",
                    "select explode(m) as (k, v), named.x from t lateral view outer explode(arr) e as el where a rlike 'b' distribute by c sort by d"),
            sample(
                    "hive",
                    "create external table if not exists t (a int, b struct<c: string, d: array<int>>) partitioned by (e string) stored as parquet location 's3://x'"),
            sample(
                    "trino",
                    "select any_match(a, e -> e > 1), try_cast(b as row(x bigint)), interval '1' day from t cross join unnest(c) with ordinality as u (v, n)"),
            sample(
                    "trino",
                    "select * from t match_recognize (partition by a order by b measures last(c) as l all rows per match pattern (x y+) define y as c > prev(c)) m"),
            sample(
                    "tsql",
                    "select top (5) a = b, [c d] from #t t with (nolock) cross apply f(t.x) y\nupdate t set a = 1 output inserted.a from t join u on t.i = u.i\ngo\nexec p @a = 1"),
            sample(
                    "tsql",
                    "if @x = 1 begin select 1 end else select 2\nwith c as (select 1 a) insert into t (a) select a from c"),
            sample(
                    "mysql",
                    "update a join b on a.i = b.i set a.x = b.y where a.z = 'q' order by a.i limit 3; delete a, b from a join b on a.i = b.i; insert into t set a = 1"),
            sample(
                    "oracle",
                    "select level, prior a, b(+) from t start with c is null connect by nocycle prior d = e order siblings by f"),
            sample("oracle", "insert all when a > 1 then into t (x) values (a) else into u select a from s"),
            sample(
                    "duckdb",
                    "from t select columns('a.*'), {'k': 1, v: [2, 3]}, [x + 1 for x in l if x > 1] group by all order by all"),
            sample("duckdb", "pivot c on y in (2000, 2010) using sum(p) as total group by k"),
            sample(
                    "clickhouse",
                    "with 5 as n select quantile(0.5)(a) as q, b ? c : d from t final array join e as f prewhere g = 1 where h global in (1, 2) limit 5 by q settings x = 1"),
            sample("teradata", "sel a (named b), c (format 'x') from t qualify rank() over (order by a) = 1"),
            sample(
                    "sqlite",
                    "select a.*, [b c] from main.t a indexed by ix where x glob 'a*' and y is not distinct from ?1"),
            sample(
                    "redshift",
                    "unload ('select a from t where b = ''x''') to 's3://b/k' iam_role 'r'; create table t distkey (a) as select a from s"),
            sample(
                    "databricks",
                    "merge into t using s on t.a = s.a when matched then update set * when not matched by source then delete"),
            sample("db2", "select * from final table (insert into t (a) values (1)) fetch first 3 rows only with ur"),
            sample("exasol", "select local.a from t preferring high a group by local.a"),
            sample(
                    "vertica",
                    "select a::!int, listagg(b using parameters separator = ',') from t limit 2 over (partition by c order by d)"));

    private Samples() {}

    private static Sample sample(String dialect, String sql) {
        return new Sample(dialect, sql);
    }
}
