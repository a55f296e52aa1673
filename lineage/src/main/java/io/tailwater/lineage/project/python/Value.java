package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.python.Expression;
import io.tailwater.lineage.python.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression of Python is, as far as the text tells. What only a run tells stays a symbol of what was written. */
sealed interface Value {
    Value NONE = new Plain(null);

    /** A number ({@link Long}, {@link Double}), a {@link Boolean}, or None (null). */
    record Plain(@Nullable Object value) implements Value {}

    /** A string in runs. */
    record Text(List<Run> runs) implements Value {
        public Text {
            runs = List.copyOf(runs);
        }

        /** The whole string; null where a part of it is known only when it runs. */
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

        /** The string with a placeholder for each part that only a run tells. */
        String shown() {
            StringBuilder out = new StringBuilder();
            runs.forEach(run -> out.append(run.text()));
            return out.toString();
        }

        static Text of(String text, SourceLocation at) {
            return new Text(List.of(new Run(text, at, false)));
        }
    }

    /**
     * Characters from one line.
     *
     * @param text the characters, or a placeholder
     * @param gap whether only a run tells the characters
     */
    record Run(String text, SourceLocation at, boolean gap) {}

    /** A list, tuple or set. */
    record Items(List<Value> values) implements Value {
        static Items of(List<Value> values) {
            return new Items(new ArrayList<>(values));
        }
    }

    /** A dictionary; keys are strings, numbers and the like. */
    record Mapping(Map<Object, Value> entries) implements Value {
        static Mapping empty() {
            return new Mapping(new LinkedHashMap<>());
        }

        @Nullable
        Value get(String key) {
            return entries.get(key);
        }
    }

    /** A function of the repository; with what it is called on, if it is a method. */
    record Callable(
            Statement.Function definition,
            Environment closure,
            @Nullable Value self) implements Value {}

    /** A function without a name. */
    record Anonymous(Expression.Lambda definition, Environment closure) implements Value {}

    /** A class of the repository, with what its body defines and what it extends. */
    record Type(Statement.ClassDefinition definition, Environment body, List<Value> bases) implements Value {}

    /** An object of a class of the repository. */
    record Instance(Type type, Map<String, Value> fields) implements Value {}

    /** A module of the repository. */
    record Module(Environment body) implements Value {}

    /** What it is depends on a condition that only a run decides. */
    record Choice(List<Value> values) implements Value {
        public Choice {
            values = List.copyOf(values);
        }
    }

    /** Something from outside of the repository, by its dotted name. */
    record External(String name) implements Value {}

    /** A member of something that is no value here. */
    record Member(Value target, String name, SourceLocation at) implements Value {}

    /** A call that is not followed. */
    record Called(Value function, List<Value> arguments, Map<String, Value> named, SourceLocation at) implements Value {
        /** The argument of that name, or at that place; null if there is none. */
        @Nullable
        Value argument(int place, String name) {
            Value byName = named.get(name);
            return byName != null ? byName : place >= 0 && place < arguments.size() ? arguments.get(place) : null;
        }

        /** Last part of the name of what is called; empty if it has none. */
        String name() {
            return switch (function) {
                case Member member -> member.name();
                case External external ->
                    external.name().substring(external.name().lastIndexOf('.') + 1);
                default -> "";
            };
        }
    }

    /** An operator over something that is no value here. */
    record Operated(String operator, List<Value> operands, SourceLocation at) implements Value {}

    /** A subscript of something that is no value here. */
    record Indexed(Value target, Value index, SourceLocation at) implements Value {}

    /**
     * Something that only a run tells.
     *
     * @param name what it is called in the text
     */
    record Unknown(String name, SourceLocation at) implements Value {}

    /** A word for a value that only a run tells, to stand in a placeholder. */
    static String word(Value value) {
        return switch (value) {
            case Unknown unknown -> unknown.name();
            case Member member -> member.name();
            case External external -> external.name().substring(external.name().lastIndexOf('.') + 1);
            case Indexed indexed when indexed.index() instanceof Text text && text.known() != null -> text.shown();
            case Called called
            when !called.arguments().isEmpty()
                    && called.arguments().getFirst() instanceof Text text
                    && text.known() != null -> text.shown();
            case Called called -> called.name();
            case Choice choice ->
                choice.values().stream()
                        .filter(each -> !(each instanceof Choice))
                        .map(Value::word)
                        .filter(word -> !word.equals("value"))
                        .findFirst()
                        .orElse("value");
            default -> "value";
        };
    }

    /** A value as a run of characters. */
    static Text asText(Value value, SourceLocation at) {
        return switch (value) {
            case Text text -> text;
            case Plain plain -> {
                Object known = plain.value();
                String shown = known == null
                        ? "None"
                        : known.equals(true) ? "True" : known.equals(false) ? "False" : known.toString();
                yield Text.of(shown, at);
            }
            default -> gap(word(value), at);
        };
    }

    /** A string that only a run tells. */
    static Text gap(String word, SourceLocation at) {
        String name = word.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        String shown = name.length() > 60 ? name.substring(0, 60) : name;
        return new Text(List.of(new Run("${" + (shown.isEmpty() ? "value" : shown) + "}", at, true)));
    }
}
