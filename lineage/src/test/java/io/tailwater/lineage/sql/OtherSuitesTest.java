package io.tailwater.lineage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.Unresolved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that statements of other projects' test suites taught. */
class OtherSuitesTest {

    @Test
    void anInsertOfAMergeNamesTheSourceAlone() {
        String sql = "merge into wide as t using incoming as s on t.k = s.k when not matched then insert (k, city) values (k, upper(city))";

        assertThat(Lineage.columns("bigquery", sql)).containsExactly("k <- incoming.k", "city <- incoming.city");
        assertThat(Lineage.of("bigquery", sql).unresolved()).isEmpty();
    }

    @Test
    void aSemanticViewIsReadWithWhatIsAskedOfIt() {
        StatementLineage statement = Lineage.of(
                "snowflake",
                "select region, m, total from semantic_view(db.s.sales dimensions place.region, date_trunc('month', sold_at) as m metrics total where year > 2020)");

        assertThat(statement.tablesRead()).containsExactly(TableRef.of("db", "s", "sales"));
        assertThat(Lineage.columns(statement))
                .containsExactly("region <- db.s.sales.region", "m <- db.s.sales.sold_at", "total <- db.s.sales.total");
        assertThat(statement.recovered()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"`p.d.events$20260131`", "`p.d.events$__UNPARTITIONED__`", "p.d.events$20260131", "`p.d.events`"})
    void aPartitionOfATableIsThatTable(String name) {
        assertThat(Lineage.of("bigquery", "select a from " + name).tablesRead())
                .containsExactly(TableRef.of("p", "d", "events"));
    }

    @Test
    void aModelClauseIsReadAndSaidToBeUnresolved() {
        StatementLineage statement = Lineage.of(
                "oracle",
                "select r, y, s from sales model partition by (r) dimension by (y) measures (amount s) rules (s[2002] = s[2001] * 2) order by r");

        assertThat(statement.recovered()).isZero();
        assertThat(statement.unresolved()).singleElement().satisfies(each -> {
            assertThat(each.reason()).isEqualTo(Unresolved.Reason.NOT_PARSED);
            assertThat(each.detail()).contains("MODEL");
        });
    }
}
