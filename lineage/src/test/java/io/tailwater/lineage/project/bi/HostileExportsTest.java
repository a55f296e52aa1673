package io.tailwater.lineage.project.bi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostileExportsTest {
    private static final String GOOD_DATASET = """
            table_name: good
            schema: public
            uuid: u-good
            database_uuid: d
            metrics: []
            columns:
            - column_name: id
            """;

    private static RepositoryLineage read(Map<String, String> files) {
        return new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts("acme/bi", "rev", files), ExtractionCache.none());
    }

    private static String deep(String start) {
        return start + "\na: " + "[".repeat(3_000) + "\n";
    }

    private static String bomb(String start) {
        StringBuilder out = new StringBuilder(start).append("\nb0: &b0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 14; i++) {
            out.append("b").append(i).append(": &b").append(i).append(" [");
            for (int j = 0; j < 9; j++) {
                out.append(j == 0 ? "" : ", ").append("*b").append(i - 1);
            }
            out.append("]\n");
        }
        return out.toString();
    }

    @Test
    void namesEveryFileItGivesUpOnAndReadsTheRest() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("s/datasets/bomb.yaml", bomb("table_name: a\ndatabase_uuid: d"));
        files.put("s/charts/deep.yaml", deep("slice_name: a\nviz_type: b"));
        files.put("s/datasets/good.yaml", GOOD_DATASET);
        files.put("m/cards/bomb.yaml", bomb("entity_id: a\ndataset_query: {}"));
        files.put("l/charts/deep.yml", deep("metricQuery: {}\nname: a"));
        files.put("p.SemanticModel/definition/tables/deep.tmdl", deepTmdl());

        RepositoryLineage lineage = read(files);

        assertThat(lineage.unresolved())
                .extracting(open -> open.location().path())
                .contains(
                        "s/datasets/bomb.yaml",
                        "s/charts/deep.yaml",
                        "m/cards/bomb.yaml",
                        "l/charts/deep.yml",
                        "p.SemanticModel/definition/tables/deep.tmdl");
        assertThat(lineage.datasets())
                .filteredOn(dataset -> dataset.name().equals("good"))
                .extracting(Dataset::kind)
                .containsExactly("semantic_model");
        assertThat(lineage.coverage().analysed()).isEqualTo(1);
    }

    private static String deepTmdl() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            out.append("\t".repeat(i)).append("table t").append(i).append('\n');
        }
        return out.toString();
    }

    @Test
    void saysThatACardThatReadsItselfOrNothingIsThere() {
        RepositoryLineage lineage = read(Map.of(
                "cards/a.yaml", """
                        name: A
                        entity_id: aaa
                        dataset_query:
                          type: query
                          query: {source-table: bbb}
                        """,
                "cards/b.yaml", """
                        name: B
                        entity_id: bbb
                        dataset_query:
                          type: query
                          query: {source-table: aaa}
                        """,
                "cards/c.yaml", """
                        name: C
                        entity_id: ccc
                        dataset_query:
                          type: query
                          query: {source-table: zzz}
                        """));

        assertThat(lineage.dataset("metabase_card.aaa").orElseThrow().reads()).hasSize(1);
        assertThat(lineage.unresolved())
                .extracting(open -> open.reason())
                .containsExactly("the card zzz is not in the repository");
    }
}
