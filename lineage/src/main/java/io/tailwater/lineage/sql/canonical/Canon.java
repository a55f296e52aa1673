package io.tailwater.lineage.sql.canonical;

import java.util.List;

/**
 * An expression without its spelling: names are resolved to instances of relations, aliases and CTEs are gone. It becomes text only when a {@link Naming} has
 * named the instances, since only then the operands of commutative operators can be put in an order that does not depend on the text.
 */
public sealed interface Canon {

    /** A word that is its own canonical form. */
    record Text(String text) implements Canon {}

    /** A column of a relation that the query reads. */
    record Column(Instance instance, String name) implements Canon {}

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
