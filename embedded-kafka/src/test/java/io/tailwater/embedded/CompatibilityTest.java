package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class CompatibilityTest {

    private static final Schema EMPTY = SchemaBuilder.record("R").fields().endRecord();
    private static final Schema REQUIRED =
            SchemaBuilder.record("R").fields().requiredInt("a").endRecord();
    private static final Schema WITH_DEFAULT = SchemaBuilder.record("R")
            .fields()
            .name("a")
            .type()
            .intType()
            .intDefault(1)
            .endRecord();

    @Test
    void aRequiredFieldMayBeAddedOnlyWhereOldReadersMatterAlone() {
        assertThat(levelsAllowing(REQUIRED, List.of(EMPTY)))
                .containsExactlyInAnyOrder(Compatibility.NONE, Compatibility.FORWARD, Compatibility.FORWARD_TRANSITIVE);
    }

    @Test
    void aRequiredFieldMayBeRemovedOnlyWhereNewReadersMatterAlone() {
        assertThat(levelsAllowing(EMPTY, List.of(REQUIRED)))
                .containsExactlyInAnyOrder(
                        Compatibility.NONE, Compatibility.BACKWARD, Compatibility.BACKWARD_TRANSITIVE);
    }

    @Test
    void aFieldWithADefaultMayAlwaysBeAdded() {
        assertThat(levelsAllowing(WITH_DEFAULT, List.of(EMPTY))).isEqualTo(EnumSet.allOf(Compatibility.class));
    }

    @Test
    void onlyTransitiveLevelsLookBeyondTheLastVersion() {
        assertThat(levelsAllowing(REQUIRED, List.of(EMPTY, WITH_DEFAULT)))
                .containsExactlyInAnyOrder(
                        Compatibility.NONE,
                        Compatibility.BACKWARD,
                        Compatibility.FORWARD,
                        Compatibility.FORWARD_TRANSITIVE,
                        Compatibility.FULL);
    }

    @Test
    void saysWhatStandsInTheWay() {
        assertThat(Compatibility.FULL.objections(REQUIRED, List.of(EMPTY)))
                .singleElement()
                .asString()
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void knowsItsNamesInAnyCase() {
        assertThat(Compatibility.named("full_transitive")).contains(Compatibility.FULL_TRANSITIVE);
        assertThat(Compatibility.named("sideways")).isEmpty();
    }

    private static Set<Compatibility> levelsAllowing(Schema proposed, List<Schema> earlier) {
        return EnumSet.allOf(Compatibility.class).stream()
                .filter(level -> level.objections(proposed, earlier).isEmpty())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Compatibility.class)));
    }
}
