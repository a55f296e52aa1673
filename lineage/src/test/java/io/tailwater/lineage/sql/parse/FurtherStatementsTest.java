package io.tailwater.lineage.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that neighbours of more common ones made unreadable. */
class FurtherStatementsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres | alter materialized view v cluster on i",
                "postgres | alter view v reset (security_barrier)",
                "spark | alter view v unset tblproperties ('a')",
                "databricks | alter view v with schema binding",
                "snowflake | alter materialized view v suspend recluster",
                "postgres | create table t (embedding vector(1536))",
                "snowflake | create table t (embedding vector(float, 256))",
                "snowflake | begin name t4",
                "snowflake | begin transaction name t4",
                "snowflake | execute immediate from @stage/setup.sql",
                "snowflake | define schema db.raw comment = 'landing'",
                "tsql | grant select on object::person.address to rosa",
                "tsql | deny select, insert, update on dbo.t to role1, role2",
                "tsql | revoke select (a) on dbo.t to role1",
                "oracle | begin prices('a') := 2000; prices('b').low := 1; :new.status := 'x'; end",
            })
    void parsesWithoutRecovery(String dialect, String sql) {
        assertThat(SqlParser.parse(sql, Dialect.named(dialect), ParseLimits.DEFAULT)
                        .recoveries())
                .isEmpty();
    }

    @Test
    void aDefinedViewIsACreatedOne() {
        StatementLineage view = SqlLineage.analyze(
                        "define view db.s.v as select a from db.s.t", SqlOptions.of("snowflake"))
                .main()
                .orElseThrow();

        assertThat(view.target()).isEqualTo(TableRef.of("db", "s", "v"));
        assertThat(view.tablesRead()).containsExactly(TableRef.of("db", "s", "t"));
    }

    @Test
    void anAlteredViewStillReadsItsQuery() {
        StatementLineage view = SqlLineage.analyze("alter view v as select a from t", SqlOptions.of("tsql"))
                .main()
                .orElseThrow();

        assertThat(view.tablesRead()).containsExactly(TableRef.of("t"));
    }

    @Test
    void aStatementBehindAGrantIsRead() {
        assertThat(SqlLineage.analyze("grant select on t to r\nselect a from u", SqlOptions.of("tsql"))
                        .main()
                        .orElseThrow()
                        .tablesRead())
                .containsExactly(TableRef.of("u"));
    }
}
