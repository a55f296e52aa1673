package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements by their first word, and what happens to those that cannot be parsed. */
final class Statements extends GrammarPart {

    /** How many nested expressions need as much stack as one nested statement. */
    private static final int STACK_LEVELS = 4;

    Statements(Grammar grammar) {
        super(grammar);
    }

    /** All statements up to the end of the text. */
    List<Statement> all() {
        List<Statement> statements = new ArrayList<>();
        while (!at(Tokens.Kind.END)) {
            if (!accept(';')) {
                statements.add(statementOrUnparsed(() -> false));
            }
        }
        return List.copyOf(statements);
    }

    /** Tells where a list of statements inside another one ends. */
    interface Stop {
        boolean here();
    }

    /** One statement; when it cannot be parsed, its text up to the next semicolon or start of a statement. */
    Statement statementOrUnparsed(Stop stop) {
        int mark = mark();
        int depth = cursor.depth();
        int known = cursor.recoveries.size();
        try {
            Statement statement = statement();
            leftover(stop);
            return statement;
        } catch (SyntaxError problem) {
            cursor.resetDepth(depth);
            cursor.forgetRecoveries(known);
            skipUnparsed(mark, stop);
            cursor.recovered(mark, problem.reason());
            return new Statement.Unparsed(problem.reason(), rangeFrom(mark));
        }
    }

    /** Goes on from where the parser stood: going back and trying again would take time without bound where blocks are nested. */
    private void skipUnparsed(int mark, Stop stop) {
        if (cursor.index == mark) {
            advance();
        }
        while (!atEnd() && !atNextStatement() && !stop.here()) {
            advance();
        }
    }

    /** Skips what stands between the end of what was understood and the end of the statement. */
    private void leftover(Stop stop) {
        if (atEnd() || atNextStatement() || stop.here()) {
            return;
        }
        int mark = mark();
        String reason = "expected the end of the statement but found " + cursor.found();
        while (!atEnd() && !atNextStatement() && !stop.here()) {
            advance();
        }
        cursor.recovered(mark, reason);
    }

    /** Whether, in a dialect that needs no semicolons, a new statement starts here. */
    boolean atNextStatement() {
        if (!has(Feature.OPTIONAL_SEMICOLONS)) {
            return false;
        }
        Keyword keyword = cursor.keyword(0);
        if (keyword == WITH) {
            return grammar.queries.startsCommonTables();
        }
        return keyword != null
                && StatementWords.isStart(keyword)
                && !next('.')
                && !next('=')
                && !next(',')
                && !next(')')
                && !isWordOfDefinition(keyword);
    }

    /** Words that start statements, in the middle of a definition: {@code DROP … IF EXISTS x}, {@code SET (option = value)}, {@code AFTER INSERT}. */
    private boolean isWordOfDefinition(Keyword keyword) {
        Keyword previous = cursor.index == 0 ? null : cursor.tokens.keyword(cursor.index - 1);
        return switch (keyword) {
            case IF -> next(EXISTS) && !cursor.at(2, '(');
            case SET -> next('(') && !cursor.at(2, SELECT);
            case INSERT, UPDATE, DELETE -> previous == AFTER || previous == BEFORE || next(POPULATION);
            case MERGE -> next(RANGE);
            case EXEC, EXECUTE -> previous == WITH && (next(AS) || next(RECOMPILE));
            default -> false;
        };
    }

    /** One statement. */
    Statement statement() {
        cursor.enter(STACK_LEVELS);
        Statement statement = byFirstWord();
        cursor.leave(STACK_LEVELS);
        return statement;
    }

    private Statement byFirstWord() {
        int mark = mark();
        if (at('(')) {
            return query(mark);
        }
        Keyword keyword = cursor.keyword(0);
        if (keyword == null) {
            return grammar.scripts.withoutKeyword(mark);
        }
        if (keyword == WITH) {
            return with(mark);
        }
        Statement statement = definitionOrChange(mark, keyword);
        if (statement == null) {
            statement = grammar.scripts.statement(mark, keyword);
        }
        return statement != null ? statement : grammar.skips.statement(mark, keyword);
    }

    private @Nullable Statement definitionOrChange(int mark, Keyword keyword) {
        return switch (keyword) {
            case SELECT, SEL, VALUES -> query(mark);
            case PERFORM -> has(Feature.DOLLAR_QUOTED_STRINGS) ? query(mark) : null;
            case FROM -> grammar.inserts.fromFirst(mark);
            case TABLE -> query(mark);
            case PIVOT, UNPIVOT, SUMMARIZE -> has(Feature.FROM_FIRST) ? query(mark) : null;
            case INSERT, INS -> grammar.inserts.insert(mark, null);
            case REPLACE -> grammar.inserts.replace(mark);
            case UPSERT -> grammar.inserts.insert(mark, null);
            case UPDATE, UPD ->
                next(STATISTICS) ? grammar.skips.rest(mark, "update statistics") : grammar.updates.update(mark, null);
            case DELETE, DEL -> grammar.updates.delete(mark, null);
            case MERGE -> grammar.merges.merge(mark, null);
            case CREATE, CT, CV -> grammar.creates.create(mark);
            case DEFINE -> grammar.creates.create(mark);
            case ALTER -> grammar.alters.alter(mark);
            case DROP -> grammar.alters.drop(mark);
            case TRUNCATE -> grammar.alters.truncate(mark);
            case RENAME -> grammar.alters.rename(mark);
            case EXCHANGE -> grammar.alters.exchange(mark);
            case COPY, UNLOAD, LOAD, EXPORT, PUT -> grammar.copies.statement(mark, keyword);
            case CACHE -> grammar.createViews.cache(mark);
            case EXPLAIN -> grammar.skips.explain(mark);
            case APPLY -> next(CHANGES) ? grammar.inserts.changes(mark) : null;
            case LOCKING, LOCK -> grammar.skips.locking(mark);
            default -> null;
        };
    }

    private Statement query(int mark) {
        return new Statement.QueryStatement(grammar.queries.query(), rangeFrom(mark));
    }

    /** A query or a changing statement with a WITH clause before it. */
    private Statement with(int mark) {
        if (!changesBehindWith()) {
            return query(mark);
        }
        With with = grammar.queries.with();
        Keyword keyword = cursor.keyword(0);
        return switch (keyword) {
            case INSERT -> grammar.inserts.insert(mark, with);
            case UPDATE -> grammar.updates.update(mark, with);
            case DELETE -> grammar.updates.delete(mark, with);
            case MERGE -> grammar.merges.merge(mark, with);
            case null, default -> {
                cursor.index = mark;
                yield query(mark);
            }
        };
    }

    /** Looks for the first word behind the WITH clause, at its depth. */
    private boolean changesBehindWith() {
        int open = 0;
        for (int token = cursor.index + 1; token < cursor.tokens.count(); token++) {
            if (cursor.tokens.is(token, '(')) {
                open++;
            } else if (cursor.tokens.is(token, ')')) {
                open--;
            } else if (open == 0) {
                Keyword keyword = cursor.tokens.keyword(token);
                if (keyword == SELECT || cursor.tokens.is(token, ';') || open < 0) {
                    return false;
                }
                if ((keyword == INSERT || keyword == UPDATE || keyword == DELETE || keyword == MERGE)
                        && cursor.tokens.is(token - 1, ')')) {
                    return true;
                }
            }
        }
        return false;
    }
}
