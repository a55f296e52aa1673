package io.tailwater.lineage.project.tableau;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.SourceTree;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableauReaderTest {
    private static ProjectReader.Reading read(Map<String, String> files) {
        return new TableauReader()
                .read(
                        SourceTree.of(InMemoryRepositoryFiles.ofTexts("acme/tableau", "rev", files)),
                        ExtractionCache.none());
    }

    @Test
    void refusesDocumentTypesAndEntitiesAndReadsTheOtherFiles() {
        ProjectReader.Reading reading = read(Map.of(
                "bomb.twb",
                """
                        <?xml version="1.0"?>
                        <!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>
                        <workbook>&b;&x;</workbook>
                        """,
                "deep.twb",
                "<a>".repeat(10_000),
                "torn.tds",
                "<datasource name='x'><connection>",
                "good.tds",
                "<datasource formatted-name='f' caption='Good'><connection class='c'>"
                        + "<relation name='t' table='[s].[t]' type='table'/><cols><map key='[id]' value='[t].[id]'/></cols>"
                        + "</connection></datasource>"));

        assertThat(reading.unresolved())
                .extracting(open -> open.location().path(), Unresolved::reason)
                .contains(
                        org.assertj.core.api.Assertions.tuple(
                                "bomb.twb", "the XML declares a document type, which is not accepted"),
                        org.assertj.core.api.Assertions.tuple("torn.tds", "this is not XML that can be read"))
                .anyMatch(entry -> entry.toList().get(0).equals("deep.twb"));
        assertThat(reading.datasets())
                .filteredOn(dataset -> dataset.name().equals("Good"))
                .flatExtracting(Dataset::columns)
                .extracting(Column::name)
                .containsExactly("id");
    }

    @Test
    void followsCustomSqlToItsTables() {
        ProjectReader.Reading reading = read(Map.of("a.tds", """
                <datasource formatted-name='f' caption='Sales'>
                  <connection class='federated'>
                    <relation name='Custom SQL Query' type='text'>select o.id, o.amount from shop.orders o where o.id &lt;&lt; 10</relation>
                    <metadata-records>
                      <metadata-record class='column'>
                        <remote-name>amount</remote-name><local-name>[amount]</local-name><parent-name>[Custom SQL Query]</parent-name>
                      </metadata-record>
                    </metadata-records>
                  </connection>
                </datasource>
                """));

        Dataset query = reading.datasets().stream()
                .filter(dataset -> dataset.kind().equals("derived_table"))
                .findFirst()
                .orElseThrow();
        assertThat(query.column("amount").orElseThrow().dependencies())
                .extracting(ColumnDependency::datasetId, ColumnDependency::column)
                .containsExactly(org.assertj.core.api.Assertions.tuple("table.shop.orders", "amount"));
        assertThat(reading.datasets())
                .filteredOn(dataset -> dataset.name().equals("Sales"))
                .flatExtracting(Dataset::columns)
                .flatExtracting(Column::dependencies)
                .extracting(ColumnDependency::datasetId)
                .containsExactly(query.id());
    }
}
