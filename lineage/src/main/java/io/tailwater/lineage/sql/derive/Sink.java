package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what an expression depends on while it is walked. */
final class Sink {

    private final Set<Dependency> dependencies = new LinkedHashSet<>();
    private boolean windowed;
    private boolean aggregated;

    void add(ScopeColumn column, Use use) {
        windowed |= column.windowed();
        for (Dependency dependency : column.dependencies()) {
            dependencies.add(use.of(dependency));
        }
    }

    void add(UpstreamColumn column, Use use) {
        dependencies.add(
                use.of(new Dependency.Direct(column, io.tailwater.lineage.sql.result.DirectUse.IDENTITY, false)));
    }

    void addAll(Iterable<? extends Dependency> more) {
        more.forEach(dependencies::add);
    }

    /** Takes over everything another one collected. */
    void include(Sink other) {
        dependencies.addAll(other.dependencies);
        windowed |= other.windowed;
        aggregated |= other.aggregated;
    }

    void seeWindow() {
        windowed = true;
    }

    void seeAggregate() {
        aggregated = true;
    }

    /** How many dependencies were put in. */
    int size() {
        return dependencies.size();
    }

    boolean windowed() {
        return windowed;
    }

    boolean aggregated() {
        return aggregated;
    }

    /** One dependency for each upstream column and way of using it; of several direct uses the strongest. */
    List<Dependency> dependencies() {
        if (dependencies.size() < 2) {
            return List.copyOf(dependencies);
        }
        Map<Object, Dependency> merged = new LinkedHashMap<>();
        for (Dependency dependency : dependencies) {
            Object key = switch (dependency) {
                case Dependency.Direct direct -> direct.column();
                case Dependency.Indirect indirect -> List.of(indirect.column(), indirect.use());
            };
            merged.merge(key, dependency, Sink::stronger);
        }
        return new ArrayList<>(merged.values());
    }

    private static Dependency stronger(Dependency first, Dependency second) {
        boolean masking = first.masking() && second.masking();
        if (first instanceof Dependency.Direct a && second instanceof Dependency.Direct b) {
            return new Dependency.Direct(a.column(), a.use().after(b.use()), masking);
        }
        return first.masking() == masking ? first : second;
    }

    Set<Dependency.Indirect> rows() {
        Set<Dependency.Indirect> rows = new LinkedHashSet<>();
        for (Dependency dependency : dependencies) {
            if (dependency instanceof Dependency.Indirect indirect) {
                rows.add(indirect);
            }
        }
        return rows;
    }
}
