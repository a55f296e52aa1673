package io.tailwater.lineage.project.lookml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookmlReaderTest {
    private static RepositoryLineage read(Map<String, String> files) {
        return new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts("acme/looker", "rev", files), ExtractionCache.none());
    }

    private static Dataset dataset(RepositoryLineage lineage, String id) {
        return lineage.dataset(id)
                .orElseThrow(() -> new AssertionError(id + " among "
                        + lineage.datasets().stream().map(Dataset::id).toList()));
    }

    private static List<String> uses(Dataset dataset, String column) {
        return dataset.column(column).orElseThrow().dependencies().stream()
                .map(LookmlReaderTest::text)
                .toList();
    }

    private static String text(ColumnDependency use) {
        return use.datasetId() + "." + use.column() + " " + use.kind().wireName() + " "
                + use.location().line();
    }

    @Test
    void readsColumnsOfTheTableAndFieldsOfTheViewWithTheirLines() {
        Dataset view = dataset(read(Map.of("users.view.lkml", """
                        view: users {
                          sql_table_name: `proj.core.users` ;;
                          dimension: id {}
                          dimension: domain {
                            sql: split(${TABLE}.email,
                                   ${TABLE}.mark) ;;
                          }
                          dimension: label { sql: concat(${domain}, country) ;; }
                          measure: buyers {
                            type: count_distinct
                            sql: ${id} ;;
                            filters: [label: "-NULL"]
                          }
                        }
                        """)), "lookml_view.users");

        assertThat(uses(view, "id")).containsExactly("table.proj.core.users.id identity 3");
        assertThat(uses(view, "domain"))
                .containsExactly(
                        "table.proj.core.users.email transformation 5", "table.proj.core.users.mark transformation 6");
        assertThat(uses(view, "label"))
                .containsExactlyInAnyOrder(
                        "lookml_view.users.domain transformation 8", "table.proj.core.users.country transformation 8");
        assertThat(uses(view, "buyers"))
                .containsExactly("lookml_view.users.id aggregation 11", "lookml_view.users.label conditional 12");
        assertThat(view.unresolved()).isEmpty();
    }

    @Test
    void offersAFieldForEveryTimeframeAndInterval() {
        Dataset view = dataset(read(Map.of("a.view.lkml", """
                        view: a {
                          dimension_group: created { type: time timeframes: [date, week] }
                          dimension_group: stay { type: duration intervals: [day] sql_start: ${created_date} ;; sql_end: now() ;; }
                        }
                        """)), "lookml_view.a");

        assertThat(view.columns())
                .extracting(Column::name)
                .containsExactly("created_date", "created_week", "days_stay");
        assertThat(uses(view, "created_week")).containsExactly("table.a.created identity 2");
    }

    @Test
    void countsBothBranchesOfLiquidAndWhatItNames() {
        Dataset view = dataset(read(Map.of("a.view.lkml", """
                        view: a {
                          parameter: unit { type: unquoted }
                          dimension: amount {
                            sql: {% if unit._parameter_value == 'eur' %} ${TABLE}.eur {% else %} ${TABLE}.usd {% endif %} ;;
                          }
                          filter: region { type: string }
                          dimension: inside { type: yesno sql: {% condition region %} ${TABLE}.region {% endcondition %} ;; }
                        }
                        """)), "lookml_view.a");

        assertThat(uses(view, "amount"))
                .containsExactlyInAnyOrder(
                        "lookml_view.a.unit conditional 4",
                        "table.a.eur transformation 4",
                        "table.a.usd transformation 4");
        assertThat(uses(view, "inside"))
                .containsExactlyInAnyOrder("lookml_view.a.region conditional 7", "table.a.region transformation 7");
        assertThat(view.unresolved()).isEmpty();
    }

    @Test
    void saysWhatOnlyARunningQueryKnows() {
        Dataset view = dataset(read(Map.of("a.view.lkml", """
                        view: a {
                          sql_table_name: {{ _user_attributes['schema'] }}.orders ;;
                          dimension: x { sql: ${TABLE}.{% parameter which %} ;; }
                          parameter: which { type: unquoted }
                        }
                        """)), "lookml_view.a");

        assertThat(view.unresolved())
                .extracting(open -> open.location().line(), Unresolved::column)
                .containsExactlyInAnyOrder(
                        org.assertj.core.api.Assertions.tuple(2, null), org.assertj.core.api.Assertions.tuple(3, "x"));
    }

    @Test
    void putsInConstantsAndTheTablesOfOtherViews() {
        RepositoryLineage lineage = read(Map.of(
                "manifest.lkml", "project_name: \"shop\"\nconstant: SCHEMA { value: \"analytics\" }\n",
                "orders.view.lkml", "view: orders { sql_table_name: @{SCHEMA}.orders ;; dimension: id {} }",
                "firsts.view.lkml", """
                        view: firsts {
                          derived_table: { sql: select user_id, min(placed_at) as first_at from ${orders.SQL_TABLE_NAME} group by 1 ;; }
                          dimension: first_at {}
                        }
                        """));

        assertThat(uses(dataset(lineage, "lookml_view.orders"), "id"))
                .containsExactly("table.analytics.orders.id identity 1");
        assertThat(uses(dataset(lineage, "lookml_query.firsts"), "first_at"))
                .containsExactly("table.analytics.orders.placed_at aggregation 2");
        assertThat(uses(dataset(lineage, "lookml_view.firsts"), "first_at"))
                .containsExactly("lookml_query.firsts.first_at identity 3");
        assertThat(dataset(lineage, "lookml_view.firsts").qualifiedName()).isEqualTo("lookml:view.shop.firsts");
    }

    @Test
    void offersInAnExploreWhatItsFieldsParametersLetThrough() {
        RepositoryLineage lineage = read(Map.of(
                "shop.model.lkml", """
                        include: "views.view"
                        explore: orders {
                          fields: [ALL_FIELDS*, -orders.secret]
                          join: buyers {
                            from: users
                            fields: [buyers.short*]
                            foreign_key: user_id
                          }
                        }
                        """,
                "views.view.lkml", """
                        view: orders { dimension: id {} dimension: user_id {} dimension: secret {} }
                        view: users { dimension: id {} dimension: email {} set: short { fields: [id] } }
                        """));

        Dataset explore = dataset(lineage, "lookml_explore.orders");
        assertThat(explore.columns())
                .extracting(Column::name)
                .containsExactly("orders.id", "orders.user_id", "buyers.id");
        assertThat(uses(explore, "buyers.id"))
                .containsExactly("lookml_view.users.id identity 4", "lookml_view.orders.user_id join 7");
        assertThat(explore.qualifiedName()).isEqualTo("lookml:explore.shop.orders");
    }

    @Test
    void takesViewsOfOtherProjectsForImportedAndUnknownOnesForMissing() {
        RepositoryLineage imported = read(Map.of("m.model.lkml", """
                include: "//hub/views/users.view.lkml"
                explore: users {}
                """));
        RepositoryLineage missing = read(Map.of("m.model.lkml", "explore: users {}\n"));

        assertThat(dataset(imported, "lookml_import.hub.users").qualifiedName()).isEqualTo("lookml:view.hub.users");
        assertThat(dataset(imported, "lookml_import.hub.users").role()).isEqualTo(DatasetRole.REFERENCED);
        assertThat(dataset(missing, "lookml_view.users").role()).isEqualTo(DatasetRole.MISSING);
    }

    @Test
    void tellsViewsOfTheSameNameApartByTheModelThatIncludesThem() {
        RepositoryLineage lineage = read(Map.of(
                "a/a.model.lkml", "include: \"/a/*.view\"\nexplore: from_a { from: users }\n",
                "b/b.model.lkml", "include: \"/b/*.view\"\nexplore: from_b { from: users }\n",
                "a/users.view.lkml", "view: users { dimension: a {} }",
                "b/users.view.lkml", "view: users { dimension: b {} }"));

        assertThat(dataset(lineage, "lookml_explore.from_a").columns())
                .extracting(Column::name)
                .containsExactly("from_a.a");
        assertThat(dataset(lineage, "lookml_explore.from_b").columns())
                .extracting(Column::name)
                .containsExactly("from_b.b");
    }

    @Test
    void readsDashboardsByElementWithFiltersListensAndCalculations() {
        RepositoryLineage lineage = read(Map.of(
                "shop.model.lkml", "include: \"*.view\"\nexplore: orders {}\n",
                "orders.view.lkml",
                        "view: orders { dimension: id {} dimension: day {} dimension: shop {} measure: n { type: count } }",
                "d.dashboard.lookml", """
                        - dashboard: d
                          elements:
                          - name: one
                            model: shop
                            explore: orders
                            fields: [orders.day, orders.n, calc]
                            sorts: [orders.day desc]
                            dynamic_fields:
                            - table_calculation: calc
                              expression: "${orders.n} / 2"
                            listen:
                              Shop: orders.shop
                          - title: words
                            type: text
                          filters:
                          - name: Shop
                            model: shop
                            explore: orders
                            field: orders.shop
                        """));

        Dataset dashboard = dataset(lineage, "lookml_dashboard.d");
        assertThat(uses(dashboard, "one"))
                .containsExactlyInAnyOrder(
                        "lookml_explore.orders.orders.day identity 6",
                        "lookml_explore.orders.orders.n identity 6",
                        "lookml_explore.orders.orders.day sort 7",
                        "lookml_explore.orders.orders.n transformation 10",
                        "lookml_explore.orders.orders.shop filter 12");
        assertThat(uses(dashboard, "filter Shop")).containsExactly("lookml_explore.orders.orders.shop filter 19");
        assertThat(dashboard.unresolved()).isEmpty();
    }

    @Test
    void namesTheCycleAndReadsTheRest() {
        RepositoryLineage lineage = read(Map.of(
                "a.view.lkml", """
                        include: "b.view.lkml"
                        view: a { extends: [b] dimension: x {} }
                        view: c { extends: [c] dimension: y {} }
                        view: ring { derived_table: { sql: select id from ${knot.SQL_TABLE_NAME} ;; } dimension: id {} }
                        view: knot { derived_table: { sql: select id from ${ring.SQL_TABLE_NAME} ;; } dimension: id {} }
                        """,
                "b.view.lkml", "include: \"a.view.lkml\"\nview: b { extends: [a] dimension: z {} }\n"));

        assertThat(lineage.unresolved())
                .extracting(Unresolved::reason)
                .anyMatch(reason -> reason.contains("extends") && reason.contains("in turn"))
                .anyMatch(reason -> reason.contains("there is no view c to extend"));
        assertThat(dataset(lineage, "lookml_view.a").column("x")).isPresent();
        assertThat(dataset(lineage, "lookml_view.b").column("z")).isPresent();
        assertThat(dataset(lineage, "lookml_view.knot").column("id")).isPresent();
    }

    @Test
    void skipsWhatItCannotReadAndSaysWhere() {
        String deep = "a: {".repeat(5_000);
        RepositoryLineage lineage = read(Map.of(
                "broken.view.lkml", "view: broken {\n  dimension: ok {}\n  ] ?\n  dimension: fine {}\n}\n",
                "unclosed.view.lkml", "view: unclosed {\n  dimension: one { sql: ${TABLE}.one }\n",
                "deep.view.lkml", deep,
                "bomb.dashboard.lookml", bomb(),
                "good.view.lkml", "view: good { dimension: id {} }"));

        assertThat(lineage.unresolved())
                .extracting(open -> open.location().path())
                .contains("broken.view.lkml", "unclosed.view.lkml", "deep.view.lkml", "bomb.dashboard.lookml");
        assertThat(dataset(lineage, "lookml_view.broken").columns())
                .extracting(Column::name)
                .containsExactly("ok", "fine");
        assertThat(dataset(lineage, "lookml_view.good").column("id")).isPresent();
        assertThat(lineage.coverage().analysed()).isEqualTo(1);
    }

    private static String bomb() {
        StringBuilder out = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            out.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]%n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        return out.toString();
    }
}
