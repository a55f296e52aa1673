package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.tree.CallModifiers;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.NamedWindow;
import io.tailwater.lineage.sql.tree.NullTreatment;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Function calls: aggregates, windows, functions that choose, functions that hide. */
final class CallDeriver {

    private final Derivation derivation;
    private final ExpressionDeriver expressions;

    CallDeriver(Derivation derivation, ExpressionDeriver expressions) {
        this.derivation = derivation;
        this.expressions = expressions;
    }

    Canon derive(Expression.FunctionCall call, Env env, Use use, Sink sink) {
        String name = call.name().parts().getLast().text().toLowerCase(Locale.ROOT);
        CallModifiers modifiers = call.modifiers();
        boolean windowed = modifiers != null && modifiers.window() != null;
        boolean aggregate = FunctionKinds.aggregate(name)
                || modifiers != null && !modifiers.withinGroup().isEmpty();
        if (windowed) {
            sink.seeWindow();
        } else if (aggregate) {
            sink.seeAggregate();
        }
        Use inside = aggregate ? use.aggregated() : use.transformed();
        if (FunctionKinds.masking(name)) {
            inside = inside.masked();
        }
        List<Canon> parts = new ArrayList<>();
        if (!countsRows(name, call)) {
            arguments(name, call, env, inside, sink, parts);
        }
        if (modifiers != null) {
            modifiers(name, modifiers, env, inside, sink, parts);
        }
        String full =
                call.name().parts().size() == 1 ? FunctionKinds.canonical(name) : CanonicalWords.name(call.name());
        return new Canon.Call(full, parts);
    }

    /** {@code count(*)} and {@code count(1)} look at no column. */
    private static boolean countsRows(String name, Expression.FunctionCall call) {
        if (!name.equals("count") && !name.equals("count_big")) {
            return false;
        }
        boolean distinct = call.modifiers() != null && call.modifiers().distinct();
        return call.arguments().isEmpty()
                || call.arguments().size() == 1
                        && !distinct
                        && (call.arguments().getFirst() instanceof Expression.Star
                                || call.arguments().getFirst() instanceof Expression.Literal literal
                                        && !literal.text().equalsIgnoreCase("null"));
    }

    private void arguments(
            String name, Expression.FunctionCall call, Env env, Use inside, Sink sink, List<Canon> parts) {
        List<Expression> arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            Use use = picksBranch(name, i, arguments.size()) ? inside.conditional() : inside;
            parts.add(expressions.derive(arguments.get(i), env, use, sink));
        }
    }

    private static boolean picksBranch(String name, int index, int count) {
        if (FunctionKinds.conditionFirst(name)) {
            return name.equals("multiif") ? index % 2 == 0 && index < count - 1 : index == 0;
        }
        return switch (name) {
            case "decode" -> count > 2 && (index == 0 || index % 2 == 1 && index < count - 1);
            case "nullif" -> index == 1;
            case "sumif", "countif", "count_if", "avgif", "maxif", "minif", "uniqif" -> count > 1 && index == count - 1;
            default -> false;
        };
    }

    private void modifiers(String name, CallModifiers modifiers, Env env, Use inside, Sink sink, List<Canon> parts) {
        if (modifiers.distinct()) {
            parts.add(Canon.text("distinct"));
        }
        if (!modifiers.parameters().isEmpty()) {
            parts.add(expressions.list("parameters", modifiers.parameters(), env, inside, sink));
        }
        if (!modifiers.withinGroup().isEmpty()) {
            Use use = FunctionKinds.orderedSet(name) ? inside : inside.window();
            parts.add(order("within group", modifiers.withinGroup(), env, use, sink));
        }
        if (!modifiers.orderBy().isEmpty()) {
            parts.add(order("order by", modifiers.orderBy(), env, inside.window(), sink));
        }
        if (modifiers.filter() != null) {
            Canon filter = expressions.derive(modifiers.filter(), env, inside.conditional(), sink);
            parts.add(Canon.call("filter", filter));
        }
        if (modifiers.having() != null) {
            parts.add(Canon.call("having", expressions.derive(modifiers.having(), env, inside.conditional(), sink)));
        }
        if (modifiers.limit() != null) {
            parts.add(Canon.call("limit", expressions.derive(modifiers.limit(), env, inside, sink)));
        }
        if (modifiers.nullTreatment() == NullTreatment.IGNORE) {
            parts.add(Canon.text("ignore nulls"));
        }
        if (modifiers.window() != null) {
            parts.add(window(
                    modifiers.window(),
                    env,
                    inside.window(),
                    sink,
                    env.windows().size() + 1));
        }
    }

    /** A window with the named windows it builds on; {@code depth} ends chains that name each other in a circle. */
    private Canon window(Window window, Env env, Use use, Sink sink, int depth) {
        List<Canon> parts = new ArrayList<>();
        Window base = base(window, env);
        if (base != null && depth > 0) {
            Canon inherited = window(base, env, use, sink, depth - 1);
            if (window.partitionBy().isEmpty() && window.orderBy().isEmpty() && window.frame() == null) {
                return inherited;
            }
            parts.add(inherited);
        }
        if (!window.partitionBy().isEmpty()) {
            List<Canon> keys = new ArrayList<>();
            window.partitionBy().forEach(key -> keys.add(expressions.derive(key, env, use, sink)));
            parts.add(Canon.call("partition by", new Canon.Operation(",", true, keys)));
        }
        if (!window.orderBy().isEmpty()) {
            parts.add(order("order by", window.orderBy(), env, use, sink));
        }
        if (window.frame() != null) {
            parts.add(frame(window, env, use, sink));
        }
        return new Canon.Call("over", parts);
    }

    private Canon frame(Window window, Env env, Use use, Sink sink) {
        var frame = java.util.Objects.requireNonNull(window.frame());
        List<Canon> parts = new ArrayList<>();
        if (frame.start() != null) {
            parts.add(expressions.derive(frame.start(), env, use, sink));
        }
        if (frame.end() != null) {
            parts.add(expressions.derive(frame.end(), env, use, sink));
        }
        if (frame.exclusion() != null) {
            parts.add(Canon.text(frame.exclusion().toLowerCase(Locale.ROOT)));
        }
        return new Canon.Call(frame.unit().toLowerCase(Locale.ROOT), parts);
    }

    private @Nullable Window base(Window window, Env env) {
        if (window.base() == null) {
            return null;
        }
        String wanted = derivation.names().column(window.base());
        for (NamedWindow named : env.windows()) {
            if (derivation.names().column(named.name()).equals(wanted)) {
                return named.window();
            }
        }
        return null;
    }

    /** Sort keys with their directions; where nulls go counts only where it is said. */
    Canon order(String word, List<OrderItem> items, Env env, Use use, Sink sink) {
        List<Canon> keys = new ArrayList<>();
        for (OrderItem item : items) {
            Canon key = expressions.derive(item.value(), env, use, sink);
            String nulls = item.nullsFirst() == null ? "" : item.nullsFirst() ? " nulls first" : " nulls last";
            String direction = (item.descending() ? "desc" : "") + nulls;
            keys.add(direction.isEmpty() ? key : Canon.call(direction.trim(), key));
        }
        return new Canon.Call(word, keys);
    }
}
