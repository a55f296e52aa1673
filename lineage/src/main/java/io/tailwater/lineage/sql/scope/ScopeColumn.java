package io.tailwater.lineage.sql.scope;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.DirectUse;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that a relation offers, already followed to base tables.
 *
 * @param name normalised name
 * @param label name as written
 * @param named whether the query gives it a name
 * @param dependencies on base tables
 * @param canon its value, as seen by the query that reads the relation
 * @param origin the base column that it is, when its text is nowhere but in a star or in the base table itself; reading it reads that column
 * @param windowed whether a window function computes it, so that filters cannot move below it
 * @param type if known, else null
 * @param range the defining item
 * @param fields what a star over the value gives: the fields of a structure, also of the elements of an array, each with what it depends on itself; empty
 *     where they are not known
 */
public record ScopeColumn(
        String name,
        String label,
        boolean named,
        List<Dependency> dependencies,
        Canon canon,
        @Nullable UpstreamColumn origin,
        boolean windowed,
        @Nullable String type,
        SourceRange range,
        List<OutputPart> fields)
        implements OutputPart {

    /** A column whose fields are not known. */
    public ScopeColumn(
            String name,
            String label,
            boolean named,
            List<Dependency> dependencies,
            Canon canon,
            @Nullable UpstreamColumn origin,
            boolean windowed,
            @Nullable String type,
            SourceRange range) {
        this(name, label, named, dependencies, canon, origin, windowed, type, range, List.of());
    }

    /** A column of a base table. */
    public static ScopeColumn ofTable(UpstreamColumn column, Canon canon, @Nullable String type, SourceRange range) {
        Dependency itself = new Dependency.Direct(column, DirectUse.IDENTITY, false);
        return new ScopeColumn(
                column.column(), column.column(), true, List.of(itself), canon, column, false, type, range);
    }

    /** The same under another name. */
    public ScopeColumn renamed(String newName, String newLabel) {
        return new ScopeColumn(newName, newLabel, true, dependencies, canon, origin, windowed, type, range, fields);
    }

    /** The same with another canonical value. */
    public ScopeColumn withCanon(Canon newCanon) {
        return new ScopeColumn(name, label, named, dependencies, newCanon, origin, windowed, type, range, fields);
    }

    /** The same, defined at another place. */
    public ScopeColumn at(SourceRange newRange) {
        return new ScopeColumn(name, label, named, dependencies, canon, origin, windowed, type, newRange, fields);
    }

    /** The same, named by the text, so that readers of it do not count as readers of the base column. */
    public ScopeColumn withoutOrigin() {
        return origin == null
                ? this
                : new ScopeColumn(name, label, named, dependencies, canon, null, windowed, type, range, fields);
    }

    /** The same with other dependencies. */
    public ScopeColumn withDependencies(List<Dependency> newDependencies) {
        return new ScopeColumn(name, label, named, newDependencies, canon, origin, windowed, type, range, fields);
    }

    /** The same without a name of its own: the row itself. */
    public ScopeColumn unnamed() {
        return new ScopeColumn(name, label, false, dependencies, canon, origin, windowed, type, range, fields);
    }

    /** The same with known fields. */
    public ScopeColumn withFields(List<OutputPart> newFields) {
        return new ScopeColumn(
                name, label, named, dependencies, canon, origin, windowed, type, range, List.copyOf(newFields));
    }
}
