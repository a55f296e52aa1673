package io.tailwater.lineage.sql;

import static io.tailwater.lineage.sql.Lineage.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.lineage.sql.result.ColumnRole;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.DirectUse;
import io.tailwater.lineage.sql.result.IndirectUse;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqlLineageTest {

    // --- stars
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void expandsStarsThroughCommonTablesWhenColumnsAreKnown() {
        assertThat(columns(
                        "snowflake",
                        "with a as (select * from orders), b as (select *, amount * 2 as d from a) select * from b"))
                .containsExactly(
                        "id <- orders.id",
                        "user_id <- orders.user_id",
                        "amount <- orders.amount",
                        "status <- orders.status",
                        "d <- orders.amount");
    }

    @Test
    void passesAStarOverAnUnknownTableThrough() {
        assertThat(columns("snowflake", "with a as (select * from events) select *, upper(name) as n from a"))
                .containsExactly("* <- events", "n <- events.name");
    }

    @Test
    void findsAColumnBehindAnOpenStar() {
        assertThat(columns("bigquery", "with a as (select * except (secret) from events) select name from a"))
                .containsExactly("name <- events.name");
    }

    @Test
    void doesNotFindAColumnThatAnOpenStarLeavesOut() {
        StatementLineage statement =
                Lineage.of("bigquery", "with a as (select * except (secret) from events) select secret from a");
        assertThat(columns(statement)).containsExactly("secret <- ?.secret");
        assertThat(statement.unresolved())
                .extracting(Unresolved::reason)
                .containsExactly(Unresolved.Reason.UNKNOWN_COLUMN);
    }

    @Test
    void appliesExceptReplaceAndRename() {
        assertThat(columns("bigquery", "select * except (status) replace (amount / 100 as amount) from orders"))
                .containsExactly("id <- orders.id", "user_id <- orders.user_id", "amount <- orders.amount");
        assertThat(columns("snowflake", "select * exclude (status, user_id) rename (id as key) from orders"))
                .containsExactly("key <- orders.id", "amount <- orders.amount");
    }

    @Test
    void mergesUsingColumnsOnceInAStar() {
        assertThat(columns("postgres", "select * from users join (select id, amount from orders) o using (id)"))
                .containsExactly(
                        "id <- orders.id, users.id",
                        "email <- users.email",
                        "username <- users.username",
                        "country <- users.country",
                        "active <- users.active",
                        "amount <- orders.amount");
    }

    // --- scopes
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void letsACommonTableShadowTheTableItReads() {
        StatementLineage statement =
                Lineage.of("postgres", "with users as (select id, email as mail from users) select mail from users");
        assertThat(columns(statement)).containsExactly("mail <- users.email");
        assertThat(statement.tablesRead()).containsExactly(TableRef.of("users"));
    }

    @Test
    void doesNotTakeAQualifiedNameForACommonTable() {
        StatementLineage statement = Lineage.of("postgres", "with t as (select id from users) select x from app.t");
        assertThat(columns(statement)).containsExactly("x <- app.t.x");
        assertThat(statement.tablesRead()).containsExactly(TableRef.of("app", "t"));
    }

    @Test
    void doesNotReadCommonTablesThatNothingUses() {
        StatementLineage statement =
                Lineage.of("postgres", "with a as (select * from orders), b as (select * from a) select id from users");
        assertThat(statement.tablesRead()).containsExactly(TableRef.of("users"));
    }

    @Test
    void resolvesNestedWithInsideOut() {
        assertThat(
                        columns(
                                "postgres",
                                "with a as (with a as (select email as x from users) select x as y from a) select y as z from a"))
                .containsExactly("z <- users.email");
    }

    @Test
    void followsRecursionToAFixpoint() {
        assertThat(
                        columns(
                                "postgres",
                                "with recursive r (a, b) as (select id, email from users union all select b, a from r) select a, b from r"))
                .containsExactly("a <- users.email, users.id", "b <- users.email, users.id");
    }

    @Test
    void seesOuterColumnsFromCorrelatedSubqueries() {
        assertThat(
                        columns(
                                "postgres",
                                "select u.id, (select max(o.amount + u.active) from orders o where o.user_id = u.id) as m from users u"))
                .first()
                .isEqualTo("id <- users.id");
        OutputColumn column = Lineage.of(
                        "postgres",
                        "select (select max(o.amount) from orders o where o.user_id = u.id) as m from users u")
                .columns()
                .getFirst();
        assertThat(column.direct())
                .containsExactly(new Dependency.Direct(
                        new UpstreamColumn(TableRef.of("orders"), "amount"), DirectUse.AGGREGATION, false));
        assertThat(column.indirect()).extracting(Dependency.Indirect::use).containsOnly(IndirectUse.FILTER);
    }

    @Test
    void prefersABaseColumnToALateralAlias() {
        assertThat(columns("snowflake", "select upper(email) as username, username as copy from users"))
                .containsExactly("username <- users.email", "copy <- users.username");
        assertThat(columns("snowflake", "select upper(email) as mail, mail || country as both from users"))
                .containsExactly("mail <- users.email", "both <- users.country, users.email");
    }

    @Test
    void takesAnAliasThatReadsItsOwnNameForProofOfTheBaseColumn() {
        assertThat(columns("snowflake", "select trim(name) as name, name || 'x' as y from events"))
                .containsExactly("name <- events.name", "y <- events.name");
    }

    @Test
    void readsAWordThatCanBeginAClauseAsAnAliasWhereNoClauseFollows() {
        assertThat(columns("trino", "select at.x as x from events e join sessions at on at.id = e.id"))
                .containsExactly("x <- sessions.x");
        assertThat(columns("trino", "select at.x as x from sessions at where at.x > 1"))
                .containsExactly("x <- sessions.x");
    }

    @Test
    void readsANumberInAStringBehindItsType() {
        assertThat(columns("trino", "select double '0.45' * x as y, double '0' as z from sessions"))
                .containsExactly("y <- sessions.x", "z");
    }

    @Test
    void groupsByAliasAndByNumber() {
        StatementLineage byAlias =
                Lineage.of("postgres", "select upper(country) as c, count(*) as n from users group by c");
        StatementLineage byNumber =
                Lineage.of("postgres", "select upper(country) as c, count(*) as n from users group by 1");
        assertThat(byAlias.rows()).isEqualTo(byNumber.rows());
        assertThat(byAlias.rows().grain()).containsExactly("upper(users.country)");
    }

    // --- never a guess
    // ---------------------------------------------------------------------------------------------------

    @Test
    void leavesAColumnOfTwoUnknownTablesUnresolvedWithBothCandidates() {
        StatementLineage statement = Lineage.of("snowflake", "select x from events e join sessions s on e.id = s.id");
        assertThat(columns(statement)).containsExactly("x <- ?.x");
        assertThat(statement.unresolved()).singleElement().satisfies(open -> {
            assertThat(open.reason()).isEqualTo(Unresolved.Reason.AMBIGUOUS_COLUMN);
            assertThat(open.candidates()).containsExactly("events e", "sessions s");
        });
    }

    @Test
    void takesAColumnFromTheOneRelationThatIsKnownToHaveIt() {
        assertThat(columns("snowflake", "select email from events join users on events.u = users.id"))
                .containsExactly("email <- users.email");
    }

    @Test
    void saysWhatItCouldNotParse() {
        StatementLineage statement = SqlLineage.analyze("select from from where (", SqlOptions.of("ansi"))
                .statements()
                .getFirst();
        assertThat(statement.unresolved()).isNotEmpty();
        assertThat(statement.unresolved().getFirst().reason()).isEqualTo(Unresolved.Reason.NOT_PARSED);
    }

    @Test
    void refusesAnUnknownDialect() {
        assertThatThrownBy(() -> SqlOptions.of("klingon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("klingon");
    }

    // --- kinds of dependency
    // ---------------------------------------------------------------------------------------------

    @Test
    void tellsHowAColumnDependsOnItsInputs() {
        StatementLineage statement = Lineage.of(
                "postgres",
                "select id, upper(email) as e, case when active then country end as c, md5(username) as h from users");
        assertThat(uses(statement, "id")).containsExactly("users.id IDENTITY");
        assertThat(uses(statement, "e")).containsExactly("users.email TRANSFORMATION");
        assertThat(uses(statement, "c"))
                .containsExactlyInAnyOrder("users.active CONDITIONAL", "users.country TRANSFORMATION");
        assertThat(uses(statement, "h")).containsExactly("users.username TRANSFORMATION masked");
    }

    @Test
    void composesDependenciesThroughSubqueries() {
        StatementLineage statement = Lineage.of(
                "postgres",
                "select total + 1 as t, n from (select user_id, sum(amount) as total, row_number() over (order by user_id) as n from orders group by user_id) x");
        assertThat(uses(statement, "t")).containsExactly("orders.amount AGGREGATION");
        assertThat(uses(statement, "n")).containsExactly("orders.user_id WINDOW");
    }

    private static List<String> uses(StatementLineage statement, String column) {
        return statement.columns().stream()
                .filter(each -> each.name().equals(column))
                .flatMap(each -> each.dependencies().stream())
                .map(SqlLineageTest::word)
                .toList();
    }

    private static String word(Dependency dependency) {
        String kind = switch (dependency) {
            case Dependency.Direct direct -> direct.use().name();
            case Dependency.Indirect indirect -> indirect.use().name();
        };
        return dependency.column() + " " + kind + (dependency.masking() ? " masked" : "");
    }

    @Test
    void listsWhatDecidesRowsOnce() {
        StatementLineage statement = Lineage.of(
                "postgres",
                "select u.country, sum(o.amount) as total from orders o join users u on u.id = o.user_id where o.status = 'paid' group by u.country");
        assertThat(statement.rows().dependencies())
                .extracting(row -> row.use() + " " + row.column())
                .containsExactlyInAnyOrder(
                        "JOIN users.id", "JOIN orders.user_id", "FILTER orders.status", "GROUP_BY users.country");
        assertThat(statement.rows().filters())
                .containsExactly("('paid' = orders.status)", "(orders.user_id = users.id)");
    }

    // --- where columns are used
    // ------------------------------------------------------------------------------------------

    @Test
    void tellsWhereAColumnIsRead() {
        String sql = "select id\nfrom users\nwhere email is not null\n  and active";
        StatementLineage statement = Lineage.of("postgres", sql);
        assertThat(statement.uses())
                .extracting(use ->
                        use.column() + " " + use.role() + " " + use.range().of(sql))
                .containsExactly("users.id VALUE id", "users.email FILTER email", "users.active FILTER active");
    }

    @Test
    void countsAColumnThatCameThroughAStarAsReadWhereItIsNamed() {
        String sql = "with u as (select * from users) select id from u where email = ''";
        assertThat(Lineage.of("postgres", sql).uses())
                .extracting(use -> use.column().column() + " " + use.role())
                .containsExactly("id VALUE", "email FILTER");
        assertThat(Lineage.of("postgres", sql).uses().getLast().role()).isEqualTo(ColumnRole.FILTER);
    }

    // --- set operations, arrays, pivots
    // ----------------------------------------------------------------------------------

    @Test
    void meetsUnionColumnsByPositionUnderTheFirstNames() {
        assertThat(columns("postgres", "select id, email from users union all select user_id, status from orders"))
                .containsExactly("id <- orders.user_id, users.id", "email <- orders.status, users.email");
    }

    @Test
    void meetsUnionColumnsByNameWhereAsked() {
        assertThat(columns(
                        "duckdb",
                        "select id, status from orders union all by name select country as status, id from users"))
                .containsExactly("id <- orders.id, users.id", "status <- orders.status, users.country");
    }

    @Test
    void takesOnlyTheLeftSideOfExceptForValues() {
        StatementLineage statement = Lineage.of("postgres", "select id from users except select user_id from orders");
        assertThat(columns(statement)).containsExactly("id <- users.id");
        assertThat(statement.rows().dependencies())
                .extracting(row -> row.column().toString())
                .containsExactly("orders.user_id");
    }

    @Test
    void followsArraysIntoTheirColumns() {
        assertThat(columns(
                        "bigquery",
                        "select item.sku, pos from shop.baskets b, unnest(b.items) as item with offset as pos"))
                .containsExactly("sku <- shop.baskets.items", "pos");
        assertThat(
                        columns(
                                "snowflake",
                                "select f.value:name::string as n, f.index as i from raw.events e, lateral flatten(input => e.payload) f"))
                .containsExactly("n <- raw.events.payload", "i");
        assertThat(columns("spark", "select t.id, x.k from t lateral view explode(t.tags) x as k"))
                .containsExactly("id <- t.id", "k <- t.tags");
    }

    @Test
    void readsStructPathsAsTheColumnTheyStartFrom() {
        assertThat(columns("bigquery", "select address.city, e.address.zip from crm.people e"))
                .containsExactly("city <- crm.people.address", "zip <- crm.people.address");
    }

    @Test
    void namesPivotedColumnsAsTheDatabaseDoes() {
        assertThat(
                        columns(
                                "tsql",
                                "select * from (select user_id, status, amount from orders) s pivot (sum(amount) for status in ([paid], [open])) p"))
                .containsExactly(
                        "user_id <- orders.user_id",
                        "paid <- orders.amount, orders.status",
                        "open <- orders.amount, orders.status");
    }

    @Test
    void turnsUnpivotedColumnsIntoOne() {
        assertThat(
                        columns(
                                "snowflake",
                                "select * from (select id, email, username from users) unpivot (contact for kind in (email, username))"))
                .containsExactly("id <- users.id", "kind", "contact <- users.email, users.username");
    }

    @Test
    void runsPipesStepByStep() {
        assertThat(
                        columns(
                                "bigquery",
                                "from orders |> where status = 'paid' |> aggregate sum(amount) as total group by user_id |> extend total * 2 as d |> drop total"))
                .containsExactly("user_id <- orders.user_id", "d <- orders.amount");
    }

    // --- statements that write
    // -------------------------------------------------------------------------------------------

    @Test
    void fillsInsertColumnsByPosition() {
        StatementLineage statement = Lineage.of("postgres", "insert into orders (id, amount) select id, 0 from users");
        assertThat(statement.target()).isEqualTo(TableRef.of("orders"));
        assertThat(columns(statement)).containsExactly("id <- users.id", "amount");
        assertThat(columns("postgres", "insert into orders select id, id, 1, email from users"))
                .containsExactly("id <- users.id", "user_id <- users.id", "amount", "status <- users.email");
    }

    @Test
    void mergesWhatEachBranchAssigns() {
        StatementLineage statement = Lineage.of(
                "snowflake",
                "merge into users t using orders s on t.id = s.user_id when matched then update set email = s.status when not matched then insert (id, email) values (s.user_id, 'none')");
        assertThat(statement.kind()).isEqualTo(StatementKind.MERGE);
        assertThat(statement.tablesRead()).containsExactly(TableRef.of("orders"));
        assertThat(columns(statement)).containsExactly("email <- orders.status", "id <- orders.user_id");
    }

    @Test
    void findsTheTableBehindAnAliasThatIsUpdated() {
        StatementLineage statement =
                Lineage.of("tsql", "update o set o.status = u.country from orders o join users u on u.id = o.user_id");
        assertThat(statement.target()).isEqualTo(TableRef.of("orders"));
        assertThat(statement.tablesRead()).containsExactly(TableRef.of("users"));
        assertThat(columns(statement)).containsExactly("status <- users.country");
    }

    @Test
    void followsTemporaryTablesToWhatTheyWereMadeOf() {
        StatementLineage last = SqlLineage.analyze(
                        "create table #t (a int, b varchar(9)); insert into #t select id, email from users; select b into dbo.mails from #t",
                        Lineage.options("tsql"))
                .statements()
                .getLast();
        assertThat(last.target()).isEqualTo(TableRef.of("dbo", "mails"));
        assertThat(columns(last)).containsExactly("b <- users.email");
        assertThat(last.through()).isEqualTo(Set.of(TableRef.of("#t")));
    }

    @Test
    void knowsColumnsOfTablesThatTheScriptCreated() {
        StatementLineage last = SqlLineage.analyze(
                        "create table a as select id, email from users; create table b as select * from a",
                        Lineage.options("postgres"))
                .statements()
                .getLast();
        assertThat(columns(last)).containsExactly("id <- a.id", "email <- a.email");
    }

    @Test
    void remembersWhichDatabaseIsUsed() {
        assertThat(Lineage.of("snowflake", "use database raw; use schema app; select x from t")
                        .tablesRead())
                .containsExactly(TableRef.of("raw", "app", "t"));
    }

    @Test
    void givesEveryTargetOfAMultiInsertItsOwnResult() {
        assertThat(SqlLineage.analyze(
                                "from users insert overwrite table a select id where active insert overwrite table b select email",
                                Lineage.options("hive"))
                        .statements())
                .extracting(statement -> statement.target() + " " + columns(statement))
                .containsExactly("a [id <- users.id]", "b [email <- users.email]");
    }

    // --- names
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void foldsNamesAsTheDialectDoes() {
        assertThat(columns("snowflake", "select EMAIL, \"EMAIL\" as e2 from USERS"))
                .containsExactly("email <- users.email", "e2 <- users.email");
        assertThat(columns("snowflake", "select \"email\" from Events"))
                .containsExactly("\"email\" <- events.\"email\"");
        assertThat(columns("postgres", "select \"Email\" from Events")).containsExactly("Email <- events.Email");
        assertThat(Lineage.of("bigquery", "select A from `My-Project.Raw.Events`")
                        .tablesRead())
                .containsExactly(TableRef.of("My-Project", "Raw", "Events"));
    }

    // --- limits
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void survivesTenThousandParentheses() {
        String sql = "select " + "(".repeat(10_000) + "id" + ")".repeat(10_000) + " as x from users";
        StatementLineage statement = SqlLineage.analyze(sql, Lineage.options("postgres"))
                .statements()
                .getFirst();
        assertThat(statement.unresolved().isEmpty())
                .isEqualTo(columns(statement).equals(List.of("x <- users.id")));
    }

    @Test
    void survivesAChainOfAHundredThousandTerms() {
        String sql = "select id from users where id = 0" + " or id = 1".repeat(100_000);
        assertThat(columns("postgres", sql)).containsExactly("id <- users.id");
    }

    @Test
    void survivesLongChainsOfCommonTables() {
        StringBuilder sql = new StringBuilder("with c0 as (select id, email as a from users)");
        for (int i = 1; i <= 1_500; i++) {
            sql.append(", c")
                    .append(i)
                    .append(" as (select *, a || 'x' as b")
                    .append(i)
                    .append(" from c")
                    .append(i - 1)
                    .append(" where a > '")
                    .append(i)
                    .append("')");
        }
        assertThat(columns("snowflake", sql + " select id, b1500 from c1500"))
                .containsExactly("id <- users.id", "b1500 <- users.email");
    }

    @Test
    void survivesQueriesThatReadEachOtherTwice() {
        StringBuilder sql = new StringBuilder("with c0 as (select id as a, email as b from users)");
        for (int i = 1; i <= 60; i++) {
            sql.append(", c")
                    .append(i)
                    .append(" as (select x.a || y.b as a, y.a || x.b as b from c")
                    .append(i - 1)
                    .append(" x join c")
                    .append(i - 1)
                    .append(" y on x.a = y.b)");
        }
        assertThat(columns("snowflake", sql + " select a from c60")).containsExactly("a <- users.email, users.id");
    }
}
