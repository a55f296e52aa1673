package io.tailwater.lineage.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LookmlAcrossRepositoriesTest {
    private static final Map<String, String> LOOKER = Map.of(
            "manifest.lkml", "project_name: \"fernweh\"\n",
            "fernweh.model.lkml", "include: \"/*.view\"\nexplore: customers {}\n",
            "customers.view.lkml", """
                    view: customers {
                      sql_table_name: analytics.dim_customers ;;
                      dimension: region {}
                      dimension: domain { sql: split_part(${TABLE}.email, '@', 2) ;; }
                      measure: people { type: count }
                    }
                    """,
            "people.dashboard.lookml", """
                    - dashboard: people
                      elements:
                      - name: domains
                        model: fernweh
                        explore: customers
                        fields: [customers.domain, customers.people]
                      - name: regions
                        model: fernweh
                        explore: customers
                        fields: [customers.region, customers.people]
                    """);

    private static RepositoryLineage extract(String repository, String revision, Map<String, String> files) {
        return new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts(repository, revision, files), ExtractionCache.none());
    }

    private static Map<String, String> warehouse(String table) {
        return Map.of("views.sql", table);
    }

    /** What a workspace keeps of another repository's default branch, asked by the name of a relation. */
    private static WorkspaceGraph graph(RepositoryLineage other) {
        return relation -> {
            List<WorkspaceReader> found = new ArrayList<>();
            for (Dataset reader : other.datasets()) {
                reader.rowDependencies().forEach(use -> add(found, other, relation, reader, null, use));
                for (Column column : reader.columns()) {
                    column.dependencies().forEach(use -> add(found, other, relation, reader, column.name(), use));
                }
            }
            return found;
        };
    }

    private static void add(
            List<WorkspaceReader> found,
            RepositoryLineage other,
            String relation,
            Dataset reader,
            @Nullable String feeds,
            ColumnDependency use) {
        String name = other.dataset(use.datasetId()).orElseThrow().qualifiedName();
        if (relation.equals(name)) {
            found.add(new WorkspaceReader(
                    other.repository(),
                    other.revision(),
                    reader.name(),
                    reader.qualifiedName(),
                    reader.kind(),
                    use.column(),
                    feeds,
                    use.kind(),
                    use.location(),
                    reader.owners()));
        }
    }

    @Test
    void namesTheDashboardElementOfAnotherRepositoryThatShowsADroppedColumnAndNoOther() {
        ChangeReport own = RepositoryComparison.compare(
                extract(
                        "acme/warehouse",
                        "base",
                        warehouse("create view analytics.dim_customers as select id, email, region from raw.people;")),
                extract(
                        "acme/warehouse",
                        "head",
                        warehouse("create view analytics.dim_customers as select id, region from raw.people;")));

        ChangeReport extended = WorkspaceImpact.extend(own, graph(extract("acme/looker", "abc", LOOKER)));

        assertThat(extended.verdict()).isEqualTo(Verdict.BREAKING);
        assertThat(extended.impacts())
                .filteredOn(impact -> impact.repository().equals("acme/looker"))
                .extracting(Impact::kind, Impact::dataset, Impact::column, Impact::effect, Impact::certainty)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(
                                "lookml_view", "customers", "domain", Effect.BREAKS, Certainty.PROVEN),
                        org.assertj.core.api.Assertions.tuple(
                                "explore", "customers", "customers.domain", Effect.BREAKS, Certainty.PROVEN),
                        org.assertj.core.api.Assertions.tuple(
                                "dashboard", "people", "domains", Effect.BREAKS, Certainty.PROVEN));
        Impact dashboard = extended.impacts().get(extended.impacts().size() - 1);
        assertThat(dashboard.path())
                .extracting(hop -> hop.at().repository() + "/" + hop.at().path() + ":"
                        + hop.at().line() + "@" + hop.at().revision())
                .containsExactly(
                        "acme/warehouse/views.sql:1@base",
                        "acme/looker/customers.view.lkml:4@abc",
                        "acme/looker/fernweh.model.lkml:2@abc",
                        "acme/looker/people.dashboard.lookml:6@abc");
    }

    @Test
    void lookAlikesInOtherSchemasDoNotMatch() {
        ChangeReport own = RepositoryComparison.compare(
                extract(
                        "acme/warehouse",
                        "base",
                        warehouse("create view stage.dim_customers as select email from raw.p;")),
                extract(
                        "acme/warehouse",
                        "head",
                        warehouse("create view stage.dim_customers as select id from raw.p;")));

        ChangeReport extended = WorkspaceImpact.extend(own, graph(extract("acme/looker", "abc", LOOKER)));

        assertThat(extended.impacts()).isEmpty();
    }
}
