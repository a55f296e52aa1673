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
        List<Source> all = new ArrayList<>(sources);
        all.addAll(other.sources);
        Map<String, ScopeColumn> both = new LinkedHashMap<>(merged);
        both.putAll(other.merged);
        Set<Dependency.Indirect> rows = new LinkedHashSet<>(rowDependencies);
        rows.addAll(other.rowDependencies);
        return new FromPart(all, both, joins.inner(other.joins, List.of()), rows);
    }

    FromPart withJoins(JoinForm form) {
        return new FromPart(sources, merged, form, rowDependencies);
    }

    FromPart withRows(Set<Dependency.Indirect> more) {
        Set<Dependency.Indirect> rows = new LinkedHashSet<>(rowDependencies);
        rows.addAll(more);
        return new FromPart(sources, merged, joins, rows);
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
