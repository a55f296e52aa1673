package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.tree.UnparsedClause;

/** Skips a clause that could not be understood, up to the next word that starts a clause at the same depth. */
final class ClauseRecovery {

    private ClauseRecovery() {}

    /** Moves {@code part}'s cursor behind the clause that starts at {@code mark}, and tells what was lost. */
    static UnparsedClause skip(GrammarPart part, int mark, SyntaxError problem) {
        part.cursor.index = mark;
        if (!part.at(')') && !part.atEnd()) {
            part.advance();
        }
        part.skipUntil(() -> atClause(part));
        part.cursor.recovered(mark, problem.reason());
        return new UnparsedClause(problem.reason(), part.rangeFrom(mark));
    }

    /** Whether a word stands here that can only start a clause. */
    static boolean atClause(GrammarPart part) {
        return part.atAny(FROM, WHERE, HAVING, QUALIFY, LIMIT, UNION, INTERSECT, EXCEPT, WINDOW)
                || part.at(GROUP, BY)
                || part.at(ORDER, BY)
                || part.at(CONNECT, BY);
    }
}
