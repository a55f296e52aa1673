package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.Comparator;
import java.util.List;

/** Parses SQL text of any supported dialect. */
public final class SqlParser {

    private SqlParser() {}

    /**
     * Reads {@code sql}; whatever it holds, the answer is a result, never an exception. Safe to call from any thread.
     *
     * @param sql one statement or a whole script
     * @param dialect whose SQL it is
     * @param limits how much of it to read; a text beyond them comes back as one unparsed statement that says so
     */
    public static ParseResult parse(String sql, Dialect dialect, ParseLimits limits) {
        if (sql.length() > limits.maxLength()) {
            return unparsed(sql, "longer than " + limits.maxLength() + " characters");
        }
        TokenCursor cursor = new TokenCursor(sql, dialect, limits);
        try {
            return parse(cursor);
        } catch (StackOverflowError tooDeep) {
            return unparsed(sql, "nested too deeply for the stack of this thread");
        }
    }

    private static ParseResult unparsed(String sql, String reason) {
        SourceRange all = new SourceRange(0, sql.length());
        return new ParseResult(List.of(new Statement.Unparsed(reason, all)), List.of(new Recovery(all, reason)));
    }

    private static ParseResult parse(TokenCursor cursor) {
        List<Statement> statements = new Grammar(cursor).statements.all();
        cursor.recoveries.sort(Comparator.comparingInt(each -> each.range().start()));
        return new ParseResult(statements, List.copyOf(cursor.recoveries));
    }
}
