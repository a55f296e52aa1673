package io.tailwater.lineage.sql.result;

import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.List;

/**
 * Something whose lineage could not be established.
 *
 * @param what the name or text in question
 * @param reason why not
 * @param detail the reason in words for people
 * @param candidates relations the column may come from, where that is the question; else empty
 * @param range where it stands
 */
public record Unresolved(String what, Reason reason, String detail, List<String> candidates, SourceRange range) {

    /** Kinds of not knowing. */
    public enum Reason {
        /** A column that more than one relation could supply. */
        AMBIGUOUS_COLUMN,
        /** A column that no relation in scope has. */
        UNKNOWN_COLUMN,
        /** A qualifier that names no relation in scope. */
        UNKNOWN_RELATION,
        /** A star over a table whose columns are not known; the statement then has a {@link PassThrough}. */
        UNKNOWN_COLUMNS,
        /** A table that is only known at run time. */
        DYNAMIC_SQL,
        /** Text the parser had to skip. */
        NOT_PARSED,
        /** A limit on size, depth or time was hit. */
        LIMIT,
        /** A construct whose columns cannot be told from the text. */
        UNSUPPORTED
    }

    public Unresolved {
        candidates = List.copyOf(candidates);
    }
}
