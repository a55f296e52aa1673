package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Expression.ColumnReference;
import io.tailwater.lineage.sql.tree.Expression.Subquery;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The smallest expressions, and what can be hung behind them: fields, subscripts, casts, paths. */
final class Primaries extends GrammarPart {

    private static final int ARROW = Symbols.code("->");

    private static final int SAFE_DOUBLE_COLON = Symbols.code("::!");

    Primaries(Grammar grammar) {
        super(grammar);
    }

    Expression primary() {
        int mark = mark();
        Expression value = start();
        for (int length = 0; true; length++) {
            cursor.boundChain(length);
            Expression longer = postfix(mark, value);
            if (longer == null) {
                return value;
            }
            value = longer;
        }
    }

    private Expression start() {
        return switch (cursor.kind(0)) {
            case STRING, NUMBER -> grammar.literals.literal();
            case VARIABLE -> has(Feature.DOLLAR_COLUMNS) && isPosition() ? nameOrCall() : grammar.literals.parameter();
            case TEMPLATE -> grammar.literals.parameter();
            case SYMBOL -> symbol();
            case WORD -> word();
            case QUOTED -> nameOrCall();
            case STAGE -> stage();
            case BAD, END -> throw error("an expression");
        };
    }

    private boolean isPosition() {
        return Character.isDigit(cursor.sql.charAt(cursor.tokens.start(mark()) + 1));
    }

    private Expression stage() {
        int mark = mark();
        String text = cursor.text(mark);
        advance();
        return new Expression.Symbol(text, rangeFrom(mark));
    }

    private Expression symbol() {
        if (at('(')) {
            return parenthesised();
        }
        if (at('*') && next(COLUMNS) && cursor.at(2, '(')) {
            advance();
            return grammar.primaries.primary();
        }
        if (at('*')) {
            return grammar.selectItems.star(mark(), null);
        }
        if (at('[')) {
            return array(mark());
        }
        if (at('{')) {
            return grammar.specialForms.braces();
        }
        if (at('.')) {
            advance();
            return nameOrCall();
        }
        if (at('#') && nextKind() == Kind.NUMBER) {
            return position();
        }
        if (grammar.literals.atParameter()) {
            return grammar.literals.parameter();
        }
        throw error("an expression");
    }

    /** DuckDB's {@code #1}: a column by position. */
    private Expression position() {
        int mark = mark();
        advance();
        advance();
        Identifier name = new Identifier(rangeFrom(mark).of(cursor.sql), QuoteStyle.NONE, rangeFrom(mark));
        return new ColumnReference(List.of(name), false, rangeFrom(mark));
    }

    private Expression word() {
        Keyword keyword = cursor.keyword(0);
        if (keyword != null) {
            Expression special = grammar.specialForms.starting(keyword);
            if (special != null) {
                return special;
            }
            if (isStructural(keyword) && dialect().reserves(keyword)) {
                throw error("an expression");
            }
        }
        Expression typed = grammar.specialForms.unknownTypeLiteral();
        return typed != null ? typed : nameOrCall();
    }

    private boolean isStructural(Keyword keyword) {
        return switch (keyword) {
            case SELECT,
                    FROM,
                    WHERE,
                    HAVING,
                    UNION,
                    ON,
                    AND,
                    OR,
                    IN,
                    IS,
                    AS,
                    WHEN,
                    THEN,
                    ELSE,
                    END,
                    BETWEEN,
                    BY,
                    JOIN,
                    USING,
                    INTERSECT,
                    EXCEPT,
                    INTO,
                    NOT -> true;
            case GROUP, ORDER -> !next(AS);
            case DISTINCT, LIKE, SET -> !next('(');
            default -> false;
        };
    }

    private Expression nameOrCall() {
        int mark = mark();
        List<Identifier> parts = new ArrayList<>(2);
        grammar.names.addParts(parts, grammar.names.anyName());
        while (at('.') && Names.isNameStart(nextKind())) {
            advance();
            grammar.names.addParts(parts, grammar.names.anyName());
        }
        if (at('(') && !isOuterJoinMark() && !isAttribute()) {
            return grammar.calls.call(mark, new QualifiedName(List.copyOf(parts), rangeFrom(mark)));
        }
        boolean outer = isOuterJoinMark();
        if (outer) {
            expect('(');
            expect('+');
            expect(')');
        }
        Expression withoutParentheses = grammar.calls.withoutParentheses(mark, parts);
        return withoutParentheses != null
                ? withoutParentheses
                : new ColumnReference(List.copyOf(parts), outer, rangeFrom(mark));
    }

    /** Teradata's {@code a (NAMED b)}, {@code a (FORMAT 'x')}. */
    private boolean isAttribute() {
        return has(Feature.PARENTHESISED_ATTRIBUTES) && (next(NAMED) || next(TITLE) || next(FORMAT));
    }

    private boolean isOuterJoinMark() {
        return at('(') && next('+') && cursor.at(2, ')');
    }

    private @Nullable Expression postfix(int mark, Expression value) {
        if (at(Kind.SYMBOL)) {
            return symbolPostfix(mark, value);
        }
        if (at(COLLATE)) {
            advance();
            QualifiedName collation = at(Kind.STRING) ? stringName() : grammar.names.qualified();
            return new Expression.Collate(value, collation, rangeFrom(mark));
        }
        if (at(AT) && (next(TIME) || next(LOCAL))) {
            return atTimeZone(mark, value);
        }
        if (at(UESCAPE)) {
            advance();
            advance();
            return value;
        }
        if (has(Feature.LABELED_DURATIONS) && isDuration(mark)) {
            return new Expression.Interval(value, takeWord(), null, rangeFrom(mark));
        }
        if (next(TO) && value instanceof Expression.Literal && Units.isUnit(cursor.text(cursor.index))) {
            return new Expression.Interval(value, takeWord(), grammar.specialForms.intervalEnd(), rangeFrom(mark));
        }
        return null;
    }

    /** Db2's {@code + 3 DAYS}. */
    private boolean isDuration(int mark) {
        boolean added = mark > 0 && (cursor.tokens.is(mark - 1, '+') || cursor.tokens.is(mark - 1, '-'));
        boolean constant = cursor.tokens.kind(mark) == Kind.NUMBER;
        return at(Kind.WORD) && (added || constant) && Units.isUnit(cursor.text(cursor.index));
    }

    private QualifiedName stringName() {
        Identifier name = grammar.names.anyName();
        return new QualifiedName(List.of(name), name.range());
    }

    private Expression atTimeZone(int mark, Expression value) {
        advance();
        if (accept(LOCAL)) {
            return new Expression.AtTimeZone(value, null, rangeFrom(mark));
        }
        expect(TIME);
        expect(ZONE);
        Expression zone = grammar.expressions.expression(Precedence.UNARY);
        return new Expression.AtTimeZone(value, zone, rangeFrom(mark));
    }

    private @Nullable Expression symbolPostfix(int mark, Expression value) {
        if (at('.')) {
            return dot(mark, value);
        }
        if (at('[') && !has(Feature.BRACKET_NAMES)) {
            return subscript(mark, value);
        }
        if (at('(')
                && has(Feature.PARENTHESISED_ATTRIBUTES)
                && nextKind() == Kind.WORD
                && !next(NAMED)
                && !next(TITLE)) {
            return attribute(mark, value);
        }
        if (at('!') && has(Feature.POSTFIX_FACTORIAL)) {
            advance();
            return new Expression.Unary("!", value, true, rangeFrom(mark));
        }
        if (at('?') && next(Literals.doubleColon())) {
            advance();
            advance();
            return new Expression.Cast(value, grammar.types.type(), true, null, rangeFrom(mark));
        }
        if (at(SAFE_DOUBLE_COLON)) {
            advance();
            return new Expression.Cast(value, grammar.types.type(), true, null, rangeFrom(mark));
        }
        if (at(Literals.doubleColon())) {
            advance();
            DataType type = grammar.types.type();
            return new Expression.Cast(value, type, false, null, rangeFrom(mark));
        }
        if (at(':')
                && has(Feature.COLON_PATHS)
                && (nextKind() == Kind.WORD || nextKind() == Kind.QUOTED || next('['))) {
            return variantPath(mark, value);
        }
        return null;
    }

    /** Teradata's {@code 'x' (CASESPECIFIC)}, {@code '1' (SMALLINT)}, {@code d (FORMAT 'YYYY')}. */
    private Expression attribute(int mark, Expression value) {
        if (next(NOT) || next(CASESPECIFIC) || next(CS) || next(FORMAT) || next(UPPERCASE)) {
            skipParenthesised();
            return value;
        }
        expect('(');
        DataType type = grammar.types.type();
        skipUntil(() -> false);
        expect(')');
        return new Expression.Cast(value, type, false, null, rangeFrom(mark));
    }

    private @Nullable Expression dot(int mark, Expression value) {
        if (next('*')) {
            advance();
            return grammar.selectItems.star(mark, value);
        }
        if (next('(')) {
            advance();
            skipParenthesised();
            return value;
        }
        if (!Names.isNameStart(nextKind()) && !next(':')) {
            return null;
        }
        advance();
        accept(':');
        int nameMark = mark();
        Identifier field = grammar.names.anyName();
        if (at('(')) {
            return grammar.calls.method(mark, value, new QualifiedName(List.of(field), rangeFrom(nameMark)));
        }
        return new Expression.FieldAccess(value, field, rangeFrom(mark));
    }

    private Expression subscript(int mark, Expression base) {
        expect('[');
        List<Expression> indexes = new ArrayList<>();
        while (!at(']')) {
            indexes.add(slice());
            if (!accept(',')) {
                break;
            }
        }
        expect(']');
        return new Expression.Subscript(base, List.copyOf(indexes), rangeFrom(mark));
    }

    private Expression slice() {
        int mark = mark();
        boolean colonFirst = at(':');
        Expression lower = colonFirst ? null : withoutPath();
        if (!at(':') && !at(Literals.doubleColon())) {
            return lower == null ? new Expression.Slice(null, null, null, rangeFrom(mark)) : lower;
        }
        boolean twice = at(Literals.doubleColon());
        advance();
        Expression upper = twice || atSliceEnd() ? null : dashOr();
        Expression step = null;
        if (twice || accept(':')) {
            step = atSliceEnd() ? null : withoutPath();
        }
        return new Expression.Slice(lower, upper, step, rangeFrom(mark));
    }

    private @Nullable Expression dashOr() {
        if (at('-') && (next(':') || next(']'))) {
            advance();
            return null;
        }
        return withoutPath();
    }

    private Expression withoutPath() {
        return grammar.expressions.expression();
    }

    private boolean atSliceEnd() {
        return at(']') || at(':') || at(',');
    }

    private Expression variantPath(int mark, Expression base) {
        List<Expression> steps = new ArrayList<>();
        expect(':');
        while (true) {
            int step = mark();
            if (at('[')) {
                advance();
                steps.add(at('*') ? grammar.selectItems.star(mark(), null) : grammar.expressions.expression());
                expect(']');
            } else if (Names.isNameStart(nextKind()) && (at('.') || at(':')) && !steps.isEmpty()) {
                advance();
                steps.add(symbolOf(step + 1));
            } else if (steps.isEmpty() && (at(Kind.WORD) || at(Kind.QUOTED))) {
                steps.add(symbolOf(step));
            } else {
                return new Expression.VariantPath(base, List.copyOf(steps), rangeFrom(mark));
            }
        }
    }

    private Expression symbolOf(int mark) {
        Identifier name = grammar.names.anyName();
        return new Expression.Symbol(name.text(), rangeFrom(mark));
    }

    /** {@code [a, b]}, the bracket being next; {@code mark} is where the whole starts. */
    Expression array(int mark) {
        expect('[');
        List<Expression> elements = at(']') ? List.of() : commaSeparated(this::element);
        if (elements.size() == 1 && at(FOR)) {
            return grammar.specialForms.comprehension(mark, elements.get(0));
        }
        expect(']');
        return new Expression.ArrayConstructor(elements, null, rangeFrom(mark));
    }

    /** {@code (a, b)} as a list; a query inside is one {@link Subquery}. */
    List<Expression> elements() {
        int mark = mark();
        expect('(');
        if (at(')')) {
            advance();
            return List.of();
        }
        if (grammar.queries.atStart()) {
            return List.of(subquery(mark));
        }
        List<Expression> elements = commaSeparated(this::element);
        if (elements.size() == 1 && elements.get(0) instanceof Subquery left && grammar.queries.continues()) {
            elements = List.of(new Subquery(grammar.queries.continued(mark + 1, left.query()), rangeFrom(mark + 1)));
        }
        expect(')');
        return elements;
    }

    /** The query of {@code (query)}, behind the opening parenthesis. */
    private Expression subquery(int mark) {
        Subquery subquery = new Subquery(grammar.queries.query(), rangeFrom(mark + 1));
        expect(')');
        return subquery;
    }

    /** An element of a row, list or argument list, which may have an alias in some dialects. */
    private Expression element() {
        int mark = mark();
        Expression lambda = grammar.calls.lambda();
        Expression value = lambda != null ? lambda : grammar.expressions.expression();
        if (at(AS) && !at(Kind.STRING)) {
            advance();
            return new Expression.Aliased(value, grammar.names.anyName(), rangeFrom(mark));
        }
        return value;
    }

    /** An expression, query or row in parentheses. */
    Expression parenthesised() {
        int mark = mark();
        List<Expression> elements = elements();
        boolean tuple = cursor.tokens.is(cursor.index - 2, ',');
        if (elements.size() == 1 && !tuple) {
            return elements.get(0);
        }
        return new Expression.Row(elements, false, rangeFrom(mark));
    }

    static int arrow() {
        return ARROW;
    }
}
