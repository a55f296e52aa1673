package io.tailwater.lineage.project.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationFileTest {
    @Test
    void ordersByVersionThenRepeatableThenPath() {
        List<String> paths = List.of(
                "a.sql", "db/R__views.sql", "db/V10__c.sql", "db/V2.1__b.sql", "db/V2__a.sql", "db/V002.0.1__d.sql");

        assertThat(MigrationFile.inOrder(paths))
                .extracting(MigrationFile::path)
                .containsExactly(
                        "db/V2__a.sql",
                        "db/V002.0.1__d.sql",
                        "db/V2.1__b.sql",
                        "db/V10__c.sql",
                        "db/R__views.sql",
                        "a.sql");
    }

    @Test
    void leavesOutFilesThatTakeAChangeBack() {
        assertThat(MigrationFile.inOrder(List.of("db/U3__undo.sql", "db/000001_orders.down.sql")))
                .isEmpty();
    }

    @Test
    void takesAnEndlessVersionForAScript() {
        MigrationFile file =
                MigrationFile.inOrder(List.of("V" + "9".repeat(40) + "__x.sql")).get(0);

        assertThat(file.kind()).isEqualTo(MigrationFile.Kind.SCRIPT);
    }
}
