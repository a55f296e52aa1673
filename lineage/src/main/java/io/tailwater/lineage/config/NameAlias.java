package io.tailwater.lineage.config;

import java.util.List;
import java.util.Locale;

/**
 * A database, or a database and schema, that is another one elsewhere: {@code dev} is {@code prod}.
 *
 * @param from first parts of the names it is about, in lower case
 * @param to the parts that take their place
 */
public record NameAlias(List<String> from, List<String> to) {
    public NameAlias {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** The name with its first parts replaced; the same name if it does not begin like this, or is not longer. */
    public String apply(String qualifiedName) {
        String prefix = String.join(".", from) + ".";
        return qualifiedName.toLowerCase(Locale.ROOT).startsWith(prefix)
                ? String.join(".", to) + "." + qualifiedName.substring(prefix.length())
                : qualifiedName;
    }
}
