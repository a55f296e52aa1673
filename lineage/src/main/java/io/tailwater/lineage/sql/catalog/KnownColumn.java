package io.tailwater.lineage.sql.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A column known from outside the text.
 *
 * @param name as the source writes it; it is folded like an unquoted name
 * @param type in the dialect's words, or null
 */
public record KnownColumn(String name, @Nullable String type) {

    /** A column of unknown type. */
    public static KnownColumn named(String name) {
        return new KnownColumn(name, null);
    }
}
