package io.tailwater.lineage.sql.result;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What decides which rows a query returns, and how many times; each text in canonical form, each list in text order. Texts name a subquery by its shape; its
 * exact name stands in the source. The texts are worked out when they are asked for: most readers of lineage never compare rows.
 */
public final class RowFacts {
    /** Facts of a statement that returns no rows. */
    public static final RowFacts NONE =
            new RowFacts(List.of(), List.of(), List.of(), List.of(), false, false, null, null, List.of(), Set.of());

    private final Supplier<Texts> later;
    private final Set<Dependency.Indirect> dependencies;
    private @Nullable Texts texts;

    private record Texts(
            List<RowSource> sources,
            List<String> filters,
            List<OuterJoin> outerJoins,
            List<String> grain,
            boolean grouped,
            boolean distinct,
            @Nullable String limit,
            @Nullable String setOperator,
            List<RowSource> setOperations) {
        private Texts {
            sources = List.copyOf(sources);
            filters = List.copyOf(filters);
            outerJoins = List.copyOf(outerJoins);
            grain = List.copyOf(grain);
            setOperations = List.copyOf(setOperations);
        }
    }

    private RowFacts(Supplier<Texts> later, Set<Dependency.Indirect> dependencies) {
        this.later = later;
        this.dependencies = Collections.unmodifiableSet(new LinkedHashSet<>(dependencies));
    }

    /** Facts that are known; see the methods of the same names. */
    public RowFacts(
            List<RowSource> sources,
            List<String> filters,
            List<OuterJoin> outerJoins,
            List<String> grain,
            boolean grouped,
            boolean distinct,
            @Nullable String limit,
            @Nullable String setOperator,
            List<RowSource> setOperations,
            Set<Dependency.Indirect> dependencies) {
        this(
                () -> new Texts(
                        sources, filters, outerJoins, grain, grouped, distinct, limit, setOperator, setOperations),
                dependencies);
    }

    /** Facts whose texts are those of others, which are worked out once, when one of them is asked for. */
    public static RowFacts later(Supplier<RowFacts> facts, Set<Dependency.Indirect> dependencies) {
        return new RowFacts(() -> facts.get().texts(), dependencies);
    }

    private Texts texts() {
        if (texts == null) {
            texts = later.get();
        }
        return texts;
    }

    /** Relations whose rows meet freely: tables, and subqueries that cannot be folded into this query, in name order. */
    public List<RowSource> sources() {
        return texts().sources();
    }

    /** Conditions that every row must meet: WHERE, HAVING, QUALIFY and the conditions of inner joins. */
    public List<String> filters() {
        return texts().filters();
    }

    /** Relations joined without deciding which left rows stay, each with its condition. */
    public List<OuterJoin> outerJoins() {
        return texts().outerJoins();
    }

    /** What rows are collected by: GROUP BY items, DISTINCT ON keys. */
    public List<String> grain() {
        return texts().grain();
    }

    /** Whether rows are collected at all; true with an empty grain for a bare aggregate. */
    public boolean grouped() {
        return texts().grouped();
    }

    /** Whether duplicate rows are dropped. */
    public boolean distinct() {
        return texts().distinct();
    }

    /** LIMIT, TOP, FETCH, OFFSET together with the ordering that then decides rows, or null. */
    public @Nullable String limit() {
        return texts().limit();
    }

    /** UNION, UNION ALL, INTERSECT, EXCEPT …; null when the query is no set operation. */
    public @Nullable String setOperator() {
        return texts().setOperator();
    }

    /** The branches of the set operation, in name order where the order is free. */
    public List<RowSource> setOperations() {
        return texts().setOperations();
    }

    /** Upstream columns that decide rows, of this query and of those it reads. */
    public Set<Dependency.Indirect> dependencies() {
        return dependencies;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowFacts facts
                && dependencies.equals(facts.dependencies)
                && texts().equals(facts.texts());
    }

    @Override
    public int hashCode() {
        return dependencies.hashCode();
    }

    @Override
    public String toString() {
        return texts() + " " + dependencies;
    }
}
