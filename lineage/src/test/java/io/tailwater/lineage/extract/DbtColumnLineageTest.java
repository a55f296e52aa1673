package io.tailwater.lineage.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Column lineage of dbt models where columns, macros or relations are not all told by the repository. */
class DbtColumnLineageTest {
    private static final Map<String, String> PROJECT = Map.of(
            "dbt_project.yml",
            "name: shop\n",
            "requirements.txt",
            "dbt-snowflake\n",
            "models/sources.yml",
            "sources:\n  - name: raw\n    tables: [{name: orders}, {name: users}]\n");

    private static Dataset model(String name, String... pathsAndTexts) {
        Map<String, String> files = new TreeMap<>(PROJECT);
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts("acme/shop", "1", files), ExtractionCache.none())
                .dataset("dbt.shop." + name)
                .orElseThrow();
    }

    private static List<String> upstream(Dataset dataset, String column) {
        return dataset.column(column).orElseThrow().dependencies().stream()
                .map(dependency -> dependency.datasetId() + "." + dependency.column())
                .toList();
    }

    @Test
    void takesAReferenceInsideAnSqlCommentForNoDataFlow() {
        Dataset model = model(
                "totals",
                "models/orders.sql",
                "select 1 as id",
                "models/totals.sql",
                "-- depends on {{ ref('orders') }}\nselect 2 as id /* {{ source('raw', 'users') }} */");

        assertThat(model.reads()).isEmpty();
        assertThat(model.completeness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void knowsTheColumnsOfTheModelItselfWhereItReadsItself() {
        Dataset model = model(
                "events",
                "models/events.sql",
                "{{ config(materialized='incremental') }}\nwith e as (select id, at from {{ source('raw', 'orders') }})\n"
                        + "select id, at from e{% if is_incremental() %} where at > (select max(at) from {{ this }}){% endif %}");

        assertThat(model.unresolved()).isEmpty();
        assertThat(model.completeness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void letsAnotherModelProveWhichTableOfAJoinHasAColumn() {
        String joined =
                "select amount from {{ source('raw', 'orders') }} o join {{ source('raw', 'users') }} u on o.id = u.id";

        assertThat(model("joined", "models/joined.sql", joined).unresolved())
                .singleElement()
                .satisfies(open -> {
                    assertThat(open.reason()).contains("could come from");
                    assertThat(open.concern()).isEqualTo(Unresolved.Concern.VALUES);
                });
        Dataset proven = model(
                "joined",
                "models/joined.sql",
                joined,
                "models/staged.sql",
                "select amount from {{ source('raw', 'orders') }}");
        assertThat(upstream(proven, "amount")).containsExactly("dbt_source.shop.raw.orders.amount");
        assertThat(proven.completeness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void letsAModelOfAnotherProjectProveAColumnOfTheSameRelation() {
        Dataset model = model(
                "joined",
                "models/joined.sql",
                "select amount from {{ source('raw', 'orders') }} o join {{ source('raw', 'users') }} u on o.id = u.id",
                "other/dbt_project.yml",
                "name: other\n",
                "other/models/sources.yml",
                "sources: [{name: landing, schema: raw, tables: [{name: orders}]}]",
                "other/models/staged.sql",
                "select amount from {{ source('landing', 'orders') }}");

        assertThat(upstream(model, "amount")).containsExactly("dbt_source.shop.raw.orders.amount");
    }

    @Test
    void believesAQueryRatherThanADeclarationOfASource() {
        String declared =
                "sources: [{name: docs, tables: [{name: a, columns: [{name: fee}]}, {name: b, columns: [{name: fee}]}]}]";
        String from = " from {{ source('docs', 'a') }} a join {{ source('docs', 'b') }} b on a.id = b.id";

        Dataset proven =
                model("m", "models/docs.yml", declared, "models/m.sql", "select fee, b.fee + 1 as more" + from);
        assertThat(upstream(proven, "fee")).containsExactly("dbt_source.shop.docs.b.fee");

        Dataset open = model("m", "models/docs.yml", declared, "models/m.sql", "select fee" + from);
        assertThat(open.completeness()).isEqualTo(Completeness.PARTIAL);
    }

    @Test
    void readsTheMacrosOfAFileWhoseTextAroundThemIsNoTemplate() {
        Dataset model = model(
                "m",
                "macros/all.sql",
                "{# {% macro old() %} #}\n{% ###### #}\n{% macro broken() %}{{ 1 + }}{% endmacro %}\n{%- macro good(c) -%}\n{{ c }} + 1{% endmacro %}\n",
                "models/m.sql",
                "select {{ good('id') }} as next from {{ source('raw', 'orders') }}");

        assertThat(upstream(model, "next")).containsExactly("dbt_source.shop.raw.orders.id");
        assertThat(model.column("next")
                        .orElseThrow()
                        .dependencies()
                        .get(0)
                        .location()
                        .through())
                .isEqualTo(SourceLocation.of("macros/all.sql", 5));
    }

    @Test
    void knowsWhatAbsentPackagesOfDatesAndExpectationsOffer() {
        Dataset dates = model(
                "dates",
                "models/dates.sql",
                "select * from ({{ dbt_date.get_date_dimension('2020-01-01', '2021-01-01') }}) d");
        assertThat(dates.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(dates.columns())
                .extracting(Column::name)
                .hasSize(36)
                .startsWith("date_day", "prior_date_day")
                .contains("iso_week_of_year", "prior_year_month_end_date")
                .endsWith("year_end_date");

        Dataset months = model(
                "months",
                "models/months.sql",
                "select id, {{ dbt_date.next_month_name() }} as name, {{ dbt_expectations.median('amount') }} as middle from {{ source('raw', 'orders') }} where at < {{ dbt_date.n_months_away(2) }} group by 1");
        assertThat(months.unresolved()).isEmpty();
        assertThat(upstream(months, "middle")).containsExactly("dbt_source.shop.raw.orders.amount");
    }

    @Test
    void namesTheOneMacroThatCannotBeRead() {
        Map<String, String> files = new TreeMap<>(PROJECT);
        files.put("macros/all.sql", "{% macro good() %}1{% endmacro %}\n{% macro broken() %}{{ 1 + }}{% endmacro %}\n");

        assertThat(new RepositoryLineageExtractor()
                        .extract(InMemoryRepositoryFiles.ofTexts("acme/shop", "1", files), ExtractionCache.none())
                        .unresolved())
                .singleElement()
                .satisfies(open -> {
                    assertThat(open.location()).isEqualTo(SourceLocation.of("macros/all.sql", 2));
                    assertThat(open.reason()).startsWith("a macro here is unknown: ");
                });
    }

    @Test
    void provesNothingWhereTwoTablesOfAJoinAreReadElsewhereWithTheColumn() {
        Dataset model = model(
                "joined",
                "models/joined.sql",
                "select amount from {{ source('raw', 'orders') }} o join {{ source('raw', 'users') }} u on o.id = u.id",
                "models/a.sql",
                "select amount from {{ source('raw', 'orders') }}",
                "models/b.sql",
                "select amount from {{ source('raw', 'users') }}");

        assertThat(model.completeness()).isEqualTo(Completeness.PARTIAL);
    }

    @Test
    void knowsWhichColumnsThereAreWhereOnlyTheirOriginIsOpen() {
        Dataset model = model(
                "reader",
                "models/joined.sql",
                "select amount as money from {{ source('raw', 'orders') }} o, {{ source('raw', 'users') }} u",
                "models/reader.sql",
                "select * from {{ ref('joined') }}");

        assertThat(model.columns()).extracting(Column::name).containsExactly("money");
        assertThat(model.openStars()).isEmpty();
    }

    @Test
    void takesWhatARunDecidesInsideAConstantForAConstant() {
        Dataset model = model(
                "stamped",
                "models/stamped.sql",
                "select id, '{{ invocation_id }}' as run -- {{ run_started_at }}\nfrom {{ source('raw', 'orders') }}");

        assertThat(model.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(upstream(model, "run")).isEmpty();
    }

    @Test
    void leavesOnlyTheColumnOfAnAbsentMacroOpenAndNamesTheMacro() {
        Dataset model = model(
                "scored",
                "models/scored.sql",
                "select id,\n  {{ acme_utils.score('amount') }} as score\nfrom {{ source('raw', 'orders') }}");

        assertThat(model.unresolved()).singleElement().satisfies(open -> {
            assertThat(open.reason()).contains("acme_utils.score");
            assertThat(open.column()).isEqualTo("score");
            assertThat(open.location().line()).isEqualTo(2);
        });
        assertThat(upstream(model, "id")).containsExactly("dbt_source.shop.raw.orders.id");
    }

    @Test
    void showsRelationsThatMatchAPatternInTheDatabaseAsWhatTheyAre() {
        Dataset model = model(
                "pages",
                "models/pages.sql",
                "{% set found = dbt_utils.get_relations_by_pattern('segment_%', 'pages') %}\n"
                        + "{{ dbt_utils.union_relations(found) }}");

        assertThat(model.openStars())
                .extracting(OpenStar::datasetId)
                .containsExactly("table.segment_*.pages (known only in a run)");
        assertThat(model.unresolved()).isEmpty();
    }

    @Test
    void showsALoopOverTheUnknownColumnsOfARelationAsAStar() {
        Dataset model = model(
                "texts",
                "models/texts.sql",
                "select {% for column in adapter.get_columns_in_relation(source('raw', 'orders')) %}"
                        + "cast({{ column.name }} as varchar) as {{ column.name }}{{ ', ' if not loop.last }}"
                        + "{% endfor %} from {{ source('raw', 'orders') }}");

        assertThat(model.openStars()).extracting(OpenStar::datasetId).containsExactly("dbt_source.shop.raw.orders");
        assertThat(model.completeness()).isEqualTo(Completeness.OPEN_STAR);
    }

    @Test
    void findsMacrosInAFolderBesideTheProject() {
        Map<String, String> files = Map.of(
                "a/dbt_project.yml", "name: a\nmacro-paths: [macros, ../shared]\n",
                "b/dbt_project.yml", "name: b\nmacro-paths: [macros, ../shared]\n",
                "shared/one.sql", "{% macro chosen() %}{{ own() }}{% endmacro %}",
                "a/macros/own.sql", "{% macro own() %}from_a{% endmacro %}",
                "b/macros/own.sql", "{% macro own() %}from_b{% endmacro %}",
                "a/models/x.sql", "select t.{{ chosen() }} as v from t",
                "b/models/y.sql", "select t.{{ chosen() }} as v from t");
        var lineage = new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts("acme/shop", "1", files), ExtractionCache.none());

        assertThat(upstream(lineage.dataset("dbt.a.x").orElseThrow(), "v")).containsExactly("table.t.from_a");
        assertThat(upstream(lineage.dataset("dbt.b.y").orElseThrow(), "v")).containsExactly("table.t.from_b");
    }

    @Test
    void pointsAtTheTemplateLineAlsoWhereAMacroWroteTheColumn() {
        Dataset model = model(
                "priced",
                "macros/money.sql",
                "{% macro money(column) %}\n  round({{ column }}, 2)\n{% endmacro %}",
                "models/priced.sql",
                "select\n  id,\n  {{ money('price') }} as price\nfrom {{ source('raw', 'orders') }}");

        ColumnDependency price =
                model.column("price").orElseThrow().dependencies().get(0);
        assertThat(price.location().path()).isEqualTo("models/priced.sql");
        assertThat(price.location().line()).isEqualTo(3);
        assertThat(model.reads())
                .extracting(DatasetRead::location)
                .containsExactly(SourceLocation.of("models/priced.sql", 4));
    }
}
