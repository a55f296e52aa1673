-- dialect: postgres
select u.id, o.total from users u join orders o on o.user_id = u.id where o.total > (select avg(total) from orders_archive)
;
-- dialect: postgres
with a as (select * from t1), b as (select * from a join t2 using (id)) select * from b where exists (select 1 from t3 where t3.id = b.id)
;
-- dialect: postgres
with recursive tree as (select id, parent from nodes where parent is null union all select n.id, n.parent from nodes n join tree t on n.parent = t.id) select * from tree
;
-- dialect: postgres
insert into target (a, b) select a, b from source on conflict (a) do update set b = excluded.b
;
-- dialect: postgres
create view v as select a from t union select b from u except select c from w
;
-- dialect: postgres
select * from a, b, lateral (select * from c where c.x = a.x) l
;
-- dialect: postgres
create materialized view mv as select count(*) from events group by day
;
-- dialect: postgres
select case when exists (select 1 from flags) then (select max(v) from limits) else 0 end from t
;
-- dialect: mysql
replace into t (a) select a from s
;
-- dialect: mysql
select `a`.`b` from `db`.`a` left join `c` on `c`.`d` = `a`.`d` order by (select e from f limit 1)
;
-- dialect: bigquery
select * except (x) from project.dataset.events where date in (select date from project.dataset.calendar)
;
-- dialect: snowflake
select a, row_number() over (partition by b order by c) as r from db.s.t qualify r = 1
;
-- dialect: tsql
select top 5 a from dbo.t with (nolock) cross apply (select b from dbo.u where u.x = t.x) q
;
-- dialect: oracle
select a from t where (x, y) in (select x, y from u) and rownum < 10
;
-- dialect: duckdb
select a from t where b > all (select b from u)
;
-- dialect: postgres
truncate table t
;
-- dialect: postgres
-- differs: an unused CTE reads nothing: the database does not run it
-- theirs: t u
-- ours: u
with unused as (select * from t) select * from u
;
-- dialect: postgres
-- differs: a CTE hides the table of the same name only behind itself; inside it, the table is meant
-- theirs: nothing
-- ours: t
with t as (select * from t) select * from t
;
-- dialect: snowflake
-- differs: a common table may be called FINAL
-- theirs: refuses
-- ours: t
with final as (select a, from t) select * from final
;
-- dialect: bigquery
-- differs: an element of an array by OFFSET is BigQuery's
-- theirs: refuses
-- ours: p.d.t
select arr[offset(0)] as first from p.d.t
;
-- dialect: duckdb
-- differs: FROM first
-- theirs: refuses
-- ours: t
from t select a
;
-- dialect: snowflake
select v:a.b[0]:c::int as x from t
;
