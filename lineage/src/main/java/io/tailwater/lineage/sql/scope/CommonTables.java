package io.tailwater.lineage.sql.scope;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The CTEs visible at a place, newest first. Immutable; each CTE is worked out when it is first read and then remembered. */
public final class CommonTables {

    /** No CTEs. */
    public static final CommonTables NONE = new CommonTables(null, "", () -> null);

    private final @Nullable CommonTables outer;
    private final String name;
    private final Supplier<@Nullable CommonTable> table;

    private CommonTables(@Nullable CommonTables outer, String name, Supplier<@Nullable CommonTable> table) {
        this.outer = outer;
        this.name = name;
        this.table = table;
    }

    /**
     * The same with one CTE more, which hides an older one of its name.
     *
     * @param newTable gives the CTE; null while it is being worked out itself, so that a name inside it means something further out
     */
    public CommonTables with(String newName, Supplier<@Nullable CommonTable> newTable) {
        return new CommonTables(this, newName, newTable);
    }

    /** The CTE of a normalised name, or null. */
    public @Nullable CommonTable find(String wanted) {
        for (CommonTables each = this; each != null; each = each.outer) {
            if (each.outer != null && each.name.equals(wanted)) {
                CommonTable found = each.table.get();
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** A CTE that has been worked out; counts how often it is read. */
    public static final class CommonTable {

        private final QueryOutput output;
        private boolean read;

        /** A CTE. */
        public CommonTable(QueryOutput output) {
            this.output = output;
        }

        /** What it returns. */
        public QueryOutput output() {
            return output;
        }

        /** Whether it was read before; remembers that it is now. */
        public boolean readAgain() {
            boolean before = read;
            read = true;
            return before;
        }
    }
}
