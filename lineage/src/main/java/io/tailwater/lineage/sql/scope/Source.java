package io.tailwater.lineage.sql.scope;

import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relation in scope: what a name before a dot can mean. Immutable.
 *
 * <p>An <em>open</em> relation may have columns beside those listed: those of tables whose columns are not known, or whatever an unknown function returns.
 */
public final class Source {

    private final @Nullable String alias;
    private final @Nullable TableRef table;
    private final List<OutputPart> parts;
    private final @Nullable ScopeColumn anyColumn;
    private final boolean inStar;
    private final Map<String, ScopeColumn> byName = new HashMap<>();
    private final List<OpenTable> open = new ArrayList<>();

    /**
     * A relation.
     *
     * @param alias name it goes by: its alias, else its table's own name; null when it has none
     * @param table the table, when it is one and has no alias that hides its qualified name
     * @param parts what it offers, in order
     * @param anyColumn what every column that is not listed would be, for functions with unknown columns; else null
     * @param inStar whether a bare star includes it
     */
    public Source(
            @Nullable String alias,
            @Nullable TableRef table,
            List<? extends OutputPart> parts,
            @Nullable ScopeColumn anyColumn,
            boolean inStar) {
        this.alias = alias;
        this.table = table;
        this.parts = List.copyOf(parts);
        this.anyColumn = anyColumn;
        this.inStar = inStar;
        for (OutputPart part : this.parts) {
            switch (part) {
                case ScopeColumn column -> byName.putIfAbsent(column.name(), column);
                case OpenTable table1 -> open.add(table1);
            }
        }
    }

    /** The name it goes by, or null. */
    public @Nullable String alias() {
        return alias;
    }

    /** The base table read here, or null. */
    public @Nullable TableRef table() {
        return table;
    }

    /** What it offers, in order. */
    public List<OutputPart> parts() {
        return parts;
    }

    /** Whether a bare star includes it. */
    public boolean inStar() {
        return inStar;
    }

    /** A column that it certainly has, or null. */
    public @Nullable ScopeColumn known(String name) {
        return byName.get(name);
    }

    /** Columns of this name that it has if the table behind it has; empty when it certainly has none. */
    public List<ScopeColumn> possible(String name) {
        List<ScopeColumn> columns = new ArrayList<>();
        for (OpenTable table1 : open) {
            ScopeColumn column = table1.column(name);
            if (column != null) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** Whether it may have columns that are not listed; what is listed is then only declared. */
    public boolean isOpen() {
        return !open.isEmpty();
    }

    /** What every column that is not listed would be, for functions with unknown columns. */
    public @Nullable ScopeColumn anyColumn() {
        return anyColumn;
    }

    /** What people call it. */
    public String describe() {
        if (table != null) {
            return alias == null || table.name().equals(alias)
                    ? table.qualifiedName()
                    : table.qualifiedName() + " " + alias;
        }
        return alias == null ? "subquery" : alias;
    }

    /** The same, left out of bare stars and of bare names. */
    public Source hidden() {
        return new Source(alias, table, parts, anyColumn, false);
    }
}
