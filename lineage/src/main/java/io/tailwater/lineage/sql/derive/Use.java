package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.result.ColumnRole;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.DirectUse;
import io.tailwater.lineage.sql.result.IndirectUse;
import org.jspecify.annotations.Nullable;

/**
 * What an expression is used for at the place that is being looked at.
 *
 * @param direct how its value goes into the result, null when only {@code indirect}ly
 * @param indirect how it shapes the result, null when its value goes in
 * @param masking whether something above hides the value
 * @param role the place for {@link io.tailwater.lineage.sql.result.ColumnUse}
 */
record Use(@Nullable DirectUse direct, @Nullable IndirectUse indirect, boolean masking, ColumnRole role) {

    static final Use VALUE = new Use(DirectUse.IDENTITY, null, false, ColumnRole.VALUE);
    static final Use FILTER = new Use(null, IndirectUse.FILTER, false, ColumnRole.FILTER);
    static final Use JOIN = new Use(null, IndirectUse.JOIN, false, ColumnRole.JOIN);
    static final Use GROUP_BY = new Use(null, IndirectUse.GROUP_BY, false, ColumnRole.GROUP_BY);
    static final Use SORT = new Use(null, IndirectUse.SORT, false, ColumnRole.SORT);

    Use transformed() {
        return atLeast(DirectUse.TRANSFORMATION);
    }

    Use aggregated() {
        return atLeast(DirectUse.AGGREGATION);
    }

    Use masked() {
        return masking ? this : new Use(direct, indirect, true, role);
    }

    /** The condition of a branch inside this use. A condition inside a filter is part of the filter. */
    Use conditional() {
        return direct == null ? this : new Use(null, IndirectUse.CONDITIONAL, masking, ColumnRole.CONDITIONAL);
    }

    /** A window's frame inside this use. */
    Use window() {
        return direct == null ? this : new Use(null, IndirectUse.WINDOW, masking, ColumnRole.WINDOW);
    }

    /** A column of a subquery's rows inside this use, of another role. */
    Use rowsOf(IndirectUse kind, ColumnRole newRole) {
        return new Use(null, kind, masking, newRole);
    }

    private Use atLeast(DirectUse use) {
        if (direct == null || direct.after(use) == direct) {
            return this;
        }
        return new Use(use, null, masking, role);
    }

    /** What depending on {@code inner} means for something that uses it like this. */
    Dependency of(Dependency inner) {
        return switch (inner) {
            case Dependency.Direct value ->
                direct != null
                        ? combined(value, direct)
                        : new Dependency.Indirect(value.column(), kind(), masking || value.masking());
            case Dependency.Indirect shape -> {
                IndirectUse kind = direct != null || shapesValues() ? shape.use() : kind();
                boolean hidden = masking || shape.masking();
                yield kind == shape.use() && hidden == shape.masking()
                        ? shape
                        : new Dependency.Indirect(shape.column(), kind, hidden);
            }
        };
    }

    private Dependency combined(Dependency.Direct value, DirectUse outer) {
        DirectUse both = outer.after(value.use());
        boolean hidden = masking || value.masking();
        return both == value.use() && hidden == value.masking()
                ? value
                : new Dependency.Direct(value.column(), both, hidden);
    }

    /** Whether this shapes one column; what decides the rows of a subquery in it goes on deciding rows. */
    private boolean shapesValues() {
        return indirect == IndirectUse.CONDITIONAL || indirect == IndirectUse.WINDOW;
    }

    private IndirectUse kind() {
        if (indirect == null) {
            throw new IllegalStateException("neither direct nor indirect");
        }
        return indirect;
    }
}
