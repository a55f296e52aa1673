package io.tailwater.schemas.topic;

import io.tailwater.schemas.topic.Topic.Kept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to bring a cluster's topics to the declared ones, computed from what is there: a pure comparison that
 * can be shown before anything is done.
 *
 * @param steps one per topic, in the order of the declarations; dead-letter topics behind their sources
 */
public record TopicPlan(List<Step> steps) {

    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(400);

    /**
     * What may be chosen for every topic.
     *
     * @param partitions partitions of each topic, at least 1; the same for all, since topics are joined by partition
     * @param replicationFactor copies of each record, at least 1
     */
    public record Options(int partitions, short replicationFactor) {

        /** Number of partitions where nothing else is said. */
        public static final int DEFAULT_PARTITIONS = 12;

        /** @throws IllegalArgumentException when a number is below 1 */
        public Options {
            if (partitions < 1 || replicationFactor < 1) {
                throw new IllegalArgumentException("partitions and replication factor must be at least 1, not "
                        + partitions + " and " + replicationFactor);
            }
        }
    }

    /**
     * A topic as it should be.
     *
     * @param name topic name
     * @param partitions number of partitions
     * @param replicationFactor copies of each record
     * @param config settings that matter; others are left as they are
     */
    public record Wanted(String name, int partitions, short replicationFactor, Map<String, String> config) {}

    /**
     * A topic as it is.
     *
     * @param name topic name
     * @param partitions number of partitions
     * @param config its settings, defaults included
     */
    public record Existing(String name, int partitions, Map<String, String> config) {}

    /** What is to be done about one topic. */
    public sealed interface Step {

        /** The topic as it should be. */
        Wanted wanted();

        /** The topic is missing. */
        record Create(Wanted wanted) implements Step {}

        /** The topic is as it should be. */
        record Keep(Wanted wanted) implements Step {}

        /**
         * Settings differ and can be changed in place.
         *
         * @param from present values of the settings that differ, "(unset)" for none
         * @param to their wanted values
         */
        record Reconfigure(Wanted wanted, Map<String, String> from, Map<String, String> to) implements Step {}

        /**
         * The number of partitions differs. Nothing does this by itself: adding partitions moves keys, which breaks
         * order and co-location of what is there already.
         *
         * @param partitions present number
         */
        record WrongPartitions(Wanted wanted, int partitions) implements Step {}
    }

    /** The product's topics and their dead-letter topics as they should be. */
    public static List<Wanted> declared(Options options) {
        List<Wanted> wanted = new ArrayList<>();
        for (Topic<?, ?> topic : Topics.ALL) {
            wanted.add(wanted(topic.name(), topic.kept(), options));
            wanted.add(wanted(topic.deadLetters(), new Kept.For(DEAD_LETTERS_KEPT), options));
        }
        return List.copyOf(wanted);
    }

    private static Wanted wanted(String name, Kept kept, Options options) {
        Map<String, String> config = new TreeMap<>();
        config.put("cleanup.policy", kept.cleanupPolicy());
        switch (kept) {
            case Kept.For limited -> config.put("retention.ms", milliseconds(limited.retention()));
            case Kept.Newest newest -> {}
            case Kept.NewestFor limited -> config.put("retention.ms", milliseconds(limited.retention()));
        }
        if (options.replicationFactor() > 2) {
            config.put("min.insync.replicas", "2");
        }
        return new Wanted(name, options.partitions(), options.replicationFactor(), Map.copyOf(config));
    }

    private static String milliseconds(Duration retention) {
        return String.valueOf(retention.toMillis());
    }

    /** Compares. */
    public static TopicPlan compare(List<Wanted> wanted, Collection<Existing> existing) {
        Map<String, Existing> byName = new TreeMap<>();
        existing.forEach(topic -> byName.put(topic.name(), topic));
        return new TopicPlan(wanted.stream()
                .map(topic -> step(topic, byName.get(topic.name())))
                .toList());
    }

    private static Step step(Wanted wanted, @Nullable Existing existing) {
        if (existing == null) {
            return new Step.Create(wanted);
        }
        if (existing.partitions() != wanted.partitions()) {
            return new Step.WrongPartitions(wanted, existing.partitions());
        }
        Map<String, String> from = new TreeMap<>();
        Map<String, String> to = new TreeMap<>();
        wanted.config().forEach((name, value) -> {
            String present = existing.config().get(name);
            if (!value.equals(present)) {
                from.put(name, Objects.requireNonNullElse(present, "(unset)"));
                to.put(name, value);
            }
        });
        return to.isEmpty() ? new Step.Keep(wanted) : new Step.Reconfigure(wanted, from, to);
    }

    /** Whether every topic is as it should be. */
    public boolean isDone() {
        return steps.stream().allMatch(step -> step instanceof Step.Keep);
    }

    /** The topics whose number of partitions a person has to decide about. */
    public List<Step.WrongPartitions> wrongPartitions() {
        return steps.stream()
                .filter(step -> step instanceof Step.WrongPartitions)
                .map(step -> (Step.WrongPartitions) step)
                .toList();
    }

    /** The plan for a person, one line a topic. */
    public String asText() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(line(step)).append('\n');
        }
        return text.toString();
    }

    private static String line(Step step) {
        Wanted wanted = step.wanted();
        return switch (step) {
            case Step.Create create ->
                "create       " + wanted.name() + " (" + wanted.partitions() + " partitions, "
                        + wanted.replicationFactor() + " replicas, " + new TreeMap<>(wanted.config()) + ")";
            case Step.Keep keep -> "keep         " + wanted.name();
            case Step.Reconfigure change ->
                "reconfigure  " + wanted.name() + " (" + change.from() + " -> " + change.to() + ")";
            case Step.WrongPartitions wrong ->
                "REFUSED      " + wanted.name() + " has " + wrong.partitions()
                        + " partitions instead of " + wanted.partitions()
                        + "; changing that would move keys: replay into a new topic, or set the number to what is there";
        };
    }
}
