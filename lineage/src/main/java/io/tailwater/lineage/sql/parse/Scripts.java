package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.GuardedStatements;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.ScriptStatement;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements of scripts and procedures: blocks, branches, loops, and which other statements are those of scripts. */
final class Scripts extends GrammarPart {

    private static final int COLON_EQUALS = Symbols.code(":=");
    private static final int LABEL_START = Symbols.code("<<");
    private static final int LABEL_END = Symbols.code(">>");

    Scripts(Grammar grammar) {
        super(grammar);
    }

    /** The script statement that {@code keyword} starts here, or null. */
    @Nullable
    Statement statement(int mark, Keyword keyword) {
        return switch (keyword) {
            case BEGIN -> begin(mark);
            case DECLARE -> grammar.variables.declare(mark);
            case SET -> grammar.variables.set(mark);
            case IF -> ifStatement(mark);
            case CASE -> caseStatement(mark);
            case WHILE -> whileLoop(mark);
            case LOOP, REPEAT -> loop(mark);
            case FORALL -> forAll(mark);
            case FOR, FOREACH -> forLoop(mark);
            case CALL, EXEC, EXECUTE -> grammar.invocations.call(mark);
            case RETURN -> returnStatement(mark);
            case USE -> grammar.invocations.use(mark);
            case LET -> grammar.variables.let(mark);
            case DO -> grammar.invocations.anonymous(mark);
            default -> null;
        };
    }

    /** Statements up to where {@code stop} says. */
    private List<Statement> until(Statements.Stop stop) {
        List<Statement> statements = new ArrayList<>();
        while (!at(Kind.END) && !stop.here()) {
            if (!accept(';')) {
                int before = mark();
                statements.add(grammar.statements.statementOrUnparsed(stop));
                if (before == mark()) {
                    break;
                }
            }
        }
        return List.copyOf(statements);
    }

    /** All statements to the end of the text: the body of a T-SQL procedure without BEGIN. */
    List<Statement> toEnd() {
        return until(() -> at(END));
    }

    private Statement begin(int mark) {
        if (atTransaction()) {
            advance();
            return grammar.skips.rest(mark, "begin");
        }
        return block(mark, List.of());
    }

    private boolean atTransaction() {
        return next(';')
                || nextKind() == Kind.END
                || next(TRANSACTION)
                || next(TRAN)
                || next(WORK)
                || next(ISOLATION)
                || next(READ)
                || next(DEFERRED)
                || next(IMMEDIATE)
                || next(EXCLUSIVE)
                || next(DISTRIBUTED)
                || next(NAME)
                || next(CONCURRENT);
    }

    /** A block whose {@code BEGIN} is next. */
    private Statement block(int mark, List<Statement> declarations) {
        expect(BEGIN);
        boolean guarded = acceptAny(TRY, CATCH);
        accept(NOT);
        accept(ATOMIC);
        if (at(WITH) && next('(') && accept(WITH)) {
            skipParenthesised();
        }
        List<Statement> statements = until(this::atBlockEnd);
        List<Statement> handlers = accept(EXCEPTION) ? handlers() : List.of();
        end(mark);
        boolean tried = guarded && acceptAny(TRY, CATCH);
        if (tried && at(BEGIN) && next(CATCH)) {
            handlers = List.of(block(mark(), List.of()));
        }
        if (!guarded
                && grammar.names.atName()
                && (next(';') || nextKind() == Kind.END || next('.') && has(Feature.PL_SQL))
                && !grammar.statements.atNextStatement()) {
            grammar.names.table();
        }
        return new ScriptStatement.Block(null, declarations, statements, handlers, rangeFrom(mark));
    }

    /** The END of what started at {@code mark}. Where it is missing, what was read counts all the same. */
    private void end(int mark) {
        if (!accept(END)) {
            cursor.recovered(mark, error("END").reason());
        }
    }

    private boolean atBlockEnd() {
        return at(END) && has(Feature.OPTIONAL_SEMICOLONS)
                || at(END) && !next(IF) && !next(LOOP) && !next(WHILE) && !next(CASE) && !next(FOR)
                || at(EXCEPTION) && (next(WHEN) || next(Kind.END));
    }

    private boolean next(Kind kind) {
        return nextKind() == kind;
    }

    private List<Statement> handlers() {
        List<Statement> statements = new ArrayList<>();
        while (accept(WHEN)) {
            skipUntil(() -> at(THEN));
            expect(THEN);
            statements.addAll(until(() -> at(WHEN) || atBlockEnd()));
        }
        return List.copyOf(statements);
    }

    /** The body of a routine: declarations, then a block. */
    Statement routineBlock() {
        int mark = mark();
        accept(DECLARE);
        List<Statement> declarations = new ArrayList<>();
        while (!at(BEGIN) && !at(Kind.END) && !at(END)) {
            if (!accept(';')) {
                int declaration = mark();
                if (accept(LANGUAGE) || at(Kind.STRING)) {
                    skipToEnd();
                    return new ScriptStatement.Block(null, List.of(), List.of(), List.of(), rangeFrom(mark));
                }
                declarations.add(grammar.variables.declaration(declaration));
            }
        }
        return at(BEGIN)
                ? block(mark, List.copyOf(declarations))
                : new ScriptStatement.Block(null, List.copyOf(declarations), List.of(), List.of(), rangeFrom(mark));
    }

    private Statement ifStatement(int mark) {
        List<GuardedStatements> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        int branch = mark;
        advance();
        Expression condition = grammar.expressions.expression();
        if (!at(THEN)) {
            return tsqlIf(mark, condition);
        }
        expect(THEN);
        branches.add(guarded(branch, condition));
        while (atAny(ELSEIF, ELSIF)) {
            branch = mark();
            advance();
            condition = grammar.expressions.expression();
            expect(THEN);
            branches.add(guarded(branch, condition));
        }
        if (accept(ELSE)) {
            otherwise = until(() -> at(END));
        }
        end(mark);
        accept(IF);
        return new ScriptStatement.If(List.copyOf(branches), otherwise, rangeFrom(mark));
    }

    private GuardedStatements guarded(int mark, Expression condition) {
        List<Statement> statements = until(() -> atAny(ELSEIF, ELSIF, ELSE, WHEN) || at(END));
        return new GuardedStatements(condition, statements, rangeFrom(mark));
    }

    private Statement tsqlIf(int mark, Expression condition) {
        List<Statement> then = List.of(grammar.statements.statementOrUnparsed(() -> at(ELSE) || at(END)));
        GuardedStatements branch = new GuardedStatements(condition, then, rangeFrom(mark));
        if (at(';') && next(ELSE)) {
            advance();
        }
        List<Statement> otherwise =
                accept(ELSE) ? List.of(grammar.statements.statementOrUnparsed(() -> at(END))) : List.of();
        return new ScriptStatement.If(List.of(branch), otherwise, rangeFrom(mark));
    }

    private Statement caseStatement(int mark) {
        advance();
        Expression operand = at(WHEN) ? null : grammar.expressions.expression();
        List<GuardedStatements> branches = new ArrayList<>();
        while (at(WHEN)) {
            int branch = mark();
            advance();
            Expression condition = grammar.expressions.expression();
            expect(THEN);
            branches.add(guarded(branch, operand == null ? condition : operand));
        }
        List<Statement> otherwise = accept(ELSE) ? until(() -> at(END)) : List.of();
        end(mark);
        accept(CASE);
        return new ScriptStatement.If(List.copyOf(branches), otherwise, rangeFrom(mark));
    }

    private Statement whileLoop(int mark) {
        advance();
        Expression condition = grammar.expressions.expression();
        if (acceptAny(DO, LOOP)) {
            List<Statement> statements = until(() -> at(END));
            endLoop(mark);
            return new ScriptStatement.Loop(condition, null, null, statements, rangeFrom(mark));
        }
        List<Statement> body = List.of(grammar.statements.statementOrUnparsed(() -> at(END)));
        return new ScriptStatement.Loop(condition, null, null, body, rangeFrom(mark));
    }

    private void endLoop(int mark) {
        end(mark);
        acceptAny(LOOP, WHILE, FOR, REPEAT);
        if (grammar.names.atName() && (next(';') || nextKind() == Kind.END)) {
            advance();
        }
    }

    private Statement loop(int mark) {
        boolean repeat = at(REPEAT);
        advance();
        List<Statement> statements = until(() -> at(END) || repeat && at(UNTIL));
        Expression condition = accept(UNTIL) ? grammar.expressions.expression() : null;
        endLoop(mark);
        return new ScriptStatement.Loop(condition, null, null, statements, rangeFrom(mark));
    }

    /** {@code FORALL i IN range statement}: the one statement is run for all at once. */
    private Statement forAll(int mark) {
        advance();
        Identifier variable = grammar.names.anyName();
        expect(IN);
        skipUntil(() -> StatementStart.isStatement(cursor.keyword(0)));
        List<Statement> statements = atEnd() ? List.of() : List.of(grammar.statements.statement());
        return new ScriptStatement.Loop(null, null, variable, statements, rangeFrom(mark));
    }

    private Statement forLoop(int mark) {
        advance();
        Identifier variable = grammar.names.anyName();
        accept(SLICE);
        if (!accept(COLON_EQUALS)) {
            expect(IN);
        }
        accept(REVERSE);
        Query query = null;
        if (grammar.queries.startsBehindParentheses(0)) {
            query = grammar.queries.query();
        }
        skipUntil(() -> atAny(LOOP, DO));
        acceptAny(LOOP, DO);
        List<Statement> statements = until(() -> at(END));
        endLoop(mark);
        return new ScriptStatement.Loop(null, query, variable, statements, rangeFrom(mark));
    }

    private Statement returnStatement(int mark) {
        advance();
        if (atEnd() || grammar.statements.atNextStatement() && !grammar.queries.atStart() || at(END)) {
            return new ScriptStatement.Return(null, rangeFrom(mark));
        }
        int value = mark();
        if (acceptAny(QUERY, NEXT)) {
            value = mark();
        }
        if (at(EXECUTE)) {
            return grammar.skips.rest(mark, "return");
        }
        if (atEnd()) {
            return new ScriptStatement.Return(null, rangeFrom(mark));
        }
        boolean query = grammar.queries.atStart();
        Expression result = query
                ? new Expression.Subquery(grammar.queries.query(), rangeFrom(value))
                : grammar.expressions.expression();
        return new ScriptStatement.Return(result, rangeFrom(mark));
    }

    /** Statements that start with no keyword of a statement: assignments, labels, calls, placeholders. */
    Statement withoutKeyword(int mark) {
        if (accept(LABEL_START)) {
            grammar.names.anyName();
            expect(LABEL_END);
            return atEnd() || at(END) ? grammar.skips.skipped(mark, "label") : grammar.statements.statement();
        }
        if (at(Kind.TEMPLATE)) {
            advance();
            return grammar.skips.rest(mark, "template");
        }
        if (next(':') && at(Kind.WORD)) {
            advance();
            advance();
            return atEnd() || grammar.statements.atNextStatement()
                    ? grammar.skips.skipped(mark, "label")
                    : grammar.statements.statement();
        }
        if (Names.isNameStart(cursor.kind(0)) && (next(COLON_EQUALS) || isMemberAssignment())) {
            Identifier name = grammar.variables.variable();
            expect(COLON_EQUALS);
            return new ScriptStatement.SetVariable(List.of(name), grammar.variables.assigned(), rangeFrom(mark));
        }
        if (has(Feature.PL_SQL) && atAny(FUNCTION, PROCEDURE) && Names.isNameStart(nextKind())) {
            return grammar.variables.subprogram(mark);
        }
        if (has(Feature.OPTIONAL_SEMICOLONS) && grammar.names.atName() && argumentFollowsName()) {
            QualifiedName called = grammar.names.table();
            return new ScriptStatement.Call(
                    called, commaSeparated(grammar.invocations::procedureArgument), rangeFrom(mark));
        }
        boolean procedure = !isElementAssignment() && grammar.names.atName() && (next('(') || next(';') || next('.'));
        if (procedure && cursor.depth() > 1) {
            QualifiedName name = grammar.names.table();
            List<Expression> arguments =
                    at('(') ? grammar.calls.call(mark, name).arguments() : List.of();
            return new ScriptStatement.Call(name, arguments, rangeFrom(mark));
        }
        if (isElementAssignment()) {
            skipUntil(() -> at(COLON_EQUALS));
            expect(COLON_EQUALS);
            grammar.variables.assigned();
            return grammar.skips.skipped(mark, "assignment");
        }
        throw error("a statement");
    }

    /** Whether a name, of one part or more, stands before a variable or a string: T-SQL's call without EXECUTE. */
    private boolean argumentFollowsName() {
        int ahead = 1;
        while (cursor.at(ahead, '.') && Names.isNameStart(cursor.kind(ahead + 1))) {
            ahead += 2;
        }
        return cursor.kind(ahead) == Kind.VARIABLE || cursor.kind(ahead) == Kind.STRING;
    }

    /** PL/SQL's {@code list(i) := …}, {@code list(i).field := …} and {@code :new.field := …}: what is assigned to is no table. */
    private boolean isElementAssignment() {
        if (!at(':')
                && !(Names.isNameStart(cursor.kind(0)) && next('('))
                && nextKind() != Kind.VARIABLE
                && cursor.kind(0) != Kind.VARIABLE) {
            return false;
        }
        for (int token = cursor.index; token < cursor.tokens.count() && !cursor.tokens.is(token, ';'); token++) {
            if (cursor.tokens.is(token, COLON_EQUALS)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMemberAssignment() {
        int ahead = 0;
        while (cursor.at(ahead + 1, '.') && Names.isNameStart(cursor.kind(ahead + 2))) {
            ahead += 2;
        }
        return cursor.at(ahead + 1, COLON_EQUALS);
    }
}
