package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a part of FROM brings: relations, columns merged by USING, how rows meet, and which columns decide that.
 *
 * @param sources relations in order
 * @param merged columns merged by USING or NATURAL, by name in order
 * @param joins canonical form
 * @param rowDependencies columns of base tables that decide which rows come
 */
record FromPart(
        List<Source> sources,
        Map<String, ScopeColumn> merged,
        JoinForm joins,
        Set<Dependency.Indirect> rowDependencies) {

    static final FromPart NOTHING = new FromPart(List.of(), Map.of(), JoinForm.EMPTY, Set.of());

    static FromPart of(Source source, JoinForm joins, Set<Dependency.Indirect> rows) {
        return new FromPart(List.of(source), Map.of(), joins, rows);
    }

    /** Both parts side by side, as a comma or a cross join puts them. */
    FromPart beside(FromPart other) {
        if (this == NOTHING) {
            return other;
        }
        Map<String, ScopeColumn> both = merged;
        if (!other.merged.isEmpty()) {
            both = new LinkedHashMap<>(merged);
            both.putAll(other.merged);
        }
        return new FromPart(
                concat(sources, other.sources),
                both,
                joins.inner(other.joins, List.of()),
                union(rowDependencies, other.rowDependencies));
    }

    private static List<Source> concat(List<Source> first, List<Source> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<Source> all = new ArrayList<>(first.size() + second.size());
        all.addAll(first);
        all.addAll(second);
        return all;
    }

    /** Copies only where both bring something: chains of joins and of CTEs pass long sets on. */
    private static Set<Dependency.Indirect> union(Set<Dependency.Indirect> first, Set<Dependency.Indirect> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        Set<Dependency.Indirect> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return all;
    }

    FromPart withJoins(JoinForm form) {
        return new FromPart(sources, merged, form, rowDependencies);
    }

    FromPart withRows(Set<Dependency.Indirect> more) {
        return new FromPart(sources, merged, joins, union(rowDependencies, more));
    }

    FromPart withSources(List<Source> newSources) {
        return new FromPart(newSources, merged, joins, rowDependencies);
    }

    FromPart withMerged(ScopeColumn column) {
        Map<String, ScopeColumn> all = new LinkedHashMap<>(merged);
        all.put(column.name(), column);
        return new FromPart(sources, all, joins, rowDependencies);
    }

    /** The relations as a scope inside another. */
    Scope scope(@org.jspecify.annotations.Nullable Scope parent) {
        Scope scope = Scope.inside(parent).withSources(sources);
        for (ScopeColumn column : merged.values()) {
            scope = scope.withMerged(column);
        }
        return scope;
    }
}
