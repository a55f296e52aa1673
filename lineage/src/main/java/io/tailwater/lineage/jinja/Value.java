package io.tailwater.lineage.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of a template, with Python's meaning. Lists, dicts, sets and namespaces can be changed by the template that
 * holds them, as in Python.
 */
public sealed interface Value {
    /** Python's {@code None}. */
    enum None implements Value {
        NONE
    }

    /** Python's {@code bool}. */
    enum Bool implements Value {
        FALSE,
        TRUE;

        /** The value for a Java boolean. */
        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    /**
     * A whole number. Python's have no limit; here a result beyond 64 bits is an error.
     *
     * @param value the number
     */
    record Int(long value) implements Value {
        /** The value for a Java number. */
        public static Int of(long value) {
            return new Int(value);
        }
    }

    /**
     * Python's {@code float}.
     *
     * @param value the number
     */
    record Real(double value) implements Value {}

    /** A string that remembers where its characters come from; equal if the characters are. */
    final class Str implements Value {
        private final Text text;

        Str(Text text) {
            this.text = text;
        }

        /** The value for a Java string. */
        public static Str of(String value) {
            return new Str(Text.of(value));
        }

        /** Its characters. */
        public String value() {
            return text.value();
        }

        Text text() {
            return text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Str string && string.value().equals(value());
        }

        @Override
        public int hashCode() {
            return value().hashCode();
        }

        @Override
        public String toString() {
            return value();
        }
    }

    /**
     * Python's {@code list}.
     *
     * @param items the live items
     */
    record Items(List<Value> items) implements Value {
        /** A list with the given items, that can be changed without changing theirs. */
        public static Items of(List<? extends Value> items) {
            return new Items(new ArrayList<>(items));
        }
    }

    /**
     * Python's {@code tuple}.
     *
     * @param items the items
     */
    record Tuple(List<Value> items) implements Value {
        public Tuple {
            items = List.copyOf(items);
        }
    }

    /**
     * Python's {@code dict}, in order of insertion.
     *
     * @param entries the live entries; numbers that are equal in Python are one key, see {@link Operators#key}
     */
    record Dict(Map<Value, Value> entries) implements Value {
        /** An empty dict. */
        public static Dict empty() {
            return new Dict(new LinkedHashMap<>());
        }

        /** A dict with string keys. */
        public static Dict of(Map<String, ? extends Value> entries) {
            Dict dict = empty();
            entries.forEach((key, value) -> dict.entries.put(Str.of(key), value));
            return dict;
        }

        /** The value under a string key; null if there is none. */
        public @Nullable Value get(String key) {
            return entries.get(Str.of(key));
        }
    }

    /**
     * Python's {@code set}; shown in order of insertion.
     *
     * @param items the live items
     */
    record Unique(Set<Value> items) implements Value {
        static Unique of(Iterable<Value> items) {
            Unique set = new Unique(new LinkedHashSet<>());
            items.forEach(item -> set.items.add(Operators.key(item)));
            return set;
        }
    }

    /** Something that can be called. */
    non-sealed interface Function extends Value {
        /** Calls it. */
        Value call(Call call);

        /** The name shown in messages. */
        default String name() {
            return "function";
        }
    }

    /** Something with attributes that Java code answers, such as a relation or a loop. */
    non-sealed interface Host extends Value {
        /** The attribute or item of that name; null if there is none. */
        @Nullable
        Value attribute(String name);

        /** How it is put out. */
        String display();

        /** Whether a condition takes it for true. */
        default boolean truth() {
            return true;
        }
    }

    /**
     * What {@code namespace()} makes: attributes that can be set from inside loops.
     *
     * @param attributes the live attributes
     */
    record Namespace(Map<String, Value> attributes) implements Value {}

    /**
     * A name that nothing defines. Put out as nothing; anything else done with it is an error, as in Jinja.
     *
     * @param name the name as written, for messages
     */
    record Undefined(String name) implements Value {}

    /**
     * A value that only a run against the warehouse would tell. Whatever depends on it is unknown, too.
     *
     * @param reason why, as one clause
     * @param columnsOf what {@link Globals} calls the relation if the value is its columns, or one standing for all of them; else null
     * @param negated whether, as a condition, it holds exactly where the condition it was made of does not
     */
    record Unknown(String reason, @Nullable String columnsOf, boolean negated) implements Value {
        /** A value that was not negated. */
        public Unknown(String reason, @Nullable String columnsOf) {
            this(reason, columnsOf, false);
        }

        /** A value that is not the columns of a relation. */
        public Unknown(String reason) {
            this(reason, null);
        }

        /** Its negation: a template that asks for both takes one branch or the other, never both. */
        public Unknown negation() {
            return new Unknown(reason, columnsOf, !negated);
        }
    }
}
