package io.tailwater.lineage.sql.canonical;

import io.tailwater.lineage.sql.result.RowFacts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A query form with its names and column texts, each worked out once, when it is asked for. */
public final class FormKey {

    private final QueryForm form;
    private @Nullable Naming naming;
    private @Nullable String exact;
    private @Nullable String shape;
    private @Nullable List<String> columns;
    private @Nullable RowFacts facts;

    /** The key of a form that refers to no instance outside of it. */
    public FormKey(QueryForm form) {
        this.form = form;
    }

    /** The form itself. */
    public QueryForm form() {
        return form;
    }

    private Naming naming() {
        if (naming == null) {
            naming = Naming.of(form, null);
        }
        return naming;
    }

    /** Name that is equal for queries that return the same rows. */
    public String exact() {
        if (exact == null) {
            exact = shape() + "#" + Digest.of(new FormText(naming(), Detail.EXACT).rows(form));
        }
        return exact;
    }

    /** Name that tells only which tables are read. */
    public String shape() {
        if (shape == null) {
            shape = tables(form);
        }
        return shape;
    }

    /** Canonical text of each output column, seen from inside the query. */
    public List<String> columns() {
        if (columns == null) {
            columns = new FormText(naming(), Detail.SHAPE).outputs(form);
        }
        return columns;
    }

    /** What decides the rows; without dependencies. */
    public RowFacts facts() {
        if (facts == null) {
            facts = FormFacts.of(form, naming(), Set.of());
        }
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
