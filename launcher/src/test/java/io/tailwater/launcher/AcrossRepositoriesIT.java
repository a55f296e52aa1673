package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.launcher.demo.LocalWorkspace;
import io.tailwater.launcher.fixture.Deployment;
import io.tailwater.launcher.fixture.GitFixture;
import io.tailwater.schemas.report.Publication;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An application, the warehouse that reads its tables and the dashboards over that: three repositories of a workspace. */
@ExtendWith(KafkaExtension.class)
class AcrossRepositoriesIT {

    private static final Map<String, String> APPLICATION =
            Map.of(".tailwater.yml", """
            version: 1
            schema: shop
            dialect: postgres
            """, "db/migration/V1__customers.sql", """
            create table customers (
              id bigint primary key,
              email text not null,
              country text
            );
            """);

    private static final Map<String, String> WAREHOUSE = Map.of(
            ".bitbucket/CODEOWNERS",
            "models/ @acme/analytics\n",
            "dbt_project.yml",
            """
            name: warehouse
            version: '1.0'
            profile: warehouse
            model-paths: [models]
            models:
              warehouse:
                +schema: analytics
            """,
            "macros/generate_schema_name.sql",
            """
            {% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name }}{% endmacro %}
            """,
            "models/sources.yml",
            """
            sources:
              - name: shop
                schema: shop
                tables:
                  - name: customers
            """,
            "models/stg_customers.sql",
            """
            select id, email, country
            from {{ source('shop', 'customers') }}
            """,
            "models/stg_countries.sql",
            """
            select distinct country
            from {{ source('shop', 'customers') }}
            """,
            "models/dim_customers.sql",
            """
            select id as customer_id, split_part(email, '@', 2) as email_domain
            from {{ ref('stg_customers') }}
            """,
            "README.md",
            "Tables of the shop, tidied.\n");

    private static final Map<String, String> DASHBOARDS = Map.of(
            "shop.model.lkml", """
            connection: "warehouse"
            include: "/views/*.view.lkml"
            include: "/dashboards/*.dashboard.lookml"
            explore: customers {}
            """, "views/customers.view.lkml", """
            view: customers {
              sql_table_name: analytics.dim_customers ;;
              dimension: customer_id { primary_key: yes type: number sql: ${TABLE}.customer_id ;; }
              dimension: email_domain { type: string sql: ${TABLE}.email_domain ;; }
              measure: customer_count { type: count }
            }
            """, "dashboards/domains.dashboard.lookml", """
            - dashboard: mail_domains
              title: Mail domains
              elements:
              - name: by_domain
                title: Customers by mail domain
                model: shop
                explore: customers
                type: looker_bar
                fields: [customers.email_domain, customers.customer_count]
            """);

    private static final Map<String, String> EMAIL_DROPPED =
            Map.of("db/migration/V2__forget_addresses.sql", "alter table customers drop column email;\n");

    private static final Map<String, String> EMAIL_KEPT =
            Map.of("db/migration/V2__forget_addresses.sql", "comment on column customers.email is 'personal data';\n");

    @Test
    void aColumnDroppedByAMigrationNamesModelsAndDashboardsOfOtherRepositoriesUntilItIsKept(
            KafkaCluster cluster, @TempDir Path folder) throws Exception {
        try (GitFixture application = GitFixture.create(folder.resolve("application.git"));
                GitFixture warehouse = GitFixture.create(folder.resolve("warehouse.git"));
                GitFixture dashboards = GitFixture.create(folder.resolve("dashboards.git"));
                Deployment deployment = Deployment.on(cluster, folder.resolve("deployment"))) {
            application.commit("main", APPLICATION);
            warehouse.commit("main", WAREHOUSE);
            dashboards.commit("main", DASHBOARDS);
            String dropped = application.commit("forget-addresses", EMAIL_DROPPED);
            HostedRepository shop =
                    deployment.bitbucket().addRepository(LocalWorkspace.SLUG, "storefront", application.folder());
            HostedRepository models =
                    deployment.bitbucket().addRepository(LocalWorkspace.SLUG, "warehouse", warehouse.folder());
            HostedRepository boards =
                    deployment.bitbucket().addRepository(LocalWorkspace.SLUG, "dashboards", dashboards.folder());
            try (Pipeline pipeline = deployment.startPipeline()) {
                assertThat(pipeline.services()).hasSize(3);
                for (HostedRepository repository : new HostedRepository[] {shop, models, boards}) {
                    deployment.awaitBaseline(repository);
                }

                PullRequest pullRequest = deployment
                        .bitbucket()
                        .openPullRequest(shop, "Forget addresses", "", "forget-addresses", "main");
                Publication first = deployment.awaitPublication(
                        pullRequest, publication -> dropped.startsWith(publication.getHead()));
                assertThat(deployment.texts(pullRequest))
                        .singleElement()
                        .asString()
                        .contains("stg_customers", "dim_customers", "models/stg_customers.sql", "mail_domains")
                        .contains("`shop.customers.email` is gone", "owner `acme/analytics`")
                        .contains(deployment.bitbucket().address() + "/" + LocalWorkspace.SLUG + "/warehouse/src/")
                        .contains(deployment.bitbucket().address() + "/" + LocalWorkspace.SLUG + "/dashboards/src/")
                        .doesNotContain("stg_countries");

                String kept = application.commit("forget-addresses", EMAIL_KEPT);
                deployment.bitbucket().notifyPush(shop);
                Publication second =
                        deployment.awaitPublication(pullRequest, publication -> kept.startsWith(publication.getHead()));
                assertThat(second.getCommentId()).isEqualTo(first.getCommentId());
                assertThat(deployment.texts(pullRequest))
                        .singleElement()
                        .asString()
                        .contains("No impact left")
                        .doesNotContain("mail_domains", "dim_customers");
            }
        }
    }
}
