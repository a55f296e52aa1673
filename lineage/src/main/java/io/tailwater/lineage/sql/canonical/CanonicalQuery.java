package io.tailwater.lineage.sql.canonical;

import io.tailwater.lineage.sql.result.Definition;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.RowFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The canonical texts of a finished query, worked out when they are asked for: the end of the way from form to result. */
public final class CanonicalQuery {

    private final QueryForm form;
    private @Nullable Naming naming;
    private @Nullable List<Definition.Texts> definitions;

    /** The texts of {@code form}. */
    public CanonicalQuery(QueryForm form) {
        this.form = form;
    }

    private Naming naming() {
        if (naming == null) {
            naming = Naming.of(form, null);
        }
        return naming;
    }

    /** The definition of an output column by its zero-based place. */
    public Definition definition(int index) {
        return new Definition(
                () -> definitions().size() > index ? definitions().get(index) : new Definition.Texts("?", "?"));
    }

    private List<Definition.Texts> definitions() {
        if (definitions == null) {
            List<String> exact = new FormText(naming(), Detail.EXACT).outputs(form);
            List<String> shape = new FormText(naming(), Detail.SHAPE).outputs(form);
            List<Definition.Texts> texts = new ArrayList<>();
            for (int i = 0; i < exact.size(); i++) {
                texts.add(new Definition.Texts(exact.get(i), shape.get(i)));
            }
            definitions = texts;
        }
        return definitions;
    }

    /** What decides the rows. */
    public RowFacts facts(Set<Dependency.Indirect> dependencies) {
        return FormFacts.of(form, naming(), dependencies);
    }
}
