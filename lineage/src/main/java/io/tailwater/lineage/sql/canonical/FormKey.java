package io.tailwater.lineage.sql.canonical;

import io.tailwater.lineage.sql.result.RowFacts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A query form with its names and column texts, each worked out once. */
public final class FormKey {

    private final QueryForm form;
    private final String exact;
    private final String shape;
    private final List<String> columns;
    private final RowFacts facts;

    /** The key of a form that refers to no instance outside of it. */
    public FormKey(QueryForm form) {
        this.form = form;
        Naming naming = Naming.of(form, null);
        this.shape = tables(form);
        this.exact = shape + "#" + Digest.of(new FormText(naming, Detail.EXACT).rows(form));
        FormText shapes = new FormText(naming, Detail.SHAPE);
        this.columns = shapes.outputs(form);
        this.facts = FormFacts.of(form, naming, Set.of());
    }

    /** The form itself. */
    public QueryForm form() {
        return form;
    }

    /** Name that is equal for queries that return the same rows. */
    public String exact() {
        return exact;
    }

    /** Name that tells only which tables are read. */
    public String shape() {
        return shape;
    }

    /** Canonical text of each output column, seen from inside the query. */
    public List<String> columns() {
        return columns;
    }

    /** What decides the rows; without dependencies. */
    public RowFacts facts() {
        return facts;
    }

    /** The tables that a form reads, as a name. */
    static String tables(QueryForm form) {
        return "(" + String.join(", ", baseNames(form, new TreeSet<>())) + ")";
    }

    private static Set<String> baseNames(QueryForm form, Set<String> names) {
        form.joins().forEachInstance(instance -> names.add(instance.shape()));
        if (form.set() != null) {
            form.set().branches().forEach(branch -> baseNames(branch, names));
        }
        return names;
    }
}
