package io.tailwater.lineage.sql.tree;

/** Who fills a parameter in. */
public enum ParameterKind {
    /** ? or $1. */
    POSITIONAL,
    /** :name, @name as a bind parameter. */
    NAMED,
    /** a variable of the session or script: @v, @@v, $v. */
    VARIABLE,
    /** a placeholder of a template language left in the text. */
    TEMPLATE
}
