package io.tailwater.lineage.sql.canonical;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An expression without its spelling: names are resolved to instances of relations, aliases and CTEs are gone. It becomes text only when a {@link Naming} has
 * named the instances, since only then the operands of commutative operators can be put in an order that does not depend on the text.
 */
public sealed interface Canon {

    /** A word that is its own canonical form. */
    record Text(String text) implements Canon {}

    /** A column of a relation that the query reads. What it is called inside a subquery is worked out when it is asked for. */
    final class Column implements Canon {
        private final Instance instance;
        private final Supplier<String> later;
        private @Nullable String name;

        /** A column by its name. */
        public Column(Instance instance, String name) {
            this.instance = instance;
            this.later = () -> name;
            this.name = name;
        }

        /** A column whose name is costly to tell. */
        public Column(Instance instance, Supplier<String> name) {
            this.instance = instance;
            this.later = name;
        }

        /** The reading it is a column of. */
        public Instance instance() {
            return instance;
        }

        /** Its name in that relation. */
        public String name() {
            if (name == null) {
                name = later.get();
            }
            return name;
        }

        /** The same column of another reading of the same relation. */
        Column of(Instance other) {
            return new Column(other, this::name);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Column column && instance == column.instance && name().equals(column.name());
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(instance) * 31 + name().hashCode();
        }
    }

    /** An infix operator; {@code commutative} when the order of operands does not matter. */
    record Operation(String symbol, boolean commutative, List<Canon> operands) implements Canon {}

    /** Anything that is written as a word with arguments. */
    record Call(String name, List<Canon> arguments) implements Canon {}

    /** A query in value position. */
    record Nested(QueryForm form) implements Canon {}

    /** A word. */
    static Canon text(String text) {
        return new Text(text);
    }

    /** A word with arguments. */
    static Canon call(String name, Canon... arguments) {
        return new Call(name, List.of(arguments));
    }
}
