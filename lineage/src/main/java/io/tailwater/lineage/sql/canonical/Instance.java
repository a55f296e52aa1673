package io.tailwater.lineage.sql.canonical;

import io.tailwater.lineage.sql.result.TableRef;
import org.jspecify.annotations.Nullable;

/** One reading of a relation; a table that is read twice has two instances. Compared by identity. */
public final class Instance {

    private final String exact;
    private final String shape;
    private final @Nullable TableRef table;
    private final @Nullable FormKey form;

    private Instance(String exact, String shape, @Nullable TableRef table, @Nullable FormKey form) {
        this.exact = exact;
        this.shape = shape;
        this.table = table;
        this.form = form;
    }

    /** A base table. */
    public static Instance of(TableRef table) {
        return new Instance(table.qualifiedName(), table.qualifiedName(), table, null);
    }

    /** A function, VALUES or anything else that is neither table nor query. */
    public static Instance named(String name) {
        return new Instance(name, name, null, null);
    }

    /** A query that cannot be folded into the one that reads it. */
    public static Instance of(FormKey form) {
        return new Instance(form.exact(), form.shape(), null, form);
    }

    /** Another reading of the same relation. */
    public Instance again() {
        return new Instance(exact, shape, table, form);
    }

    /** Whether it reads a base table. */
    public boolean isTable() {
        return table != null;
    }

    /** What it reads, as a name for people. */
    public String name() {
        return shape;
    }

    String exact() {
        return exact;
    }

    String shape() {
        return shape;
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
