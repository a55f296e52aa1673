package io.tailwater.lineage.sql.catalog;

import io.tailwater.lineage.sql.result.TableRef;
import org.jspecify.annotations.Nullable;

/** What is known about tables from outside the analysed text. Implementations answer the same question always the same. */
public interface Catalog {

    /** A catalog that knows nothing. */
    Catalog EMPTY = new Catalog() {
        @Override
        public @Nullable TableColumns columns(TableRef table) {
            return null;
        }

        @Override
        public @Nullable String viewSql(TableRef table) {
            return null;
        }
    };

    /** The columns of a table, or null when nothing is known; never a guess. */
    @Nullable
    TableColumns columns(TableRef table);

    /**
     * Whether it is proven that a table has a column, although {@link #columns} may not list it: another query reads it from this table by name.
     * Decides between tables that may all have the column; of these only one can, or the query would be refused.
     */
    default boolean proves(TableRef table, String column) {
        return false;
    }

    /** The query that defines a view and through which its columns are to be followed; null when the name is no such view. */
    @Nullable
    String viewSql(TableRef table);

    /**
     * The type that a function returns, in the dialect's words, when its definition tells the fields of a structure; null when nothing is known. Types of fields
     * that are not known are {@code any}.
     */
    default @Nullable String returnType(TableRef function) {
        return null;
    }

    /**
     * The name under which a table is compared with tables of another catalog; itself unless the catalog knows that the
     * same relation goes by several names.
     */
    default TableRef comparedAs(TableRef table) {
        return table;
    }
}
