package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What cuts rows off, together with the order that decides which. */
final class LimitForm {

    private LimitForm() {}

    static Canon of(Limit limit, @Nullable Canon order, Env env, Derivation derivation, Set<Dependency.Indirect> rows) {
        Sink sink = new Sink();
        List<Canon> parts = new ArrayList<>();
        parts.add(
                limit.count() == null
                        ? Canon.text("all")
                        : derivation.expressions().derive(limit.count(), env, Use.FILTER, sink));
        if (limit.offset() != null) {
            parts.add(Canon.call("offset", derivation.expressions().derive(limit.offset(), env, Use.FILTER, sink)));
        }
        if (limit.percent()) {
            parts.add(Canon.text("percent"));
        }
        if (limit.withTies()) {
            parts.add(Canon.text("with ties"));
        }
        for (Expression by : limit.by()) {
            parts.add(Canon.call("by", derivation.expressions().derive(by, env, Use.GROUP_BY, sink)));
        }
        if (order != null) {
            parts.add(order);
        }
        rows.addAll(sink.rows());
        return new Canon.Call("limit", parts);
    }
}
