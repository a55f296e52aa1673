package io.tailwater.lineage.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}. */
final class Loop implements Value.Host {
    private final List<Value> items;
    private final int index;
    private final Value[] lastChanged;

    Loop(List<Value> items, int index, Value[] lastChanged) {
        this.items = items;
        this.index = index;
        this.lastChanged = lastChanged;
    }

    @Override
    public @Nullable Value attribute(String name) {
        return switch (name) {
            case "index" -> Value.Int.of(index + 1L);
            case "index0" -> Value.Int.of(index);
            case "revindex" -> Value.Int.of(items.size() - (long) index);
            case "revindex0" -> Value.Int.of(items.size() - index - 1L);
            case "first" -> Value.Bool.of(index == 0);
            case "last" -> Value.Bool.of(index == items.size() - 1);
            case "length" -> Value.Int.of(items.size());
            case "depth" -> Value.Int.of(1);
            case "depth0" -> Value.Int.of(0);
            case "previtem" -> index > 0 ? items.get(index - 1) : new Value.Undefined("there is no previous item");
            case "nextitem" ->
                index + 1 < items.size() ? items.get(index + 1) : new Value.Undefined("there is no next item");
            case "cycle" -> (Value.Function) this::cycle;
            case "changed" -> (Value.Function) this::changed;
            default -> null;
        };
    }

    private Value cycle(Call call) {
        if (call.positional().isEmpty()) {
            throw new TemplateException("no items for cycling given");
        }
        return call.positional().get(index % call.positional().size());
    }

    private Value changed(Call call) {
        Value now = new Value.Tuple(call.positional());
        boolean same = lastChanged[0] != null && Operators.equal(lastChanged[0], now);
        lastChanged[0] = now;
        return Value.Bool.of(!same);
    }

    @Override
    public String display() {
        return "<LoopContext " + (index + 1) + "/" + items.size() + ">";
    }
}
