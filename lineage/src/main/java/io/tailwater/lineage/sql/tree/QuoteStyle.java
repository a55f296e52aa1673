package io.tailwater.lineage.sql.tree;

/** How a name was quoted. */
public enum QuoteStyle {
    /** not quoted. */
    NONE,
    /** "name". */
    DOUBLE,
    /** `name`. */
    BACKTICK,
    /** [name]. */
    BRACKET,
    /** 'name', where a string is taken as a name. */
    SINGLE,
    /** a placeholder of a template language, standing for a name. */
    TEMPLATE
}
