package io.tailwater.lineage.project.rails;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement or an expression of the part of Ruby that migrations are written in. */
sealed interface Ruby {
    /** The line it starts at, counted from 1. */
    int line();

    /** Characters of a string from one line; a gap stands for what only a run tells. */
    record Run(String text, int line, boolean gap) {}

    /** A string. */
    record Text(List<Run> runs, int line) implements Ruby {
        public Text {
            runs = List.copyOf(runs);
        }

        /** The whole string; null where a run decides a part of it. */
        @Nullable
        String known() {
            StringBuilder out = new StringBuilder();
            for (Run run : runs) {
                if (run.gap()) {
                    return null;
                }
                out.append(run.text());
            }
            return out.toString();
        }
    }

    /** A symbol, a number, {@code true}, {@code false} or {@code nil}, as written without its colon. */
    record Atom(String text, int line) implements Ruby {}

    /** A name that begins with a capital, with what stands in front of it. */
    record Constant(String name, int line) implements Ruby {}

    /** An array. */
    record Items(List<Ruby> values, int line) implements Ruby {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A hash with names for keys. */
    record Hash(Map<String, Ruby> entries, int line) implements Ruby {}

    /** What stands between {@code do} and {@code end}. */
    record Block(List<String> parameters, List<Ruby> body) {}

    /** A call, or a name without arguments, which may be a variable. */
    record Call(
            @Nullable Ruby receiver,
            String name,
            List<Ruby> arguments,
            Map<String, Ruby> named,
            @Nullable Block block,
            int line)
            implements Ruby {
        /** An argument by its place; null if there are fewer. */
        @Nullable
        Ruby argument(int place) {
            return place < arguments.size() ? arguments.get(place) : null;
        }
    }

    /** {@code name = value}. */
    record Assign(String name, Ruby value, int line) implements Ruby {}

    /** {@code if} and its like: the condition, what runs when it holds, and what else. */
    record Branch(Ruby condition, boolean negated, List<Ruby> then, List<Ruby> otherwise, int line) implements Ruby {}

    /** What runs as long as a condition holds, or for one of several values: it may run or not. */
    record Maybe(List<Ruby> body, int line) implements Ruby {}

    /** {@code begin} … {@code end}. */
    record Sequence(List<Ruby> body, int line) implements Ruby {}

    /** {@code def}. */
    record Method(String name, List<String> parameters, List<Ruby> body, int line) implements Ruby {}

    /** {@code class} or {@code module}. */
    record Type(String name, String parent, List<Ruby> body, int line) implements Ruby {}

    /** Operators over values. */
    record Operated(String operator, Ruby left, Ruby right, int line) implements Ruby {}

    /** What is not read. */
    record Unread(String word, int line) implements Ruby {}
}
