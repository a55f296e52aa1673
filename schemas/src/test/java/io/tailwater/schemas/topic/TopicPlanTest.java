package io.tailwater.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.schemas.topic.TopicPlan.Existing;
import io.tailwater.schemas.topic.TopicPlan.Step;
import io.tailwater.schemas.topic.TopicPlan.Wanted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicPlanTest {

    private static final TopicPlan.Options THREE = new TopicPlan.Options(3, (short) 1);
    private static final List<Wanted> DECLARED = TopicPlan.declared(THREE);

    @Test
    void wantsEveryTopicAndItsDeadLetters() {
        assertThat(DECLARED).extracting(Wanted::name).doesNotHaveDuplicates().hasSize(2 * Topics.ALL.size());
        assertThat(DECLARED).extracting(Wanted::name).contains("impact-reports.v1", "impact-reports-dead-letters.v1");
        assertThat(DECLARED).allMatch(wanted -> wanted.partitions() == 3 && wanted.replicationFactor() == 1);
    }

    @Test
    void keepsCompactedTopicsForEverAndOthersForTheirTime() {
        assertThat(wanted("publications.v1").config()).isEqualTo(Map.of("cleanup.policy", "compact"));
        assertThat(wanted("change-sets.v1").config())
                .isEqualTo(Map.of("cleanup.policy", "delete", "retention.ms", "604800000"));
        assertThat(wanted("impact-reports.v1").config()).containsEntry("cleanup.policy", "compact,delete");
    }

    @Test
    void asksForTwoInSyncReplicasWhereThereAreThree() {
        assertThat(TopicPlan.declared(new TopicPlan.Options(1, (short) 3)))
                .allMatch(topic -> "2".equals(topic.config().get("min.insync.replicas")));
    }

    @Test
    void createsEverythingInAnEmptyCluster() {
        TopicPlan plan = TopicPlan.compare(DECLARED, List.of());
        assertThat(plan.steps()).hasSameSizeAs(DECLARED).allMatch(step -> step instanceof Step.Create);
        assertThat(plan.isDone()).isFalse();
        assertThat(plan.asText()).contains("create       bitbucket-webhooks.v1 (3 partitions, 1 replicas,");
    }

    @Test
    void hasNothingToDoWhereAllIsAsDeclared() {
        List<Existing> existing = DECLARED.stream()
                .map(topic -> new Existing(topic.name(), topic.partitions(), topic.config()))
                .toList();
        assertThat(TopicPlan.compare(DECLARED, existing).isDone()).isTrue();
    }

    @Test
    void changesSettingsInPlaceAndLeavesOthersAlone() {
        Wanted wanted = wanted("change-sets.v1");
        Existing existing = new Existing(
                wanted.name(), 3, Map.of("cleanup.policy", "compact", "retention.ms", "604800000", "segment.ms", "1"));
        assertThat(TopicPlan.compare(List.of(wanted), List.of(existing)).steps())
                .containsExactly(new Step.Reconfigure(
                        wanted, Map.of("cleanup.policy", "compact"), Map.of("cleanup.policy", "delete")));
    }

    @Test
    void leavesAnotherNumberOfPartitionsToAPerson() {
        Wanted wanted = wanted("publications.v1");
        TopicPlan plan = TopicPlan.compare(List.of(wanted), List.of(new Existing(wanted.name(), 5, wanted.config())));
        assertThat(plan.wrongPartitions()).containsExactly(new Step.WrongPartitions(wanted, 5));
        assertThat(plan.isDone()).isFalse();
        assertThat(plan.asText()).contains("publications.v1 has 5 partitions instead of 3");
    }

    @Test
    void refusesNumbersBelowOne() {
        assertThatThrownBy(() -> new TopicPlan.Options(0, (short) 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Wanted wanted(String name) {
        return DECLARED.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
