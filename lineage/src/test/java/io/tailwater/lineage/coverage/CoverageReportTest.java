package io.tailwater.lineage.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageReportTest {
    private static CoverageReport report(Map<String, String> more) {
        Map<String, String> files = new HashMap<>(more);
        files.put("dbt_project.yml", "name: shop\n");
        files.put("requirements.txt", "dbt-postgres\n");
        return CoverageReport.of(new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts("acme/shop", "1", files), ExtractionCache.none()));
    }

    private static KindCoverage models(Map<String, String> files) {
        return report(files).kinds().stream()
                .filter(kind -> kind.kind().equals("model"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void countsAStarOverUndeclaredColumnsAsComplete() {
        KindCoverage models = models(Map.of(
                "models/a.sql",
                "select * from {{ source('raw', 'a') }}",
                "models/sources.yml",
                "sources: [{name: raw, tables: [{name: a}]}]"));

        assertThat(models.complete()).isEqualTo(1);
        assertThat(models.openStars()).isEqualTo(1);
        assertThat(models.completePercent()).isEqualTo(100);
    }

    @Test
    void doesNotCountAStarOverWhatIsNotUnderstood() {
        KindCoverage models = models(Map.of(
                "models/broken.sql", "select {{ nobody.knows() }} from t",
                "models/reader.sql", "select * from {{ ref('broken') }}"));

        assertThat(models.datasets()).isEqualTo(2);
        assertThat(models.complete()).isZero();
        assertThat(models.reasons()).hasSize(2);
    }

    @Test
    void givesEqualReasonsOnceWithTheirFirstPlace() {
        KindCoverage models = models(Map.of(
                "models/a.sql", "select\n{{ one.macro('x') }} as a, 1 as b from t",
                "models/b.sql", "select {{ another.thing() }} as a, 1 as b from t"));

        assertThat(models.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.reason()).isEqualTo("the macro or object … is in no package here");
            assertThat(reason.count()).isEqualTo(2);
            assertThat(reason.example()).hasToString("models/a.sql:2");
        });
    }

    @Test
    void tellsAmbiguousColumnsOfUndeclaredTablesApart() {
        KindCoverage models = models(Map.of("models/a.sql", "select c from t1, t2"));

        assertThat(models.complete()).isZero();
        assertThat(models.undeclared()).isEqualTo(1);
        assertThat(models.reasons())
                .extracting(ReasonCount::reason)
                .containsExactly("the column could come from several relations");
    }

    @Test
    void countsQueriesThatTheParserUnderstoodWhole() {
        KindCoverage models =
                models(Map.of("models/a.sql", "select 1 as a", "models/b.sql", "select a from where ((("));

        assertThat(models.queries()).isEqualTo(2);
        assertThat(models.parsed()).isEqualTo(1);
    }
}
