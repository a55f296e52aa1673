package io.tailwater.lineage.sql.canonical;

import io.tailwater.lineage.sql.result.Definition;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.RowFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The canonical texts of a finished query: the end of the way from form to result. */
public final class CanonicalQuery {

    private final QueryForm form;
    private final Naming naming;

    /** Names everything that {@code form} reads. */
    public CanonicalQuery(QueryForm form) {
        this.form = form;
        this.naming = Naming.of(form, null);
    }

    /** The definition of each output column, in order. */
    public List<Definition> definitions() {
        List<String> exact = new FormText(naming, Detail.EXACT).outputs(form);
        List<String> shape = new FormText(naming, Detail.SHAPE).outputs(form);
        List<Definition> definitions = new ArrayList<>();
        for (int i = 0; i < exact.size(); i++) {
            definitions.add(new Definition(exact.get(i), shape.get(i)));
        }
        return definitions;
    }

    /** What decides the rows. */
    public RowFacts facts(Set<Dependency.Indirect> dependencies) {
        return FormFacts.of(form, naming, dependencies);
    }
}
