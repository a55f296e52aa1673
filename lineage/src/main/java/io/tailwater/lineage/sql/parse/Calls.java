package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.CallModifiers;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Expression.FunctionCall;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.NullTreatment;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Function calls: arguments of every shape, and what decorates a call. */
final class Calls extends GrammarPart {

    private static final int FAT_ARROW = Symbols.code("=>");
    private static final int COLON_EQUALS = Symbols.code(":=");

    Calls(Grammar grammar) {
        super(grammar);
    }

    /** What a call has beside its arguments, while it is read. */
    private static final class Decoration {
        boolean distinct;
        List<OrderItem> orderBy = List.of();

        @Nullable
        Expression limit;

        @Nullable
        Expression having;

        @Nullable
        Expression filter;

        List<OrderItem> withinGroup = List.of();
        NullTreatment nulls = NullTreatment.UNSPECIFIED;
        List<Expression> parameters = List.of();

        @Nullable
        Window window;

        boolean isPlain() {
            return !distinct
                    && orderBy.isEmpty()
                    && limit == null
                    && having == null
                    && filter == null
                    && withinGroup.isEmpty()
                    && nulls == NullTreatment.UNSPECIFIED
                    && parameters.isEmpty()
                    && window == null;
        }
    }

    /** The call of {@code name}, whose opening parenthesis is next. */
    FunctionCall call(int mark, QualifiedName name) {
        Decoration decoration = new Decoration();
        List<Expression> arguments = arguments(name, decoration);
        if (at('(')) {
            decoration.parameters = arguments;
            arguments = arguments(name, decoration);
        }
        int behind = mark();
        decorate(decoration);
        return finish(mark, name, arguments, decoration, behind);
    }

    private FunctionCall finish(
            int mark, QualifiedName name, List<Expression> arguments, Decoration d, int modifiersMark) {
        if (d.isPlain()) {
            return new FunctionCall(name, arguments, null, rangeFrom(mark));
        }
        int from = d.distinct || !d.orderBy.isEmpty() || d.limit != null || d.having != null || !d.parameters.isEmpty()
                ? mark
                : Math.min(modifiersMark, cursor.index - 1);
        CallModifiers modifiers = new CallModifiers(
                d.distinct,
                d.orderBy,
                d.limit,
                d.having,
                d.filter,
                d.withinGroup,
                d.nulls,
                d.parameters,
                d.window,
                rangeFrom(from));
        return new FunctionCall(name, arguments, modifiers, rangeFrom(mark));
    }

    /** {@code value.name(arguments)}: the value comes first among the arguments. */
    Expression method(int mark, Expression value, QualifiedName name) {
        FunctionCall call = call(mark, name);
        List<Expression> arguments = new ArrayList<>(call.arguments());
        arguments.add(0, value);
        return new FunctionCall(name, List.copyOf(arguments), call.modifiers(), rangeFrom(mark));
    }

    /** A call that the text writes in another way. */
    FunctionCall invented(String name, List<Expression> arguments, int mark) {
        Identifier identifier = new Identifier(name, QuoteStyle.NONE, rangeFrom(mark));
        return new FunctionCall(
                new QualifiedName(List.of(identifier), rangeFrom(mark)), List.copyOf(arguments), null, rangeFrom(mark));
    }

    /** A function called without parentheses, like CURRENT_DATE; null when the name is none. */
    @Nullable
    Expression withoutParentheses(int mark, List<Identifier> parts) {
        Identifier only = parts.get(0);
        boolean isCall = parts.size() == 1
                && only.quote() == QuoteStyle.NONE
                && dialect().callsWithoutParentheses().contains(Upper.of(only.text()));
        return isCall
                ? new FunctionCall(
                        new QualifiedName(List.copyOf(parts), only.range()), List.of(), null, rangeFrom(mark))
                : null;
    }

    Expression over(int mark, Expression call) {
        Decoration decoration = new Decoration();
        int behind = mark();
        decorate(decoration);
        return call instanceof FunctionCall plain
                ? finish(mark, plain.name(), plain.arguments(), decoration, behind)
                : call;
    }

    private List<Expression> arguments(QualifiedName name, Decoration decoration) {
        expect('(');
        List<Expression> arguments = new ArrayList<>(4);
        if (accept(DISTINCT)) {
            decoration.distinct = true;
        } else if (at(ALL) && !next(',') && !next(')') && !next('.')) {
            advance();
        }
        String function = Upper.of(name.parts().get(name.parts().size() - 1).text());
        while (!at(')')) {
            argument(function, arguments, decoration);
            if (!accept(',')) {
                accept(';');
                break;
            }
        }
        expect(')');
        return List.copyOf(arguments);
    }

    private void argument(String function, List<Expression> arguments, Decoration decoration) {
        if (takesUnit(function, arguments.size()) && atUnit()) {
            arguments.add(symbol());
        } else if (atLeadingWord()) {
            arguments.add(symbol());
            if (!at(',') && !at(')') && !atConnector()) {
                arguments.add(value());
            }
        } else if (!atTail()) {
            arguments.add(value());
        }
        while (!at(',') && !at(')') && !at(';')) {
            tail(arguments, decoration);
        }
    }

    private boolean takesUnit(String function, int position) {
        return position == 0 && (dialect().datePartFirst().contains(function) || next(FROM))
                || position > 0 && dialect().datePartLast().contains(function);
    }

    private boolean atUnit() {
        boolean ends =
                next(',') || next(')') || next(FROM) || next('(') && cursor.kind(2) == Kind.WORD && cursor.at(3, ')');
        return at(Kind.WORD) && ends && Units.isUnit(cursor.text(cursor.index));
    }

    /** A bare word that modifies the argument behind it. */
    private boolean atLeadingWord() {
        if (atAny(BOTH, LEADING, TRAILING, VARIADIC)) {
            return !next(',') && !next(')') && !next('.');
        }
        return atAny(NAME, EVALNAME, KEY, DOCUMENT, CONTENT, MODEL, CONNECTION)
                && (nextKind() == Kind.QUOTED
                        || nextKind() == Kind.STRING
                        || nextKind() == Kind.WORD && !isClauseWord());
    }

    private boolean isClauseWord() {
        Keyword word = nextKeyword();
        return word != null && (dialect().reserves(word) || word == IS || word == IGNORE || word == RESPECT);
    }

    private boolean atConnector() {
        return atAny(FROM, FOR, USING, PLACING, VALUE, PASSING, SEPARATOR);
    }

    private boolean atTail() {
        return at(ORDER, BY) || at(FROM);
    }

    private Expression symbol() {
        int mark = mark();
        String word = takeWord();
        if (at('(') && cursor.at(2, ')')) {
            skipParenthesised();
        }
        return new Expression.Symbol(word, rangeFrom(mark));
    }

    /** One argument: named, lambda, query, relation or expression. */
    private Expression value() {
        int mark = mark();
        Expression lambda = lambda();
        if (lambda != null) {
            return lambda;
        }
        if (isNamed()) {
            Identifier name = grammar.names.anyName();
            advance();
            return new Expression.NamedArgument(name, value(), rangeFrom(mark));
        }
        if (grammar.queries.atStart() && !at(VALUES) && !at(FROM)) {
            return new Expression.Subquery(grammar.queries.query(), rangeFrom(mark));
        }
        if (at(TABLE) && (next('(') || Names.isNameStart(nextKind()))) {
            return tableArgument(mark);
        }
        return grammar.expressions.expression();
    }

    /** Vertica's {@code name = value} behind USING PARAMETERS. */
    private Expression named() {
        int mark = mark();
        Identifier name = grammar.names.anyName();
        expect('=');
        return new Expression.NamedArgument(name, grammar.expressions.expression(), rangeFrom(mark));
    }

    private boolean isNamed() {
        boolean arrow = next(FAT_ARROW) || next(COLON_EQUALS);
        return arrow && (at(Kind.WORD) || at(Kind.QUOTED) || at(Kind.VARIABLE) && next(FAT_ARROW));
    }

    private Expression tableArgument(int mark) {
        advance();
        return new Expression.TableArgument(grammar.relations.tableArgument(), rangeFrom(mark));
    }

    /** {@code x -> …} or {@code (x, y) -> …}; null when neither stands here. */
    @Nullable
    Expression lambda() {
        int mark = mark();
        int arrow = Primaries.arrow();
        if (at(Kind.WORD) && nextKind() == Kind.WORD && cursor.at(2, arrow)) {
            Identifier typed = grammar.names.anyName();
            grammar.types.type();
            return lambdaBody(mark, List.of(typed));
        }
        if (at(Kind.WORD) && next(arrow) && cursor.kind(2) != Kind.STRING && cursor.kind(2) != Kind.NUMBER
                || at(Kind.QUOTED) && next(arrow) && cursor.kind(2) == Kind.WORD) {
            List<Identifier> parameters = List.of(grammar.names.anyName());
            return lambdaBody(mark, parameters);
        }
        return at('(') && isParameterList() ? lambdaBody(mark, parenthesised(this::lambdaParameter)) : null;
    }

    private Identifier lambdaParameter() {
        Identifier name = grammar.names.anyName();
        if (at(Kind.WORD)) {
            grammar.types.type();
        }
        return name;
    }

    /** {@code (a, b) ->}, where each may have a type of one word. */
    private boolean isParameterList() {
        int ahead = 1;
        while (cursor.kind(ahead) == Kind.WORD || cursor.at(ahead, ',')) {
            ahead++;
        }
        return cursor.at(ahead, ')') && cursor.at(ahead + 1, Primaries.arrow());
    }

    private Expression lambdaBody(int mark, List<Identifier> parameters) {
        expect(Primaries.arrow());
        return new Expression.Lambda(parameters, grammar.expressions.expression(), rangeFrom(mark));
    }

    /** What may follow an argument before the next comma. */
    private void tail(List<Expression> arguments, Decoration decoration) {
        if (at(ORDER, BY)) {
            decoration.orderBy = grammar.windows.orderBy();
        } else if (accept(LIMIT)) {
            decoration.limit = grammar.expressions.expression();
        } else if (atAny(IGNORE, RESPECT) && next(NULLS)) {
            decoration.nulls = nullTreatment();
        } else if (at(HAVING) && (next(MAX) || next(MIN))) {
            advance();
            advance();
            decoration.having = grammar.expressions.expression();
        } else if (at(USING) && next(PARAMETERS)) {
            advance();
            advance();
            arguments.add(named());
        } else if (at(COLUMNS) && next('(')) {
            arguments.add(grammar.documentTables.columns());
        } else if (at(AS)) {
            alias(arguments);
        } else if (atConnector()) {
            arguments.add(symbol());
            arguments.add(value());
        } else if (at(Kind.WORD)) {
            arguments.add(symbol());
        } else if (accept(':') || accept('=')) {
            arguments.add(value());
        } else if (atEnd()) {
            throw error("')'");
        } else {
            arguments.add(grammar.expressions.expression());
        }
    }

    private void alias(List<Expression> arguments) {
        expect(AS);
        int last = arguments.size() - 1;
        if (last < 0) {
            throw error("an argument");
        }
        Expression value = arguments.get(last);
        if (at('(')) {
            skipParenthesised();
            return;
        }
        Identifier name = grammar.names.anyName();
        SourceRange range = new SourceRange(value.range().start(), name.range().end());
        arguments.set(last, new Expression.Aliased(value, name, range));
        if (at('(')) {
            skipParenthesised();
        }
    }

    private NullTreatment nullTreatment() {
        NullTreatment treatment = at(IGNORE) ? NullTreatment.IGNORE : NullTreatment.RESPECT;
        advance();
        expect(NULLS);
        return treatment;
    }

    private void decorate(Decoration decoration) {
        while (true) {
            if (atAny(EMITS, AGAINST) && next('(')) {
                advance();
                skipParenthesised();
            } else if (at(WITHIN, GROUP)) {
                advance();
                advance();
                decoration.withinGroup = groupOrder();
            } else if (at(KEEP) && next('(')) {
                advance();
                decoration.withinGroup = groupOrder();
            } else if (at(FILTER) && next('(')) {
                decoration.filter = filter();
            } else if (atAny(IGNORE, RESPECT) && next(NULLS)) {
                decoration.nulls = nullTreatment();
            } else if (at(FROM)
                    && (next(FIRST) || next(LAST))
                    && (cursor.at(2, OVER) || cursor.at(2, IGNORE) || cursor.at(2, RESPECT))) {
                advance();
                advance();
            } else if (at(OVER) && (next('(') || Names.isNameStart(nextKind()))) {
                advance();
                decoration.window = grammar.windows.over();
            } else {
                return;
            }
        }
    }

    private List<OrderItem> groupOrder() {
        expect('(');
        skipUntil(() -> at(ORDER));
        List<OrderItem> order = at(ORDER) ? grammar.windows.orderBy() : List.of();
        expect(')');
        return order;
    }

    private Expression filter() {
        expect(FILTER);
        expect('(');
        accept(WHERE);
        Expression condition = grammar.expressions.expression();
        expect(')');
        return condition;
    }
}
