package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.GuardedStatements;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.RoutineKind;
import io.tailwater.lineage.sql.tree.ScriptStatement;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.UseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements of scripts and procedures: blocks, branches, loops, variables, calls. */
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
            case DECLARE -> declare(mark);
            case SET -> set(mark);
            case IF -> ifStatement(mark);
            case CASE -> caseStatement(mark);
            case WHILE -> whileLoop(mark);
            case LOOP, REPEAT -> loop(mark);
            case FOR, FOREACH, FORALL -> forLoop(mark);
            case CALL, EXEC, EXECUTE -> call(mark);
            case RETURN -> returnStatement(mark);
            case USE -> use(mark);
            case LET -> let(mark);
            case DO -> anonymous(mark);
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
                || next(CONCURRENT);
    }

    /** A block whose {@code BEGIN} is next. */
    private Statement block(int mark, List<Statement> declarations) {
        expect(BEGIN);
        boolean guarded = acceptAny(TRY, CATCH);
        accept(NOT);
        if (accept(ATOMIC) && at('(') || accept(WITH)) {
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
                && (next(';') || nextKind() == Kind.END)
                && !grammar.statements.atNextStatement()) {
            advance();
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
        return at(END) && !next(IF) && !next(LOOP) && !next(WHILE) && !next(CASE) && !next(FOR)
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
        while (!at(BEGIN) && !at(Kind.END)) {
            if (!accept(';')) {
                int declaration = mark();
                if (accept(LANGUAGE) || at(Kind.STRING)) {
                    skipToEnd();
                    return new ScriptStatement.Block(null, List.of(), List.of(), List.of(), rangeFrom(mark));
                }
                declarations.add(declaration(declaration));
            }
        }
        return at(BEGIN)
                ? block(mark, List.copyOf(declarations))
                : new ScriptStatement.Block(null, List.copyOf(declarations), List.of(), List.of(), rangeFrom(mark));
    }

    /** One declaration of a DECLARE section, up to its semicolon; those without meaning here are passed over. */
    private Statement declaration(int mark) {
        if (at(CURSOR) && next(Kind.WORD) || next(CURSOR)) {
            return cursorDeclaration(mark);
        }
        if (!Names.isNameStart(cursor.kind(0)) || atAny(PROCEDURE, FUNCTION, TYPE, PRAGMA, SUBTYPE)) {
            skipToEnd();
            return grammar.skips.skipped(mark, "declaration");
        }
        List<Identifier> names = commaSeparated(grammar.names::anyName);
        accept(CONSTANT);
        DataType type = at(Kind.WORD) && !at(DEFAULT) ? grammar.types.type() : null;
        skipUntil(() -> at(DEFAULT) || at('=') || at(COLON_EQUALS));
        Expression value = null;
        if (accept(DEFAULT) || accept('=') || accept(COLON_EQUALS)) {
            value = grammar.expressions.expression();
        }
        skipToEnd();
        return new ScriptStatement.Declare(names, type, value, null, List.of(), rangeFrom(mark));
    }

    private Statement cursorDeclaration(int mark) {
        accept(CURSOR);
        Identifier name = grammar.names.anyName();
        skipUntil(() -> at(FOR) || at(IS));
        if (!acceptAny(FOR, IS) || !grammar.queries.startsBehindParentheses(0)) {
            skipToEnd();
            return grammar.skips.skipped(mark, "declare cursor");
        }
        Query query = grammar.queries.query();
        return new ScriptStatement.Declare(List.of(name), null, null, query, List.of(), rangeFrom(mark));
    }

    private Statement declare(int mark) {
        advance();
        if (opensBlock()) {
            cursor.index = mark;
            return routineBlock();
        }
        if (acceptAny(CONTINUE, EXIT, UNDO) && at(HANDLER)) {
            skipUntil(() -> StatementStart.isStatement(cursor.keyword(0)));
            return atEnd() ? grammar.skips.skipped(mark, "declare handler") : grammar.statements.statement();
        }
        if (cursorFollows()) {
            return cursorDeclaration(mark);
        }
        if (at(TEMPORARY) || at(GLOBAL)) {
            skipUntil(() -> at(TABLE));
            expect(TABLE);
            return grammar.createTables.table(
                    mark,
                    new java.util.HashSet<>(java.util.Set.of(io.tailwater.lineage.sql.tree.CreateOption.TEMPORARY)));
        }
        accept(OR);
        accept(REPLACE);
        acceptAny(VARIABLE);
        return variables(mark);
    }

    private boolean cursorFollows() {
        int ahead = 1;
        while (ahead < 5) {
            if (cursor.at(ahead, CURSOR)) {
                return true;
            }
            ahead++;
        }
        return false;
    }

    /** Whether this DECLARE section ends in a BEGIN of the same statement list, as in PL/SQL and Snowflake. */
    private boolean opensBlock() {
        if (has(Feature.OPTIONAL_SEMICOLONS)) {
            return false;
        }
        int token = cursor.index;
        while (token < cursor.tokens.count()) {
            if (cursor.tokens.is(token, ';')) {
                if (cursor.tokens.is(token + 1, BEGIN)) {
                    return true;
                }
                if (StatementStart.isStatement(cursor.tokens.keyword(token + 1))) {
                    return false;
                }
            }
            token++;
        }
        return false;
    }

    private Statement variables(int mark) {
        List<Identifier> names = new ArrayList<>();
        DataType type = null;
        Expression value = null;
        List<ColumnDefinition> columns = List.of();
        do {
            names.add(grammar.names.anyName());
            if (at(',')) {
                continue;
            }
            accept(AS);
            if (at(TABLE)) {
                advance();
                columns = parenthesised(this::tableElement);
            } else if (!at(DEFAULT) && !at('=')) {
                type = grammar.types.type();
            }
            if (accept('=') || accept(DEFAULT) || accept(COLON_EQUALS)) {
                value = grammar.expressions.expression();
            }
        } while (accept(','));
        return new ScriptStatement.Declare(List.copyOf(names), type, value, null, columns, rangeFrom(mark));
    }

    private ColumnDefinition tableElement() {
        if (!grammar.definitions.atConstraint()) {
            return grammar.definitions.column();
        }
        int mark = mark();
        grammar.definitions.constraint();
        Identifier none = new Identifier("", io.tailwater.lineage.sql.tree.QuoteStyle.NONE, rangeFrom(mark));
        return new ColumnDefinition(none, null, null, null, List.of(), rangeFrom(mark));
    }

    private Statement set(int mark) {
        advance();
        if (at(SCHEMA) || at(SEARCH_PATH) || at(CURRENT) && next(SCHEMA) || at(CATALOG) || at(DATABASE)) {
            Statement path = path(mark);
            if (path != null) {
                return path;
            }
        }
        if (!isAssignment()) {
            return grammar.skips.rest(mark, "set");
        }
        acceptAny(VAR, VARIABLE, LOCAL, SESSION);
        List<Identifier> names = at('(') ? grammar.names.list() : List.of(variable());
        if (!accept('=') && !accept(COLON_EQUALS)) {
            advance();
        }
        if (!startsValue()) {
            return grammar.skips.rest(mark, "set");
        }
        Expression value = grammar.expressions.expression();
        if (at(',')) {
            return grammar.skips.rest(mark, "set");
        }
        return new ScriptStatement.SetVariable(names, value, rangeFrom(mark));
    }

    private boolean startsValue() {
        return at('(')
                || at(Kind.STRING)
                || at(Kind.NUMBER)
                || at(Kind.VARIABLE)
                || at(Kind.WORD) && !atAny(ON, OFF)
                || at('-')
                || at('[');
    }

    private Identifier variable() {
        Identifier name = grammar.names.anyName();
        while (at('.') && Names.isNameStart(nextKind())) {
            advance();
            name = grammar.names.anyName();
        }
        return name;
    }

    private boolean isAssignment() {
        int ahead = at(Kind.WORD) && (at(VAR) || at(VARIABLE) || at(LOCAL) || at(SESSION)) ? 1 : 0;
        if (cursor.at(ahead, '(')) {
            return true;
        }
        boolean variable = cursor.kind(ahead) == Kind.VARIABLE
                || cursor.kind(ahead) == Kind.WORD
                || cursor.kind(ahead) == Kind.QUOTED;
        while (cursor.at(ahead + 1, '.') && Names.isNameStart(cursor.kind(ahead + 2))) {
            ahead += 2;
        }
        boolean plain = cursor.at(ahead + 1, '=')
                || cursor.at(ahead + 1, COLON_EQUALS)
                || cursor.at(ahead + 1, Symbols.code("+="));
        return variable && plain;
    }

    /** {@code SET search_path = a, b}, {@code SET SCHEMA x}. */
    private @Nullable Statement path(int mark) {
        UseKind kind = at(CATALOG) || at(DATABASE) ? UseKind.DATABASE : UseKind.SCHEMA;
        accept(CURRENT);
        advance();
        if (!accept('=')) {
            accept(TO);
        }
        if (!Names.isNameStart(cursor.kind(0))) {
            return null;
        }
        QualifiedName name = grammar.names.table();
        skipToEnd();
        return new ScriptStatement.Use(kind, name, rangeFrom(mark));
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

    private Statement forLoop(int mark) {
        advance();
        Identifier variable = grammar.names.anyName();
        accept(SLICE);
        expect(IN);
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

    private Statement call(int mark) {
        boolean call = at(CALL);
        advance();
        if (accept(IMMEDIATE) || at('(') || at(Kind.STRING)) {
            return dynamic(mark);
        }
        if (at(Kind.VARIABLE) && next('=')) {
            advance();
            advance();
        }
        if (!grammar.names.atName()) {
            return grammar.skips.rest(mark, "execute");
        }
        QualifiedName name = grammar.names.table();
        if (name.parts().get(name.parts().size() - 1).text().equalsIgnoreCase("sp_executesql")) {
            return dynamic(mark);
        }
        List<Expression> arguments = List.of();
        if (at('(')) {
            arguments = grammar.calls.call(mark, name).arguments();
        } else if (!call && !atEnd() && !grammar.statements.atNextStatement()) {
            arguments = has(Feature.OPTIONAL_SEMICOLONS) ? commaSeparated(this::procedureArgument) : List.of();
        }
        boolean passed = !has(Feature.OPTIONAL_SEMICOLONS) || at(WITH) || at(AT);
        if (passed) {
            skipToEnd();
        }
        return new ScriptStatement.Call(name, arguments, rangeFrom(mark));
    }

    private Expression procedureArgument() {
        if (at(Kind.VARIABLE) && next('=')) {
            int mark = mark();
            Identifier name = grammar.names.anyName();
            expect('=');
            Expression value = procedureArgument();
            return new Expression.NamedArgument(name, value, rangeFrom(mark));
        }
        Expression value = grammar.expressions.expression();
        acceptAny(OUTPUT, OUT);
        return value;
    }

    /** Dynamic SQL that is one constant string is read as the block it is. */
    private @Nullable Statement constant(int mark) {
        boolean parenthesised = at('(') && nextKind() == Kind.STRING && cursor.at(2, ')');
        boolean alone = at(Kind.STRING) && (next(';') || nextKind() == Kind.END);
        int string = parenthesised ? mark() + 1 : mark();
        Optional<List<Statement>> statements =
                alone || parenthesised ? grammar.embedded.statements(string) : Optional.empty();
        if (statements.isEmpty()) {
            return null;
        }
        cursor.index = parenthesised ? string + 2 : string + 1;
        return new ScriptStatement.Block(null, List.of(), statements.get(), List.of(), rangeFrom(mark));
    }

    private Statement dynamic(int mark) {
        Statement constant = constant(mark);
        if (constant != null) {
            return constant;
        }
        Expression statement = grammar.expressions.expression();
        List<Expression> using = new ArrayList<>();
        while (!atEnd() && !grammar.statements.atNextStatement()) {
            if (accept(INTO) || accept(USING) || accept(',') || acceptAny(OUTPUT, OUT)) {
                continue;
            }
            if (at(AS) || at(AT)) {
                grammar.skips.rest(mark, "execute");
                break;
            }
            using.add(grammar.selectItems.item().value());
        }
        return new ScriptStatement.ExecuteDynamic(statement, List.copyOf(using), rangeFrom(mark));
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

    private Statement use(int mark) {
        advance();
        UseKind kind = UseKind.DEFAULT;
        if (Names.isNameStart(nextKind()) || nextKind() == Kind.STRING) {
            kind = useKind();
        }
        if (!Names.isNameStart(cursor.kind(0))) {
            return grammar.skips.rest(mark, "use");
        }
        QualifiedName name = grammar.names.table();
        if (!has(Feature.OPTIONAL_SEMICOLONS)) {
            skipToEnd();
        }
        return new ScriptStatement.Use(kind, name, rangeFrom(mark));
    }

    private UseKind useKind() {
        if (acceptAny(DATABASE, CATALOG)) {
            return UseKind.DATABASE;
        }
        if (accept(SCHEMA)) {
            return UseKind.SCHEMA;
        }
        if (acceptAny(WAREHOUSE, ROLE, SECONDARY, COMPUTE)) {
            acceptAny(ROLES, GROUP);
            return UseKind.OTHER;
        }
        return UseKind.DEFAULT;
    }

    /** Postgres' {@code DO $$ … $$}. */
    private @Nullable Statement anonymous(int mark) {
        int string = mark + 1;
        if (nextKind() != Kind.STRING) {
            return null;
        }
        skipToEnd();
        Optional<List<Statement>> body = grammar.embedded.statements(string);
        String opaque = body.isPresent() ? null : grammar.literals.contentOf(string);
        QualifiedName none = new QualifiedName(List.of(), rangeFrom(mark));
        return new Ddl.CreateRoutine(
                RoutineKind.BLOCK,
                none,
                List.of(),
                null,
                List.of(),
                body.orElse(List.of()),
                null,
                opaque,
                rangeFrom(mark));
    }

    private Statement let(int mark) {
        advance();
        if (cursorFollows()) {
            return cursorDeclaration(mark);
        }
        Identifier name = grammar.names.anyName();
        if (at(Kind.WORD) && !at(DEFAULT)) {
            grammar.types.type();
        }
        if (!accept(COLON_EQUALS) && !accept('=')) {
            expect(DEFAULT);
        }
        return new ScriptStatement.SetVariable(List.of(name), assigned(), rangeFrom(mark));
    }

    private Expression assigned() {
        int mark = mark();
        return grammar.queries.atStart()
                ? new Expression.Subquery(grammar.queries.query(), rangeFrom(mark))
                : grammar.expressions.expression();
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
            Identifier name = variable();
            expect(COLON_EQUALS);
            return new ScriptStatement.SetVariable(List.of(name), assigned(), rangeFrom(mark));
        }
        boolean procedure = grammar.names.atName() && (next('(') || next(';') || next('.'));
        if (procedure && cursor.depth() > 1) {
            QualifiedName name = grammar.names.table();
            List<Expression> arguments =
                    at('(') ? grammar.calls.call(mark, name).arguments() : List.of();
            return new ScriptStatement.Call(name, arguments, rangeFrom(mark));
        }
        throw error("a statement");
    }

    private boolean isMemberAssignment() {
        int ahead = 0;
        while (cursor.at(ahead + 1, '.') && Names.isNameStart(cursor.kind(ahead + 2))) {
            ahead += 2;
        }
        return cursor.at(ahead + 1, COLON_EQUALS);
    }
}
