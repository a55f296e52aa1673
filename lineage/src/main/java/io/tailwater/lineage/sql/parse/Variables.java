package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.CreateOption;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import io.tailwater.lineage.sql.tree.RoutineKind;
import io.tailwater.lineage.sql.tree.ScriptStatement;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.UseKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** DECLARE, SET, LET: variables, table variables, cursors and the session's path. */
final class Variables extends GrammarPart {

    private static final int COLON_EQUALS = Symbols.code(":=");

    Variables(Grammar grammar) {
        super(grammar);
    }

    /** One declaration of a DECLARE section, up to its semicolon; those without meaning here are passed over. */
    Statement declaration(int mark) {
        if (at(CURSOR) && nextKind() == Kind.WORD || next(CURSOR)) {
            return cursorDeclaration(mark);
        }
        if (has(Feature.PL_SQL) && atAny(FUNCTION, PROCEDURE)) {
            return subprogram(mark);
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

    /** A function or procedure declared in a block or a package; without a body where it is only announced. */
    Statement subprogram(int mark) {
        RoutineKind kind = at(FUNCTION) ? RoutineKind.FUNCTION : RoutineKind.PROCEDURE;
        advance();
        cursor.enter();
        Statement routine = grammar.routines.routine(mark, kind);
        cursor.leave();
        return routine;
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

    Statement declare(int mark) {
        advance();
        if (opensBlock()) {
            cursor.index = mark;
            return grammar.scripts.routineBlock();
        }
        if (acceptAny(CONTINUE, EXIT, UNDO) && at(HANDLER)) {
            skipUntil(() -> StatementStart.isStatement(cursor.keyword(0)));
            return atEnd() ? grammar.skips.skipped(mark, "declare handler") : grammar.statements.statement();
        }
        if (cursorFollows()) {
            return cursorDeclaration(mark);
        }
        if (next(CONDITION)) {
            return grammar.skips.rest(mark, "declare condition");
        }
        if (at(TEMPORARY) || at(GLOBAL)) {
            skipUntil(() -> at(TABLE));
            expect(TABLE);
            return grammar.createTables.table(mark, new HashSet<>(Set.of(CreateOption.TEMPORARY)));
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
        if (has(Feature.PL_SQL) && atAny(FUNCTION, PROCEDURE, TYPE)) {
            return true;
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
            if (at(',') || atEnd()) {
                continue;
            }
            accept(AS);
            if (at(TABLE)) {
                advance();
                columns = parenthesised(this::tableElement);
            } else if (!at(DEFAULT) && !at('=') && !at(COLON_EQUALS)) {
                type = grammar.types.type();
            }
            if ((accept('=') || accept(DEFAULT) || accept(COLON_EQUALS)) && !atEnd()) {
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
        Identifier none = new Identifier("", QuoteStyle.NONE, rangeFrom(mark));
        return new ColumnDefinition(none, null, null, null, List.of(), rangeFrom(mark));
    }

    Statement set(int mark) {
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
        if (!startsValue() || at(CURSOR)) {
            return grammar.skips.rest(mark, "set");
        }
        Expression value = grammar.queries.atStart() ? assigned() : grammar.expressions.expression();
        if (at(',') || (has(Feature.HIVE_CLAUSES) || has(Feature.DOT_COMMANDS)) && !atEnd()) {
            // what is set may be text without quotes: SET path = s3a://bucket
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

    Identifier variable() {
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

    Statement let(int mark) {
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

    Expression assigned() {
        int mark = mark();
        return grammar.queries.atStart()
                ? new Expression.Subquery(grammar.queries.query(), rangeFrom(mark))
                : grammar.expressions.expression();
    }
}
