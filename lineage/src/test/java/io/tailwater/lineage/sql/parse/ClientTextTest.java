package io.tailwater.lineage.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as people keep them: with lines for the program that sends the SQL, and rows between the statements. */
class ClientTextTest {

    @Test
    void rowsOfADumpAreNoStatements() {
        String sql = "copy s.t (a, b) from stdin;\n1\tdrop table x;\n2\t\\N\n\\.\n\nselect a from s.t";

        assertThat(read("postgres", sql)).containsExactly(TableRef.of("s", "t"));
    }

    @Test
    void aCopyWithoutRowsTakesNothingFromWhatFollows() {
        assertThat(read("postgres", "copy t from stdin;\nselect a from u;\nselect b from v"))
                .containsExactly(TableRef.of("u"), TableRef.of("v"));
    }

    @Test
    void aCopyToAFileMayGoOverSeveralLines() {
        assertThat(read("postgres", "\\copy (\n select a\n from hidden\n) to 'f.csv' csv\nselect a from t"))
                .containsExactly(TableRef.of("t"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "oracle | PROMPT it's starting",
                "oracle | set serveroutput on",
                "oracle | @@other.sql one two",
                "oracle | rem don't",
                "oracle | spool /tmp/out.log",
                "oracle | whenever sqlerror exit 1",
                "teradata | .if errorcode > 0 then .quit 4;",
                "teradata | .logon host/user,'x",
                "tsql | :r .\\folder\\other.sql",
                "tsql | :setvar name \"it's\"",
                "databricks | %sql",
            })
    void aLineForTheClientIsPassedOver(String dialect, String line) {
        assertThat(read(dialect, line + "\nselect a from t")).containsExactly(TableRef.of("t"));
    }

    @Test
    void variablesCalledLikeCommandsOfTheClientAreDeclared() {
        String sql = "declare\n a number;\n rem number;\n acc number := 1;\nbegin\n insert into t select x from u;\nend;\n/";

        assertThat(SqlParser.parse(sql, Dialect.named("oracle"), ParseLimits.DEFAULT).recoveries())
                .isEmpty();
        assertThat(read("oracle", sql)).containsExactly(TableRef.of("u"));
    }

    @Test
    void aCellInAnotherLanguageIsPassedOver() {
        String sql = "-- Databricks notebook source\n%python\nx = 'it\\'s' % y\n-- COMMAND ----------\n%sql select a % 2 from t\n"
                + "-- COMMAND ----------\nselect b\n%c\nfrom u";

        assertThat(read("databricks", sql)).containsExactly(TableRef.of("t"), TableRef.of("u"));
    }

    @ParameterizedTest
    @CsvSource({"~", "' //'", "' $$'"})
    void aDelimiterThatTheTextDoesNotSetEndsABody(String delimiter) {
        String sql = "create procedure p() begin insert into a select x from t; end" + delimiter + "\nselect y from u";

        assertThat(SqlLineage.analyze(sql, SqlOptions.of("mysql")).statements())
                .allSatisfy(each -> assertThat(each.recovered()).isZero());
        assertThat(read("mysql", sql)).containsExactly(TableRef.of("t"), TableRef.of("u"));
    }

    @ParameterizedTest
    @CsvSource({"apply changes into live.clean", "create flow f as auto cdc into live.clean"})
    void appliedChangesAreWrittenFromTheirSource(String start) {
        StatementLineage statement = SqlLineage.analyze(
                        start + " from stream(raw.users) keys (id) sequence by n columns * except (op) stored as scd type 1",
                        SqlOptions.of("databricks"))
                .main()
                .orElseThrow();

        assertThat(statement.target()).isEqualTo(TableRef.of("live", "clean"));
        assertThat(statement.tablesRead()).containsExactly(TableRef.of("raw", "users"));
    }

    @Test
    void aLockIsNoReader() {
        assertThat(read("teradata", "locking table other for access\nselect a from t"))
                .containsExactly(TableRef.of("t"));
    }

    @Test
    void whatAPackageDeclaresIsRead() {
        String sql = "create package body p as\n n number;\n procedure f (x number) is\n begin\n  insert into a select y from t;\n"
                + " end f;\n function g (x number) return number is\n begin\n  return x;\n end;\n procedure h;\nbegin\n delete from b where id in (select id from u);\nend p;\n/\nselect z from v";

        assertThat(SqlParser.parse(sql, Dialect.named("oracle"), ParseLimits.DEFAULT).recoveries())
                .isEmpty();
        assertThat(read("oracle", sql)).containsExactly(TableRef.of("t"), TableRef.of("u"), TableRef.of("v"));
    }

    @Test
    void aBlockMayStartWithACommonTable() {
        String sql = "create procedure p() language sql begin atomic with c as (select a from t) select a from c; end";

        assertThat(SqlParser.parse(sql, Dialect.named("postgres"), ParseLimits.DEFAULT).recoveries())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tsql | drop function if exists a, b",
                "tsql | alter table t drop constraint if exists pk_t",
                "tsql | alter index i on t set (ignore_dup_key = on, allow_row_locks = off)",
                "tsql | create function f() returns int with execute as caller as begin return 1 end",
                "tsql | dbo.refresh @day = 6",
                "tsql | execute ('select a from t') at linked",
                "mysql | declare missing condition for 1051",
                "mariadb | alter table t add system versioning",
                "mariadb | alter table t drop period if exists for p",
                "mariadb | delete history from t before system_time '2020-01-01 00:00:00'",
                "databricks | alter table t add column address.street string",
                "databricks | alter table t drop feature deletionVectors truncate history",
                "databricks | declare or replace variable v",
                "databricks | set path = s3a://bucket/path",
                "databricks | set variable v = select 'x'",
                "spark | values (1, 2), (3, 4) t(a, b)",
                "spark | convert to delta parquet.`/data`",
                "bigquery | create temp function f(x int64) as (x + 1) options (description = 'adds')",
                "snowflake | alter table t drop unique (a, b)",
                "snowflake | alter table t drop column if exists a, if exists b",
                "snowflake | create procedure p() returns varchar null language sql execute as restricted caller as begin return 1; end",
                "oracle | begin forall i in 1 .. 3 delete from t where id = ids(i); end",
                "oracle | declare procedure p is begin null; end; begin p; end",
                "exasol | delete * from t",
                "exasol | create function f() return number is begin for i := 1 to 9 do x := 1; end for; return x; end s.f",
                "clickhouse | alter table t drop part 'y'",
            })
    void parsesWithoutRecovery(String dialect, String sql) {
        assertThat(SqlParser.parse(sql, Dialect.named(dialect), ParseLimits.DEFAULT)
                        .recoveries())
                .isEmpty();
    }

    private static List<TableRef> read(String dialect, String sql) {
        return SqlLineage.analyze(sql, SqlOptions.of(dialect)).statements().stream()
                .flatMap(each -> each.tablesRead().stream())
                .filter(each -> !each.equals(TableRef.of("path:STDIN")))
                .toList();
    }
}
