package io.tailwater.lineage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.StatementLineage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types of output columns, where the text tells them. */
class ColumnTypeTest {

    private static final String TABLE = "create table t (id bigint, day date, name varchar(20), paid boolean); ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select id from t | bigint",
                "select * from (select day from t) d | date",
                "with c as (select * from t), d as (select c.* from c) select name from d | varchar(20)",
                "select cast(id as integer) as i from t | integer",
                "select id::text from t | text",
                "select max(day) from t | date",
                "select count(*) from t | bigint",
                "select id > 1 and paid from t | boolean",
                "select upper(name) from t | varchar",
                "select case when paid then day end from t | date",
                "select case when paid then day else null end from t | date",
                "select case when paid then null else day end from t | date",
                "select case when paid then day else name end from t | unknown",
                "select case when paid then day when id > 1 then name end from t | unknown",
                "select coalesce(day, current_date) from t | date",
                "select other from u | unknown",
                "select id from t union all select id from t | bigint",
            })
    void aTypeIsToldWhereTheTextTellsIt(String query, String type) {
        List<StatementLineage> statements =
                SqlLineage.analyze(TABLE + query, Lineage.options("postgres")).statements();

        OutputColumn column = statements.getLast().columns().getFirst();

        assertThat(column.type() == null ? "unknown" : column.type()).isEqualTo(type);
    }
}
