package io.tailwater.lineage.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import io.tailwater.lineage.project.RepositoryFiles;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A revision read after another one with the same cache is told as if it were the only one. */
class ExtractionCacheTest {
    private static final Map<String, String> SHOP = Map.of(
            "dbt_project.yml", "name: shop\n",
            "profiles.yml", "shop: {outputs: {dev: {type: postgres, schema: core, database: db}}, target: dev}\n",
            "models/orders.sql", "{{ config(schema=none) }} select id, amount from raw.orders",
            "models/by_name.sql", "select * from core.orders",
            "models/by_name_quoted.sql", "select amount, other.* from db.core.orders join core.people as other on true",
            "models/z_by_name.sql", "select * from core.orders",
            "models/by_reference.sql", "select * from {{ ref('orders') }}",
            "models/schema.yml",
                    "groups:\n- {name: sales, owner: {name: Ann}}\nmodels:\n- {name: orders, config: {group: sales}}\n");

    private static RepositoryFiles files(Map<String, String> texts) {
        return InMemoryRepositoryFiles.ofTexts("acme/shop", "1", texts);
    }

    private static void assertSameAsAlone(String path, String content) {
        Map<String, String> edited = new TreeMap<>(SHOP);
        edited.put(path, content);
        RepositoryLineageExtractor extractor = new RepositoryLineageExtractor();
        ExtractionCache cache = ExtractionCache.inMemory(1_000);
        extractor.extract(files(SHOP), cache);

        assertThat(extractor.extract(files(edited), cache))
                .isEqualTo(extractor.extract(files(edited), ExtractionCache.none()));
    }

    @Test
    void aColumnMoreInWhatIsReadByNameIsSeen() {
        assertSameAsAlone("models/orders.sql", "{{ config(schema=none) }} select id, amount, more from raw.orders");
    }

    @Test
    void aRelationThatWasNotThereAndIsReadByNameIsSeen() {
        assertSameAsAlone("models/people.sql", "select 1 as one, 2 as two");
    }

    @Test
    void anotherOwnerOfAGroupIsSeen() {
        assertSameAsAlone(
                "models/schema.yml",
                "groups:\n- {name: sales, owner: {name: Eve}}\nmodels:\n- {name: orders, config: {group: sales}}\n");
    }
}
