package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.CaseBranch;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.LiteralKind;
import io.tailwater.lineage.sql.tree.ParameterKind;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions that start with a word of their own: CASE, CAST, EXISTS, INTERVAL, constructors, typed literals. */
final class SpecialForms extends GrammarPart {

    SpecialForms(Grammar grammar) {
        super(grammar);
    }

    /** The form that {@code keyword} starts here, or null when it is a name or function after all. */
    @Nullable
    Expression starting(Keyword keyword) {
        return switch (keyword) {
            case NULL, TRUE, FALSE, DEFAULT -> next('(') || next('.') ? null : grammar.literals.literal();
            case CASE -> next(',') || next('.') ? null : caseExpression();
            case CAST, TRY_CAST, SAFE_CAST -> next('(') ? cast() : null;
            case CONVERT, TRY_CONVERT -> next('(') ? convert() : null;
            case EXISTS -> next('(') ? exists() : null;
            case INTERVAL -> interval();
            case ARRAY -> array();
            case MAP -> next('{') ? map() : next('[') ? mapOfArrays() : null;
            case STRUCT -> next('(') || next('<') ? struct() : null;
            case ROW -> next('(') ? row() : null;
            case DATE,
                    TIME,
                    TIMESTAMP,
                    DATETIME,
                    TIMESTAMPTZ,
                    TIMETZ,
                    JSON,
                    JSONB,
                    NUMERIC,
                    BIGNUMERIC,
                    DECIMAL,
                    UUID,
                    BYTEA,
                    XML,
                    INET,
                    BOX,
                    POINT,
                    RANGE,
                    TIMESTAMP_NTZ,
                    TIMESTAMP_LTZ -> typedLiteral();
            case COLUMNS -> next('(') ? columns() : null;
            case APPROXIMATE -> nextKind() == Kind.WORD && cursor.at(2, '(') ? approximate() : null;
            case LAMBDA -> nextKind() == Kind.WORD ? pythonLambda() : null;
            case NEXT -> next(VALUE) ? nextValue() : null;
            case NEXTVAL, PREVIOUS -> next(FOR) || next(VALUE) ? nextValue() : null;
            case SELECT, WITH -> throw error("an expression");
            default -> namedTypeLiteral(keyword);
        };
    }

    /** Redshift's {@code APPROXIMATE f(x)}. */
    private Expression approximate() {
        advance();
        return grammar.primaries.primary();
    }

    private @Nullable Expression namedTypeLiteral(Keyword keyword) {
        boolean literal = nextKind() == Kind.STRING
                && !has(Feature.STRING_ALIASES)
                && !dialect().reserves(keyword);
        return literal && startsType(keyword) ? typeAndString() : null;
    }

    /** Types whose name the grammar knows as a keyword; those it does not know are {@link #unknownTypeLiteral}'s. */
    private static boolean startsType(Keyword keyword) {
        return switch (keyword) {
            case TEXT, INT, INTEGER, BIGINT, SMALLINT, FLOAT, DOUBLE, VARCHAR, VARBINARY, CHAR, BIT, BINARY, TINYINT ->
                true;
            default -> false;
        };
    }

    /** {@code inet '10.0.0.1'}: any type's name before a string, where strings are no aliases. */
    @Nullable
    Expression unknownTypeLiteral() {
        boolean literal =
                at(Kind.WORD) && cursor.keyword(0) == null && nextKind() == Kind.STRING && !has(Feature.STRING_ALIASES);
        return literal ? typeAndString() : null;
    }

    private Expression typeAndString() {
        int mark = mark();
        DataType type = grammar.types.type();
        return new Expression.TypedLiteral(type, grammar.literals.string(), rangeFrom(mark));
    }

    /** {@code COLUMNS(pattern)}. */
    private Expression columns() {
        int mark = mark();
        advance();
        expect('(');
        Expression lambda = grammar.calls.lambda();
        Expression pattern = lambda != null ? lambda : grammar.expressions.expression();
        expect(')');
        return new Expression.ColumnsPattern(null, pattern, grammar.selectItems.modifiers(), rangeFrom(mark));
    }

    private Expression caseExpression() {
        int mark = mark();
        expect(CASE);
        Expression operand = at(WHEN) ? null : grammar.expressions.expression();
        List<CaseBranch> branches = new ArrayList<>();
        while (at(WHEN)) {
            int branch = mark();
            advance();
            Expression condition = grammar.expressions.expression();
            while (accept(',')) {
                condition = grammar.expressions.expression();
            }
            expect(THEN);
            Expression result = grammar.expressions.expression();
            branches.add(new CaseBranch(condition, result, rangeFrom(branch)));
        }
        Expression otherwise = accept(ELSE) ? grammar.expressions.expression() : null;
        expect(END);
        if (has(Feature.PL_SQL)) {
            accept(CASE);
        }
        return new Expression.Case(operand, List.copyOf(branches), otherwise, rangeFrom(mark));
    }

    private Expression cast() {
        int mark = mark();
        boolean safe = !at(CAST);
        advance();
        expect('(');
        Expression value = grammar.expressions.expression();
        if (!accept(',')) {
            expect(AS);
        }
        if (at(Kind.STRING) || at(FORMAT)) {
            return teradataFormat(mark, value);
        }
        DataType type = grammar.types.type();
        Expression format = null;
        while (!at(')')) {
            if (accept(FORMAT)) {
                format = grammar.expressions.expression();
            } else if (at(Kind.END)) {
                throw error("')'");
            } else if (at(',') || at(Kind.WORD)) {
                advance();
            } else {
                grammar.expressions.expression();
            }
        }
        expect(')');
        return new Expression.Cast(value, type, safe, format, rangeFrom(mark));
    }

    private Expression teradataFormat(int mark, Expression value) {
        int typeMark = mark();
        accept(FORMAT);
        Expression format = grammar.literals.string();
        DataType type = new DataType("VARCHAR", List.of(), List.of(), 0, rangeFrom(typeMark));
        expect(')');
        return new Expression.Cast(value, type, false, format, rangeFrom(mark));
    }

    /** {@code CONVERT(type, value)}, {@code CONVERT(value, type)}, {@code CONVERT(value USING charset)}: a cast only in the first form. */
    private @Nullable Expression convert() {
        if (!has(Feature.ALIAS_EQUALS_VALUE)) {
            return null;
        }
        int mark = mark();
        boolean safe = at(TRY_CONVERT);
        advance();
        expect('(');
        DataType type = grammar.types.type();
        expect(',');
        Expression value = grammar.expressions.expression();
        Expression style = accept(',') ? grammar.expressions.expression() : null;
        expect(')');
        return new Expression.Cast(value, type, safe, style, rangeFrom(mark));
    }

    private @Nullable Expression exists() {
        int mark = mark();
        if (!grammar.queries.startsBehindParentheses(1)) {
            return null;
        }
        advance();
        Expression inner = grammar.primaries.parenthesised();
        if (inner instanceof Expression.Subquery subquery) {
            return new Expression.Exists(subquery.query(), rangeFrom(mark));
        }
        throw error("a query");
    }

    private @Nullable Expression interval() {
        int mark = mark();
        Kind kind = nextKind();
        boolean value = kind == Kind.STRING
                || kind == Kind.NUMBER
                || next('-')
                || kind == Kind.VARIABLE
                || kind == Kind.TEMPLATE
                || next('?')
                || next(':')
                || next('(')
                || kind == Kind.WORD && !isReserved(nextKeyword()) && !isIntervalColumn()
                || kind == Kind.QUOTED;
        if (!value) {
            return null;
        }
        advance();
        Expression amount = intervalAmount();
        String unit = at(Kind.WORD) && Units.isUnit(cursor.text(cursor.index)) ? takeWord() : null;
        if (unit != null && at('(')) {
            skipParenthesised();
        }
        String toUnit = unit != null && at(TO) ? intervalEnd() : null;
        while (unit != null && moreUnits()) {
            intervalAmount();
            advance();
        }
        return new Expression.Interval(amount, unit, toUnit, rangeFrom(mark));
    }

    /** {@code INTERVAL 1 YEAR 2 MONTHS}: whether one more amount with its unit follows. */
    private boolean moreUnits() {
        int ahead = at('-') ? 1 : 0;
        boolean amount = cursor.kind(ahead) == Kind.NUMBER || cursor.kind(ahead) == Kind.STRING;
        return amount && cursor.kind(ahead + 1) == Kind.WORD && Units.isUnit(cursor.text(cursor.index + ahead + 1));
    }

    /** {@code interval} itself as a column with an alias or operator behind. */
    private boolean isIntervalColumn() {
        Keyword behind = nextKeyword();
        return behind != null
                && (behind == IS
                        || behind == AS
                        || behind == IN
                        || behind == ASC
                        || behind == DESC
                        || behind == BETWEEN);
    }

    private Expression intervalAmount() {
        return grammar.expressions.expression(Precedence.MULTIPLY);
    }

    String intervalEnd() {
        expect(TO);
        String unit = takeWord();
        if (at('(')) {
            skipParenthesised();
        }
        return unit;
    }

    private boolean isReserved(@Nullable Keyword keyword) {
        return keyword != null && dialect().reserves(keyword);
    }

    private @Nullable Expression array() {
        int mark = mark();
        if (next('[')) {
            advance();
            return grammar.primaries.array(mark);
        }
        if (next('<')) {
            DataType type = grammar.types.constructed();
            Expression elements = at('(') ? grammar.primaries.parenthesised() : grammar.primaries.array(mark());
            List<Expression> values =
                    elements instanceof Expression.ArrayConstructor array ? array.elements() : List.of(elements);
            return new Expression.ArrayConstructor(values, type, rangeFrom(mark));
        }
        return null;
    }

    private Expression map() {
        int mark = mark();
        advance();
        return entries(mark, true);
    }

    private @Nullable Expression mapOfArrays() {
        int mark = mark();
        advance();
        Expression keys = grammar.primaries.array(mark());
        expect(',');
        Expression values = grammar.primaries.array(mark());
        return new Expression.MapConstructor(List.of(keys), List.of(values), rangeFrom(mark));
    }

    /** {@code {'a': 1}}, ODBC's {@code {d '…'}} and {@code {fn f(x)}}, ClickHouse's {@code {name:Type}}. */
    Expression braces() {
        int mark = mark();
        if (nextKind() == Kind.WORD && (cursor.kind(2) == Kind.STRING || cursor.kind(2) == Kind.WORD)) {
            return odbcEscape();
        }
        boolean parameter = nextKind() == Kind.WORD && cursor.at(2, ':') && has(Feature.CLICKHOUSE_CLAUSES);
        if (parameter) {
            skipUntil(() -> at('}'));
            expect('}');
            return new Expression.Parameter(ParameterKind.NAMED, rangeFrom(mark).of(cursor.sql), rangeFrom(mark));
        }
        return entries(mark, false);
    }

    private Expression odbcEscape() {
        expect('{');
        advance();
        Expression value = grammar.expressions.expression();
        expect('}');
        return value;
    }

    private Expression entries(int mark, boolean isMap) {
        expect('{');
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        List<Expression> fields = new ArrayList<>();
        while (!at('}')) {
            int entry = mark();
            if (at('*')) {
                Expression star = grammar.primaries.primary();
                fields.add(star);
                accept(',');
                continue;
            }
            Expression key = isMap ? grammar.expressions.expression() : entryKey();
            expect(':');
            Expression value = grammar.expressions.expression();
            keys.add(key);
            values.add(value);
            if (!isMap) {
                fields.add(new Expression.Aliased(value, keyName(key, entry), rangeFrom(entry)));
            }
            if (!accept(',')) {
                break;
            }
        }
        expect('}');
        return isMap
                ? new Expression.MapConstructor(List.copyOf(keys), List.copyOf(values), rangeFrom(mark))
                : new Expression.StructConstructor(List.copyOf(fields), null, rangeFrom(mark));
    }

    private Expression entryKey() {
        int mark = mark();
        Identifier name = grammar.names.anyName();
        return new Expression.Literal(LiteralKind.STRING, name.text(), rangeFrom(mark));
    }

    private Identifier keyName(Expression key, int mark) {
        String text = key instanceof Expression.Literal literal ? literal.text() : "";
        return new Identifier(text, QuoteStyle.SINGLE, key.range());
    }

    /** {@code [f(x) FOR x IN list IF condition]}, the FOR being next. */
    Expression comprehension(int mark, Expression body) {
        expect(FOR);
        List<Identifier> variables = commaSeparated(grammar.names::name);
        expect(IN);
        Expression list = grammar.expressions.expression();
        List<Expression> arguments = new ArrayList<>(List.of(list));
        arguments.add(new Expression.Lambda(variables, body, rangeFrom(mark)));
        if (accept(IF)) {
            Expression condition = grammar.expressions.expression();
            arguments.add(new Expression.Lambda(variables, condition, rangeFrom(mark)));
        }
        expect(']');
        return grammar.calls.invented("LIST_COMPREHENSION", arguments, mark);
    }

    private Expression struct() {
        int mark = mark();
        DataType type = null;
        if (next('<')) {
            type = grammar.types.type();
        } else {
            advance();
        }
        List<Expression> fields = at('(') ? grammar.primaries.elements() : List.of();
        return new Expression.StructConstructor(fields, type, rangeFrom(mark));
    }

    private Expression row() {
        int mark = mark();
        advance();
        return new Expression.Row(grammar.primaries.elements(), true, rangeFrom(mark));
    }

    private @Nullable Expression typedLiteral() {
        boolean direct = nextKind() == Kind.STRING;
        boolean zoned = (next(WITH) || next(WITHOUT)) && cursor.at(2, TIME) && cursor.kind(4) == Kind.STRING;
        boolean precise =
                next('(') && cursor.kind(2) == Kind.NUMBER && cursor.at(3, ')') && cursor.kind(4) == Kind.STRING;
        boolean element = at(RANGE) && next('<');
        if (!direct && !zoned && !precise && !element) {
            return null;
        }
        int mark = mark();
        DataType type = grammar.types.type();
        Expression.Literal literal = grammar.literals.string();
        return new Expression.TypedLiteral(type, literal, rangeFrom(mark));
    }

    private Expression pythonLambda() {
        int mark = mark();
        advance();
        List<Identifier> parameters = commaSeparated(grammar.names::name);
        expect(':');
        Expression body = grammar.expressions.expression();
        return new Expression.Lambda(parameters, body, rangeFrom(mark));
    }

    private Expression nextValue() {
        int mark = mark();
        advance();
        accept(VALUE);
        expect(FOR);
        int name = mark();
        grammar.names.qualified();
        Expression sequence = new Expression.Symbol(rangeFrom(name).of(cursor.sql), rangeFrom(name));
        Expression call = grammar.calls.invented("NEXT_VALUE_FOR", List.of(sequence), mark);
        return at(OVER) ? grammar.calls.over(mark, call) : call;
    }
}
