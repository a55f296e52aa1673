package io.tailwater.lineage.sql.canonical;

import io.tailwater.lineage.sql.result.TableRef;
import org.jspecify.annotations.Nullable;

/** One reading of a relation; a table that is read twice has two instances. Compared by identity. */
public final class Instance {

    /** Null where the form knows it. */
    private final @Nullable String name;

    private final @Nullable TableRef table;
    private final @Nullable FormKey form;

    private Instance(@Nullable String name, @Nullable TableRef table, @Nullable FormKey form) {
        this.name = name;
        this.table = table;
        this.form = form;
    }

    /** A base table. */
    public static Instance of(TableRef table) {
        return new Instance(table.qualifiedName(), table, null);
    }

    /** A function, VALUES or anything else that is neither table nor query. */
    public static Instance named(String name) {
        return new Instance(name, null, null);
    }

    /** A query that cannot be folded into the one that reads it. */
    public static Instance of(FormKey form) {
        return new Instance(null, null, form);
    }

    /** Another reading of the same relation. */
    public Instance again() {
        return new Instance(name, table, form);
    }

    /** Whether it reads a base table. */
    public boolean isTable() {
        return table != null;
    }

    /** What it reads, as a name for people. */
    public String name() {
        return shape();
    }

    String exact() {
        return form == null ? String.valueOf(name) : form.exact();
    }

    String shape() {
        return form == null ? String.valueOf(name) : form.shape();
    }

    @Nullable
    TableRef table() {
        return table;
    }

    /** The query it reads, or null. */
    public @Nullable FormKey form() {
        return form;
    }
}
