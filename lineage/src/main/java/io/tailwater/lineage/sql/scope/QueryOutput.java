package io.tailwater.lineage.sql.scope;

import io.tailwater.lineage.sql.canonical.FormKey;
import io.tailwater.lineage.sql.canonical.QueryForm;
import io.tailwater.lineage.sql.result.Dependency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a query returns: its output in order, its canonical form, and the columns of base tables that decide its rows. */
public final class QueryOutput {

    private final List<OutputPart> parts;
    private final QueryForm form;
    private final Set<Dependency.Indirect> rowDependencies;
    private @Nullable FormKey key;

    /** An output; {@code form} has one column for each part. */
    public QueryOutput(List<? extends OutputPart> parts, QueryForm form, Set<Dependency.Indirect> rowDependencies) {
        this.parts = List.copyOf(parts);
        this.form = form;
        this.rowDependencies = rowDependencies;
    }

    /** An output whose form's names are known already. */
    public QueryOutput(List<? extends OutputPart> parts, FormKey key, Set<Dependency.Indirect> rowDependencies) {
        this(parts, key.form(), rowDependencies);
        this.key = key;
    }

    /** Output in order. */
    public List<OutputPart> parts() {
        return parts;
    }

    /** The query in canonical form. */
    public QueryForm form() {
        return form;
    }

    /** Columns of base tables that decide the rows. */
    public Set<Dependency.Indirect> rowDependencies() {
        return rowDependencies;
    }

    /** The names of the form, worked out once. */
    public FormKey key() {
        if (key == null) {
            key = new FormKey(form);
        }
        return key;
    }

    /** The same with other names on the same output. */
    public QueryOutput withParts(List<? extends OutputPart> newParts) {
        return new QueryOutput(newParts, form, rowDependencies);
    }
}
