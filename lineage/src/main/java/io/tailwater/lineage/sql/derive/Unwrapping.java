package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.FormKey;
import io.tailwater.lineage.sql.canonical.FormSize;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.canonical.QueryForm;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import java.util.ArrayList;
import java.util.List;

/** A query that only passes on columns of one other query means what that one means: {@code SELECT * FROM (…)}. */
final class Unwrapping {

    private Unwrapping() {}

    static QueryOutput of(QueryOutput output) {
        FormKey key = only(output.form());
        if (key == null) {
            return output;
        }
        QueryForm inner = key.form();
        if (inner.set() != null && !FormSize.isModest(inner)) {
            return output;
        }
        boolean rowsByColumns = inner.distinct() || inner.set() != null;
        if (rowsByColumns && output.parts().size() != inner.columns().size()) {
            return output;
        }
        List<OutputPart> parts = new ArrayList<>();
        List<Canon> columns = new ArrayList<>();
        for (int i = 0; i < output.parts().size(); i++) {
            int place = place(output.parts().get(i), i, key);
            if (place < 0 || (inner.set() != null && place != i)) {
                return output;
            }
            columns.add(inner.columns().get(place));
            parts.add(((ScopeColumn) output.parts().get(i))
                    .withCanon(inner.columns().get(place)));
        }
        return same(columns, inner.columns())
                ? new QueryOutput(parts, key, output.rowDependencies())
                : new QueryOutput(parts, inner.withColumns(columns), output.rowDependencies());
    }

    /** Whether both hold the very same objects: comparing values would walk what they share again and again. */
    private static boolean same(List<Canon> first, List<Canon> second) {
        boolean same = first.size() == second.size();
        for (int i = 0; same && i < first.size(); i++) {
            same = first.get(i) == second.get(i);
        }
        return same;
    }

    /** The one query that a form reads and does nothing else to, or null. */
    private static @org.jspecify.annotations.Nullable FormKey only(QueryForm form) {
        JoinForm joins = form.joins();
        boolean bare = form.foldable()
                && form.filters().isEmpty()
                && joins.conditions().isEmpty()
                && joins.outer().isEmpty()
                && joins.instances().size() == 1;
        return bare ? joins.instances().getFirst().form() : null;
    }

    /** Which of the inner query's columns a part is; the one at its own place if there are several alike. */
    private static int place(OutputPart part, int index, FormKey key) {
        if (!(part instanceof ScopeColumn column) || !(column.canon() instanceof Canon.Column inner)) {
            return -1;
        }
        List<String> texts = key.columns();
        return index < texts.size() && texts.get(index).equals(inner.name()) ? index : texts.indexOf(inner.name());
    }
}
