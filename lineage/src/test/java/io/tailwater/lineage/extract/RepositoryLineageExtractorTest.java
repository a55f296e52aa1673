package io.tailwater.lineage.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.CachedExtraction;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ExtractionKey;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepositoryLineageExtractorTest {
    private static final Map<String, String> SHOP = Map.of(
            "dbt_project.yml", "name: shop\n",
            "requirements.txt", "dbt-postgres\n",
            "models/sources.yml",
                    "sources:\n  - name: raw\n    schema: landing\n    tables:\n      - name: orders\n        columns: [{name: id}]\n",
            "models/staged.sql", "select * from {{ source('raw', 'orders') }}",
            "models/totals.sql", "select id, count(*) as n from {{ ref('staged') }} group by id",
            "seeds/codes.csv", "\ufeffcode,\"long name\"\na,b\n",
            "definitions/main.sqlx", "config {}\n");

    private static RepositoryLineage extract(Map<String, String> files, ExtractionCache cache) {
        return new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts("acme/shop", "1", files), cache);
    }

    private static Dataset dataset(RepositoryLineage lineage, String id) {
        return lineage.dataset(id).orElseThrow();
    }

    @Test
    void showsAStarOverUndeclaredColumnsAsExactlyThat() {
        Dataset staged = dataset(extract(SHOP, ExtractionCache.none()), "dbt.shop.staged");

        assertThat(staged.completeness()).isEqualTo(Completeness.OPEN_STAR);
        assertThat(staged.openStars())
                .singleElement()
                .satisfies(star -> assertThat(star.datasetId()).isEqualTo("dbt_source.shop.raw.orders"));
        assertThat(staged.unresolved()).isEmpty();
    }

    @Test
    void readsTheHeaderOfASeedWithByteOrderMark() {
        Dataset seed = dataset(extract(SHOP, ExtractionCache.none()), "dbt.shop.codes");

        assertThat(seed.columns()).extracting(Column::name).containsExactly("code", "long name");
    }

    @Test
    void knowsWhatASourceIsCalledInTheDatabase() {
        Dataset source = dataset(extract(SHOP, ExtractionCache.none()), "dbt_source.shop.raw.orders");

        assertThat(source.role()).isEqualTo(DatasetRole.SOURCE);
        assertThat(source.qualifiedName()).isEqualTo("landing.orders");
        assertThat(source.location().line()).isEqualTo(5);
    }

    @Test
    void callsAMigratedTableWhatTheSourceOfAnotherProjectCallsIt() {
        RepositoryLineage maker = extract(
                Map.of(
                        "db/migration/V1__orders.sql",
                        "create table Landing.Orders (id bigint, placed_at timestamptz);"),
                ExtractionCache.none());
        Dataset source = dataset(extract(SHOP, ExtractionCache.none()), "dbt_source.shop.raw.orders");

        assertThat(dataset(maker, "table.landing.orders").qualifiedName()).isEqualTo(source.qualifiedName());
    }

    @Test
    void listsFilesItDoesNotUnderstand() {
        RepositoryLineage lineage = extract(SHOP, ExtractionCache.none());

        assertThat(lineage.unresolved())
                .extracting(open -> open.location().path(), Unresolved::reason)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        "definitions/main.sqlx", "Dataform files are not analysed yet"));
        assertThat(lineage.coverage().unresolved()).isEqualTo(1);
    }

    @Test
    void givesTheSameFromTheCacheAndExtractsOnlyWhatChanged() {
        AtomicInteger extracted = new AtomicInteger();
        ExtractionCache memory = ExtractionCache.inMemory(100);
        ExtractionCache counting = new ExtractionCache() {
            @Override
            public Optional<CachedExtraction> get(ExtractionKey key) {
                return memory.get(key);
            }

            @Override
            public void put(ExtractionKey key, CachedExtraction extraction) {
                extracted.incrementAndGet();
                memory.put(key, extraction);
            }
        };
        RepositoryLineage first = extract(SHOP, counting);
        int all = extracted.getAndSet(0);
        assertThat(all).isEqualTo(2);

        assertThat(extract(SHOP, counting)).isEqualTo(first);
        assertThat(extracted.get()).isZero();

        Map<String, String> edited = new TreeMap<>(SHOP);
        edited.put("models/totals.sql", "select id from {{ ref('staged') }}");
        assertThat(extract(edited, counting)).isEqualTo(extract(edited, ExtractionCache.none()));
        assertThat(extracted.get()).isEqualTo(1);
    }

    @Test
    void saysThatARepositoryWithoutDataHoldsNothing() {
        RepositoryLineage lineage = extract(Map.of("README.md", "hello"), ExtractionCache.none());

        assertThat(lineage.datasets()).isEmpty();
        assertThat(lineage.coverage().files()).isZero();
    }
}
