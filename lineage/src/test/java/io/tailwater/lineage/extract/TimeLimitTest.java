package io.tailwater.lineage.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ExtractionContext;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.TimeLimitReached;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private static final Map<String, String> FILES = Map.of(
            "shop/dbt_project.yml", "name: shop\n",
            "shop/models/orders.sql", "select id, amount from raw.orders",
            "shop/models/totals.sql", "select sum(amount) as total from {{ ref('orders') }}",
            "db/V1__people.sql", "create table people (id int, name text);",
            "db/V2__drop.sql", "alter table people drop column name;",
            "looker/people.view.lkml",
                    "view: people {\n  sql_table_name: people ;;\n  dimension: id { sql: ${TABLE}.id ;; }\n}\n");

    private static RepositoryLineage read(BooleanSupplier outOfTime) {
        return new RepositoryLineageExtractor()
                .extract(
                        InMemoryRepositoryFiles.ofTexts("acme/shop", "cafe", FILES),
                        new ExtractionContext(ExtractionCache.none(), outOfTime),
                        RepositoryConfig.NONE);
    }

    @Test
    void aRevisionIsToldInFullOrNotAtAll() {
        AtomicInteger asked = new AtomicInteger();
        RepositoryLineage whole = read(() -> asked.incrementAndGet() < 0);
        int checks = asked.get();

        assertThat(checks).isGreaterThan(FILES.size());
        for (int enough = 0; enough < checks; enough++) {
            AtomicInteger left = new AtomicInteger(enough);
            assertThatThrownBy(() -> read(() -> left.getAndDecrement() <= 0))
                    .isInstanceOf(TimeLimitReached.class)
                    .hasMessageContaining("limit hit")
                    .hasMessageContaining("cafe")
                    .hasMessageContaining("acme/shop");
        }
        AtomicInteger left = new AtomicInteger(checks);
        assertThat(read(() -> left.getAndDecrement() <= 0)).isEqualTo(whole);
    }
}
