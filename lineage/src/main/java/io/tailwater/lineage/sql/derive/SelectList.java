package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Node;
import io.tailwater.lineage.sql.tree.SelectItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of one select list, each worked out when first asked for, since items and clauses may read one another's aliases. */
final class SelectList implements Aliases {

    private final Derivation derivation;
    private final List<SelectItem> items;
    private final Env env;
    private final Map<String, Integer> byAlias = new HashMap<>();
    private final @Nullable Item[] derived;
    private final boolean[] open;
    private final @Nullable Boolean[] ownName;

    /** One item with what it gave. */
    record Item(List<OutputPart> parts, boolean aggregated) {}

    SelectList(Derivation derivation, List<SelectItem> items, Env env) {
        this.derivation = derivation;
        this.items = items;
        this.derived = new Item[items.size()];
        this.open = new boolean[items.size()];
        this.ownName = new Boolean[items.size()];
        for (int i = 0; i < items.size(); i++) {
            List<Identifier> aliases = items.get(i).aliases();
            if (aliases.size() == 1 && !(items.get(i).value() instanceof Expression.Star)) {
                byAlias.putIfAbsent(derivation.names().column(aliases.getFirst()), i);
            }
        }
        Env.AliasRule rule = derivation.rules().aliasInSelect() ? Env.AliasRule.BEFORE_POSSIBLE : Env.AliasRule.LAST;
        this.env = env.withAliases(this, rule);
    }

    /** The output of all items in order. */
    List<OutputPart> parts() {
        List<OutputPart> parts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            parts.addAll(item(i).parts());
        }
        return parts;
    }

    /** Whether an item collects rows. */
    boolean aggregated() {
        for (int i = 0; i < items.size(); i++) {
            if (item(i).aggregated()) {
                return true;
            }
        }
        return false;
    }

    Item item(int index) {
        Item known = derived[index];
        if (known == null) {
            open[index] = true;
            known = derive(items.get(index), index);
            derived[index] = known;
            open[index] = false;
        }
        return known;
    }

    /** The columns of an item that is one column, for GROUP BY 1; null for others. */
    @Nullable
    ScopeColumn column(int index) {
        List<OutputPart> parts = parts();
        return index >= 0 && index < parts.size() && parts.get(index) instanceof ScopeColumn column ? column : null;
    }

    @Override
    public @Nullable ScopeColumn find(String name, boolean sure) {
        Integer index = byAlias.get(name);
        if (index == null || open[index] || !sure && mentionsItself(index, name)) {
            return null;
        }
        return (ScopeColumn) item(index).parts().getFirst();
    }

    /** Whether the item called {@code name} reads a column of that name; looked up once. */
    private boolean mentionsItself(int index, String name) {
        Boolean known = ownName[index];
        if (known == null) {
            known = mentions(items.get(index).value(), name);
            ownName[index] = known;
        }
        return known;
    }

    private boolean mentions(Expression expression, String name) {
        Deque<Node> left = new ArrayDeque<>(List.of(expression));
        while (!left.isEmpty()) {
            Node node = left.pop();
            if (node instanceof Expression.ColumnReference reference
                    && derivation.names().column(reference.parts().getLast()).equals(name)) {
                return true;
            }
            left.addAll(node.children());
        }
        return false;
    }

    private Item derive(SelectItem item, int index) {
        return switch (item.value()) {
            case Expression.Star star -> new Item(derivation.stars().expand(star, env), false);
            case Expression.ColumnsPattern pattern ->
                new Item(derivation.stars().expand(pattern, env), false);
            default -> columns(item, index);
        };
    }

    private Item columns(SelectItem item, int index) {
        Sink sink = new Sink();
        Canon canon = derivation.expressions().derive(item.value(), env, Use.VALUE, sink);
        derivation.effort().spend(sink.size());
        List<OutputPart> columns = new ArrayList<>();
        if (item.aliases().size() > 1) {
            for (Identifier alias : item.aliases()) {
                String name = derivation.names().column(alias);
                columns.add(column(name, alias.text(), true, sink, Canon.call("part " + columns.size(), canon), item));
            }
        } else if (item.aliases().size() == 1) {
            Identifier alias = item.aliases().getFirst();
            columns.add(column(derivation.names().column(alias), alias.text(), true, sink, canon, item));
        } else {
            Identifier implied = impliedName(item.value());
            columns.add(
                    implied != null
                            ? column(derivation.names().column(implied), implied.text(), true, sink, canon, item)
                            : column("_col_" + index, derivation.textOf(item.value()), false, sink, canon, item));
        }
        return new Item(columns, sink.aggregated());
    }

    private ScopeColumn column(String name, String label, boolean named, Sink sink, Canon canon, SelectItem item) {
        return new ScopeColumn(
                name,
                label,
                named,
                sink.dependencies(),
                canon,
                null,
                sink.windowed(),
                TypeInference.of(item.value(), env, derivation),
                item.range(),
                derivation.structFields().of(item.value(), env));
    }

    /** A field of a structure as a column: named by its alias, by the type of the structure, or as an item of a select list would be. */
    static ScopeColumn field(
            Derivation derivation,
            Expression value,
            Expression.StructConstructor struct,
            int place,
            Sink sink,
            Canon canon,
            Env env) {
        Identifier name = fieldName(struct, place);
        return new ScopeColumn(
                name == null ? "_field_" + place : derivation.names().column(name),
                name == null ? derivation.textOf(value) : name.text(),
                name != null,
                sink.dependencies(),
                canon,
                null,
                sink.windowed(),
                TypeInference.of(value, env, derivation),
                value.range(),
                derivation.structFields().of(value, env));
    }

    /** What the field of a structure at a place is called; null if it has no name. */
    static @Nullable Identifier fieldName(Expression.StructConstructor struct, int place) {
        Expression value = struct.fields().get(place);
        if (value instanceof Expression.Aliased aliased) {
            return aliased.alias();
        }
        Identifier typed =
                struct.type() != null && place < struct.type().fields().size()
                        ? struct.type().fields().get(place).name()
                        : null;
        return typed != null ? typed : impliedName(value);
    }

    /** The name a database gives to an item without alias, where all agree. */
    private static @Nullable Identifier impliedName(Expression value) {
        return switch (value) {
            case Expression.ColumnReference reference -> reference.parts().getLast();
            case Expression.FieldAccess access -> access.field();
            case Expression.Cast cast ->
                cast.range().start() == cast.value().range().start() ? impliedName(cast.value()) : null;
            case Expression.Collate collate -> impliedName(collate.value());
            default -> null;
        };
    }
}
