package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.CreateOption;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.RoutineKind;
import io.tailwater.lineage.sql.tree.RoutineParameter;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CREATE FUNCTION, PROCEDURE, MACRO, TASK, PIPE, TRIGGER. */
final class Routines extends GrammarPart {

    Routines(Grammar grammar) {
        super(grammar);
    }

    /** What is known of the routine so far. */
    private static final class Parts {
        @Nullable
        DataType returns;

        List<ColumnDefinition> columns = List.of();
        List<Statement> body = List.of();

        @Nullable
        Expression result;

        int bodyString = -1;

        @Nullable
        String language;
    }

    /** The rest of a definition, behind the word that says its kind. */
    Statement routine(int mark, RoutineKind kind) {
        grammar.creates.ifNotExists(EnumSet.noneOf(CreateOption.class));
        QualifiedName name = grammar.names.table();
        List<RoutineParameter> parameters = at('(') ? parameters() : looseParameters();
        Parts parts = new Parts();
        while (!atEnd() && !at(')')) {
            if (body(parts, kind)) {
                break;
            }
        }
        while (kind == RoutineKind.MACRO && accept(',')) {
            grammar.primaries.elements();
            accept(AS);
            parts.result = grammar.expressions.expression();
        }
        passOptions();
        String opaque = embeddedBody(parts);
        return new Ddl.CreateRoutine(
                kind,
                name,
                parameters,
                parts.returns,
                parts.columns,
                parts.body,
                parts.result,
                opaque,
                rangeFrom(mark));
    }

    /** Reads a body that stands in a string, if its language is SQL; gives back its text when it stays opaque. */
    private @Nullable String embeddedBody(Parts parts) {
        if (parts.bodyString < 0) {
            return null;
        }
        boolean sql = parts.language == null
                || parts.language.equals("SQL")
                || parts.language.equals("PLPGSQL")
                || parts.language.equals("PLVSQL");
        Optional<List<Statement>> body = sql ? grammar.embedded.statements(parts.bodyString) : Optional.empty();
        parts.body = body.orElse(parts.body);
        return body.isPresent() ? null : grammar.literals.contentOf(parts.bodyString);
    }

    /** Words behind a body: {@code LANGUAGE sql} and the like. */
    private void passOptions() {
        while (!atEnd() && !grammar.statements.atNextStatement() && !at(END)
                && (at(Kind.WORD) || at(Kind.STRING) || at('=') || at(',') || at(OPTIONS) && next('('))) {
            if (at(OPTIONS) && next('(')) {
                advance();
                skipParenthesised();
            } else {
                advance();
            }
        }
    }

    /** One option or the body; true once the body is read. */
    private boolean body(Parts parts, RoutineKind kind) {
        if (at(RETURNS) || at(RETURN) && atHeaderReturn()) {
            advance();
            returns(parts);
        } else if (at(AS) || at(IS)) {
            advance();
            return definition(parts, kind);
        } else if (at(EXECUTE, AS) || at(EXEC, AS)) {
            advance();
            advance();
            advance();
        } else if (accept(LANGUAGE)) {
            parts.language = takeWord().replace("'", "");
        } else if (at(RETURN)) {
            advance();
            parts.result = queryOrExpression();
            return true;
        } else if (at(BEGIN)) {
            parts.body = List.of(grammar.statements.statement());
            return true;
        } else if (grammar.queries.atStart() && !at(WITH) || at(WITH) && cursor.at(2, AS) && !next(EXECUTE) && !next(EXEC)) {
            parts.body = List.of(grammar.statements.statement());
            return true;
        } else if (atAny(INSERT, UPDATE, DELETE, MERGE) && kind != RoutineKind.TRIGGER) {
            parts.body = List.of(grammar.statements.statement());
            return true;
        } else if (at('(')) {
            skipParenthesised();
        } else {
            advance();
        }
        return false;
    }

    /** Oracle's {@code FUNCTION f RETURN type IS}. */
    private boolean atHeaderReturn() {
        return nextKind() == Kind.WORD && has(Feature.PL_SQL);
    }

    private void returns(Parts parts) {
        if (at(Kind.VARIABLE)) {
            advance();
        }
        if (at(TABLE)) {
            advance();
            if (at('(') || at('<')) {
                parts.columns = at('(') ? parenthesised(grammar.definitions::column) : angleColumns();
            }
            return;
        }
        parts.returns = grammar.types.type();
        accept(NOT);
        accept(NULL);
    }

    private List<ColumnDefinition> angleColumns() {
        expect('<');
        List<ColumnDefinition> columns = commaSeparated(() -> {
            int mark = mark();
            Identifier name = grammar.names.anyName();
            return new ColumnDefinition(name, grammar.types.type(), null, null, List.of(), rangeFrom(mark));
        });
        expect('>');
        return columns;
    }

    /** What stands behind AS. */
    private boolean definition(Parts parts, RoutineKind kind) {
        if (at(Kind.STRING)) {
            parts.bodyString = mark();
            grammar.literals.string();
            accept(',');
            return false;
        }
        if (at(TABLE) && kind == RoutineKind.MACRO) {
            advance();
            parts.result = queryOrExpression();
            return true;
        }
        if (at(Kind.VARIABLE) || at(LANGUAGE)) {
            return false;
        }
        if (atAny(BEGIN, DECLARE) || has(Feature.PL_SQL)) {
            parts.body = List.of(grammar.scripts.routineBlock());
            return true;
        }
        if (StatementStart.isStatement(cursor.keyword(0)) && !grammar.queries.atStart()) {
            parts.body = has(Feature.OPTIONAL_SEMICOLONS)
                    ? grammar.scripts.toEnd()
                    : List.of(grammar.statements.statement());
            return true;
        }
        if (has(Feature.OPTIONAL_SEMICOLONS) && grammar.queries.atStart()) {
            parts.body = grammar.scripts.toEnd();
            return true;
        }
        parts.result = queryOrExpression();
        return true;
    }

    private Expression queryOrExpression() {
        int mark = mark();
        if (grammar.queries.atStart()) {
            return new Expression.Subquery(grammar.queries.query(), rangeFrom(mark));
        }
        Expression lambda = grammar.calls.lambda();
        return lambda != null ? lambda : grammar.expressions.expression();
    }

    private List<RoutineParameter> parameters() {
        if (next(')')) {
            skipParenthesised();
            return List.of();
        }
        return parenthesised(this::parameter);
    }

    /** T-SQL's parameters without parentheses. */
    private List<RoutineParameter> looseParameters() {
        return at(Kind.VARIABLE) ? commaSeparated(this::parameter) : List.of();
    }

    private RoutineParameter parameter() {
        int mark = mark();
        acceptAny(IN, OUT, INOUT, VARIADIC);
        accept(OUT);
        Identifier name = null;
        if (nextKind() == Kind.WORD || nextKind() == Kind.QUOTED || next(AS)) {
            name = grammar.names.anyName();
        } else if (next(',') || next(')') || next(Symbols.code(":="))) {
            name = grammar.names.anyName();
        }
        accept(AS);
        acceptAny(IN, OUT, INOUT);
        accept(OUT);
        DataType type = null;
        Expression value = null;
        if (!at(',') && !at(')') && !at(Kind.SYMBOL)) {
            type = grammar.types.type();
        }
        if (accept(DEFAULT) || accept('=') || accept(Symbols.code(":="))) {
            value = grammar.expressions.expression();
        }
        skipUntil(() -> at(',') || at(AS) || at(BEGIN) || atAny(SELECT, SET));
        return new RoutineParameter(name, type, value, rangeFrom(mark));
    }

    /** {@code CREATE TASK name … AS statement}, {@code CREATE PIPE name AS COPY …}. */
    Statement scheduled(int mark, RoutineKind kind) {
        grammar.creates.ifNotExists(EnumSet.noneOf(CreateOption.class));
        QualifiedName name = grammar.names.table();
        skipUntil(() -> (at(AS) || at(DO)) && (StatementStart.isStatement(nextKeyword()) || cursor.at(1, '(')));
        if (!acceptAny(AS, DO)) {
            return grammar.skips.rest(mark, "create " + kind.name().toLowerCase(Locale.ROOT));
        }
        List<Statement> body = List.of(grammar.statements.statement());
        return new Ddl.CreateRoutine(kind, name, List.of(), null, List.of(), body, null, null, rangeFrom(mark));
    }

    Statement trigger(int mark) {
        grammar.creates.ifNotExists(EnumSet.noneOf(CreateOption.class));
        QualifiedName name = grammar.names.table();
        List<Statement> body = new ArrayList<>(1);
        skipUntil(() -> atAny(BEGIN, EXECUTE)
                || at(AS) && StatementStart.isStatement(nextKeyword())
                || at(ROW) && StatementStart.isStatement(nextKeyword()));
        acceptAny(AS, ROW);
        if (at(EXECUTE)) {
            skipToEnd();
        } else if (!atEnd()) {
            body.add(grammar.statements.statement());
        }
        return new Ddl.CreateRoutine(
                RoutineKind.TRIGGER, name, List.of(), null, List.of(), List.copyOf(body), null, null, rangeFrom(mark));
    }
}
