package io.tailwater.lineage.python;

import java.util.List;

/**
 * A text as a tree.
 *
 * @param statements statements in order; what could not be read is {@link Statement.Unparsed}
 * @param problems everything that could not be read, inside of other statements, too
 */
public record PythonModule(List<Statement> statements, List<Problem> problems) {
    public PythonModule {
        statements = List.copyOf(statements);
        problems = List.copyOf(problems);
    }
}
