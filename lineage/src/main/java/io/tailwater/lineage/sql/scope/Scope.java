package io.tailwater.lineage.sql.scope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where names are looked up: the relations of one query, what USING merged, and the scope around it. Immutable.
 */
public final class Scope {

    /** No relations. */
    public static final Scope EMPTY = new Scope(null, List.of(), Map.of());

    private final @Nullable Scope parent;
    private final List<Source> sources;
    private final Map<String, ScopeColumn> merged;

    private Scope(@Nullable Scope parent, List<Source> sources, Map<String, ScopeColumn> merged) {
        this.parent = parent;
        this.sources = sources;
        this.merged = merged;
    }

    /** A scope without relations of its own. */
    public static Scope inside(@Nullable Scope parent) {
        return new Scope(parent, List.of(), Map.of());
    }

    /** The same with one relation more. */
    public Scope with(Source source) {
        List<Source> all = new ArrayList<>(sources);
        all.add(source);
        return new Scope(parent, List.copyOf(all), merged);
    }

    /** The same relations with those of {@code other} and what it merged. */
    public Scope with(Scope other) {
        List<Source> all = new ArrayList<>(sources);
        all.addAll(other.sources);
        Map<String, ScopeColumn> both = new HashMap<>(merged);
        both.putAll(other.merged);
        return new Scope(parent, List.copyOf(all), both);
    }

    /** The same with exactly these relations. */
    public Scope withSources(List<Source> newSources) {
        return new Scope(parent, List.copyOf(newSources), merged);
    }

    /** The same with a column that USING or NATURAL made of several. */
    public Scope withMerged(ScopeColumn column) {
        Map<String, ScopeColumn> all = new java.util.LinkedHashMap<>(merged);
        all.put(column.name(), column);
        return new Scope(parent, sources, all);
    }

    /** The same inside another scope. */
    public Scope within(@Nullable Scope newParent) {
        return new Scope(newParent, sources, merged);
    }

    /** The scope around this one, or null. */
    public @Nullable Scope parent() {
        return parent;
    }

    /** The relations in order. */
    public List<Source> sources() {
        return sources;
    }

    /** Columns that USING or NATURAL made of several, by name in order. */
    public Map<String, ScopeColumn> merged() {
        return merged;
    }
}
