package io.tailwater.lineage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.lineage.config.LayoutPattern.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutPatternTest {
    @Test
    void namesTheTableOfAPath() {
        assertThat(LayoutPattern.of("sql/{database}/{schema}/{table}/query.sql").place("sql/p/d/t/query.sql"))
                .contains(new Place("p", "d", "t"));
        assertThat(LayoutPattern.of("**/{schema}/{table}.sql").place("a/b/d/t.sql"))
                .contains(new Place(null, "d", "t"));
        assertThat(LayoutPattern.of("*/load_{table}.sql").place("jobs/load_t.sql"))
                .contains(new Place(null, null, "t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql/p/d/t/view.sql", "sql/p/d/query.sql", "x/sql/p/d/t/query.sql", "query.sql"})
    void otherPathsNameNone(String path) {
        assertThat(LayoutPattern.of("sql/{database}/{schema}/{table}/query.sql").place(path))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sql/query.sql", "{table}/{table}.sql", "{schema}{table}.sql", "{name}/{table}.sql", "a//{table}"
            })
    void aPatternWithoutOneTableIsRefused(String pattern) {
        assertThatThrownBy(() -> LayoutPattern.of(pattern)).isInstanceOf(IllegalArgumentException.class);
    }
}
