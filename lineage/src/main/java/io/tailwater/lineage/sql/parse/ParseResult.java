package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.tree.Statement;
import java.util.List;

/**
 * What a text was found to say.
 *
 * @param statements in text order; a statement that could not be parsed is among them as {@link Statement.Unparsed}
 * @param recoveries where something was skipped, in text order; empty when every token was understood
 */
public record ParseResult(List<Statement> statements, List<Recovery> recoveries) {}
