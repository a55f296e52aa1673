package io.tailwater.lineage.sql.result;

import java.util.List;

/**
 * A table, view or file by its normalised name, outermost part first ({@code database, schema, table}).
 *
 * <p>Parts are folded the way the dialect compares names: two references are equal exactly when the database would find the same object, as far as the
 * qualification goes. Case-insensitive names are written in lower case, also where the dialect itself folds upwards.
 *
 * @param parts one to four non-empty parts; a file or stage has the single part {@code path:…}
 */
public record TableRef(List<String> parts) implements Comparable<TableRef> {

    private static final String PATH = "path:";

    public TableRef {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a table needs a name");
        }
    }

    /** A reference from its already normalised parts. */
    public static TableRef of(String... parts) {
        return new TableRef(List.of(parts));
    }

    /** A file, folder or stage that is read or written like a table. */
    public static TableRef path(String location) {
        return new TableRef(List.of(PATH + location));
    }

    /** Whether this is a file, folder or stage. */
    public boolean isPath() {
        return parts.size() == 1 && parts.getFirst().startsWith(PATH);
    }

    /** The last part: the table's own name. */
    public String name() {
        return parts.getLast();
    }

    /** The parts joined by dots. Parts that contain dots themselves are not quoted, so this is for people. */
    public String qualifiedName() {
        return String.join(".", parts);
    }

    /** Whether one of the two names is a tail of the other: {@code orders} and {@code shop.orders}. */
    public boolean mayBeSameAs(TableRef other) {
        int shared = Math.min(parts.size(), other.parts.size());
        return parts.subList(parts.size() - shared, parts.size())
                .equals(other.parts.subList(other.parts.size() - shared, other.parts.size()));
    }

    @Override
    public int compareTo(TableRef other) {
        return qualifiedName().compareTo(other.qualifiedName());
    }

    @Override
    public String toString() {
        return qualifiedName();
    }
}
