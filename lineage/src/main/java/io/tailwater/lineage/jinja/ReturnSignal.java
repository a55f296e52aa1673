package io.tailwater.lineage.jinja;

/** Leaves a macro early with a value, as dbt's {@code return()} does. */
final class ReturnSignal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Value value;

    ReturnSignal(Value value) {
        super(null, null, false, false);
        this.value = value;
    }

    Value value() {
        return value;
    }
}
