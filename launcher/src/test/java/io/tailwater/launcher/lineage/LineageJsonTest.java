package io.tailwater.launcher.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.lineage.sql.batch.BatchCase;
import io.tailwater.lineage.sql.batch.BatchLineage;
import io.tailwater.lineage.sql.batch.BatchResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineageJsonTest {

    private final LineageJson json = new LineageJson();

    @Test
    void readsACaseWithEveryField() {
        BatchCase read = json.readCase("""
                {"id": "a", "dialect": "postgres", "default_db": "d", "default_schema": "s",
                 "schema": {"t": ["x", "y"]}, "sources": {"v": "select 1"},
                 "statements": ["select 1", "select 2"], "sessions": ["one", null]}
                """);
        assertThat(read.dialect()).isEqualTo("postgres");
        assertThat(read.defaultDatabase()).isEqualTo("d");
        assertThat(read.defaultSchema()).isEqualTo("s");
        assertThat(read.schema()).containsEntry("t", List.of("x", "y"));
        assertThat(read.sources()).containsEntry("v", "select 1");
        assertThat(read.statements()).containsExactly("select 1", "select 2");
        assertThat(read.sessions()).containsExactly("one", null);
    }

    @Test
    void everythingButIdAndStatementsMayBeMissingOrNull() {
        BatchCase read =
                json.readCase("{\"id\": 7, \"statements\": [\"select 1\"], \"dialect\": null, \"schema\": null}");
        assertThat(read.id()).isEqualTo("7");
        assertThat(read.dialect()).isNull();
        assertThat(read.schema()).isEmpty();
        assertThat(read.sessions()).isEmpty();
    }

    @Test
    void refusesWhatIsNoCaseAndNamesTheField() {
        assertThatThrownBy(() -> json.readCase("{\"id\": \"a\"}")).hasMessageContaining("statements");
        assertThatThrownBy(() -> json.readCase("{\"statements\": []}")).hasMessageContaining("id");
        assertThatThrownBy(() -> json.readCase("[1]")).hasMessageContaining("no JSON object");
        assertThatThrownBy(() -> json.readCase("{")).hasMessageContaining("no JSON");
        assertThatThrownBy(() -> json.readCase("{\"id\":1,\"statements\":[1]}")).hasMessageContaining("statements");
    }

    @Test
    void writesDirectAndIndirectDependenciesAsPairs() {
        BatchCase question =
                json.readCase("{\"id\":\"a\",\"statements\":[\"insert into t select a + 1 as b from s where c > 0\"]}");
        BatchResult answer = BatchLineage.answer(question);
        assertThat(json.write(answer))
                .contains("\"tables_in\":[\"s\"]")
                .contains("\"tables_out\":[\"t\"]")
                .contains("{\"down\":[\"t\",\"b\"],\"up\":[[\"s\",\"a\"]]}")
                .contains("{\"kind\":\"FILTER\",\"up\":[\"s\",\"c\"],\"down\":[\"t\",null]}")
                .contains("\"recovered\":0")
                .endsWith("\"error\":null}");
    }
}
