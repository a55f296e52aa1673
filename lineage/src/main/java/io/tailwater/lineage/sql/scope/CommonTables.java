package io.tailwater.lineage.sql.scope;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The CTEs visible at a place, newest first. Immutable. */
public final class CommonTables {

    /** No CTEs. */
    public static final CommonTables NONE = new CommonTables(null, "", () -> {
        throw new IllegalStateException("stands for no CTE");
    });

    private final @Nullable CommonTables outer;
    private final String name;
    private final Supplier<CommonTable> table;

    private CommonTables(@Nullable CommonTables outer, String name, Supplier<CommonTable> table) {
        this.outer = outer;
        this.name = name;
        this.table = table;
    }

    /**
     * The same with one CTE more, which hides an older one of its name.
     *
     * @param newTable gives the CTE, and learns that it is read
     */
    public CommonTables with(String newName, Supplier<CommonTable> newTable) {
        return new CommonTables(this, newName, newTable);
    }

    /** The CTE of a normalised name, or null. */
    public @Nullable CommonTable find(String wanted) {
        for (CommonTables each = this; each != null; each = each.outer) {
            if (each.outer != null && each.name.equals(wanted)) {
                return each.table.get();
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
