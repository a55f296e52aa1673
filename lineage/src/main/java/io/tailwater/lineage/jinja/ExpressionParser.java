package io.tailwater.lineage.jinja;

import io.tailwater.lineage.jinja.Expression.Arguments;
import io.tailwater.lineage.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions with Jinja's precedences, loosest first: if, or, and, not, comparison, sum, {@code ~}, product, power, sign. */
final class ExpressionParser {
    private static final int DEEPEST = 120;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", ">", ">=", "<", "<=");

    private final TokenStream tokens;
    private Set<String> names = new HashSet<>();
    private int depth;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** Starts collecting the names that expressions use, and hands back the ones collected so far. */
    Set<String> exchangeNames(Set<String> fresh) {
        Set<String> collected = names;
        names = fresh;
        return collected;
    }

    /** An expression, or several separated by commas, which make a tuple. */
    Expression tuple(boolean withConditional, @Nullable String endName) {
        int offset = tokens.current().offset();
        List<Expression> items = new ArrayList<>();
        boolean tuple = false;
        while (!atTupleEnd(endName)) {
            items.add(withConditional ? expression() : or());
            if (!tokens.skipOperator(",")) {
                break;
            }
            tuple = true;
        }
        if (!tuple) {
            if (items.isEmpty()) {
                throw tokens.error("expected an expression, found " + tokens.current());
            }
            return items.get(0);
        }
        return new Expression.TupleDisplay(items, offset);
    }

    private boolean atTupleEnd(@Nullable String endName) {
        Kind kind = tokens.current().kind();
        return kind == Kind.VARIABLE_END
                || kind == Kind.BLOCK_END
                || tokens.atOperator(")")
                || (endName != null && tokens.atName(endName));
    }

    Expression expression() {
        if (++depth > DEEPEST) {
            throw tokens.error("expressions are nested deeper than " + DEEPEST);
        }
        Expression value = or();
        while (tokens.atName("if")) {
            int offset = tokens.next().offset();
            Expression condition = or();
            Expression otherwise = tokens.skipName("else") ? expression() : null;
            value = new Expression.Conditional(value, condition, otherwise, offset);
        }
        depth--;
        return value;
    }

    private Expression or() {
        Expression left = and();
        while (tokens.atName("or")) {
            int offset = tokens.next().offset();
            left = new Expression.Either(left, and(), offset);
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.atName("and")) {
            int offset = tokens.next().offset();
            left = new Expression.Both(left, not(), offset);
        }
        return left;
    }

    private Expression not() {
        if (tokens.atName("not")) {
            int offset = tokens.next().offset();
            return new Expression.Not(deeper(this::not), offset);
        }
        return comparison();
    }

    private Expression comparison() {
        int offset = tokens.current().offset();
        Expression first = sum();
        List<Expression.Operand> rest = new ArrayList<>();
        while (true) {
            if (tokens.at(Kind.OPERATOR)
                    && COMPARISONS.contains(tokens.current().text())) {
                String operator = tokens.next().text();
                rest.add(new Expression.Operand(operator, sum()));
            } else if (tokens.skipName("in")) {
                rest.add(new Expression.Operand("in", sum()));
            } else if (tokens.atName("not") && tokens.ahead().isName("in")) {
                tokens.next();
                tokens.next();
                rest.add(new Expression.Operand("not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Expression.Comparison(first, rest, offset);
            }
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.atOperator("+") || tokens.atOperator("-")) {
            Token operator = tokens.next();
            left = new Expression.Binary(operator.text(), left, concatenation(), operator.offset());
        }
        return left;
    }

    private Expression concatenation() {
        int offset = tokens.current().offset();
        List<Expression> parts = new ArrayList<>();
        parts.add(product());
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.Concatenation(parts, offset);
    }

    private Expression product() {
        Expression left = power();
        while (tokens.atOperator("*") || tokens.atOperator("/") || tokens.atOperator("//") || tokens.atOperator("%")) {
            Token operator = tokens.next();
            left = new Expression.Binary(operator.text(), left, power(), operator.offset());
        }
        return left;
    }

    private Expression power() {
        Expression left = sign(true);
        while (tokens.atOperator("**")) {
            Token operator = tokens.next();
            left = new Expression.Binary("**", left, sign(true), operator.offset());
        }
        return left;
    }

    private Expression sign(boolean withFilters) {
        Expression value;
        if (tokens.atOperator("-") || tokens.atOperator("+")) {
            Token operator = tokens.next();
            value = new Expression.Unary(operator.text(), deeper(() -> sign(false)), operator.offset());
        } else {
            value = postfix(primary());
        }
        return withFilters ? filters(value) : value;
    }

    private Expression deeper(java.util.function.Supplier<Expression> inner) {
        if (++depth > DEEPEST) {
            throw tokens.error("expressions are nested deeper than " + DEEPEST);
        }
        Expression value = inner.get();
        depth--;
        return value;
    }

    private Expression primary() {
        Token token = tokens.current();
        int offset = token.offset();
        return switch (token.kind()) {
            case NAME -> name(tokens.next());
            case STRING -> strings(offset);
            case INTEGER -> new Expression.Literal(integer(tokens.next()), offset);
            case FLOAT ->
                new Expression.Literal(
                        new Value.Real(Double.parseDouble(tokens.next().text())), offset);
            case OPERATOR -> display(offset);
            case DATA, VARIABLE_BEGIN, VARIABLE_END, BLOCK_BEGIN, BLOCK_END, END ->
                throw tokens.error("expected an expression, found " + token);
        };
    }

    private Expression name(Token token) {
        Value constant = switch (token.text()) {
            case "true", "True" -> Value.Bool.TRUE;
            case "false", "False" -> Value.Bool.FALSE;
            case "none", "None" -> Value.None.NONE;
            default -> null;
        };
        if (constant != null) {
            return new Expression.Literal(constant, token.offset());
        }
        names.add(token.text());
        return new Expression.Name(token.text(), token.offset());
    }

    private Expression strings(int offset) {
        StringBuilder text = new StringBuilder();
        while (tokens.at(Kind.STRING)) {
            text.append(tokens.next().text());
        }
        return new Expression.Literal(Value.Str.of(text.toString()), offset);
    }

    private Value integer(Token token) {
        String text = token.text().toLowerCase(java.util.Locale.ROOT);
        try {
            if (text.startsWith("0x")) {
                return Value.Int.of(Long.parseLong(text.substring(2), 16));
            }
            if (text.startsWith("0o")) {
                return Value.Int.of(Long.parseLong(text.substring(2), 8));
            }
            if (text.startsWith("0b")) {
                return Value.Int.of(Long.parseLong(text.substring(2), 2));
            }
            return Value.Int.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return new Value.Unknown("the number " + token.text() + " has more than 64 bits");
        }
    }

    private Expression display(int offset) {
        if (tokens.skipOperator("(")) {
            return deeper(() -> parenthesized(offset));
        }
        if (tokens.skipOperator("[")) {
            return deeper(() -> new Expression.ListDisplay(items("]"), offset));
        }
        if (tokens.skipOperator("{")) {
            return deeper(() -> dictionary(offset));
        }
        throw tokens.error("expected an expression, found " + tokens.current());
    }

    private Expression parenthesized(int offset) {
        if (tokens.skipOperator(")")) {
            return new Expression.TupleDisplay(List.of(), offset);
        }
        Expression value = tuple(true, null);
        tokens.expectOperator(")");
        return value;
    }

    private List<Expression> items(String close) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipOperator(close)) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(close)) {
                    break;
                }
            }
            items.add(expression());
        }
        return items;
    }

    private Expression dictionary(int offset) {
        List<Expression.Entry> entries = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            if (!entries.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("}")) {
                    break;
                }
            }
            Expression key = expression();
            tokens.expectOperator(":");
            entries.add(new Expression.Entry(key, expression()));
        }
        return new Expression.DictDisplay(entries, offset);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            int offset = tokens.current().offset();
            if (tokens.skipOperator(".")) {
                value = member(value, offset);
            } else if (tokens.skipOperator("[")) {
                value = subscript(value, offset);
            } else if (tokens.atOperator("(")) {
                value = new Expression.Call(value, arguments(), start.offset());
            } else {
                return value;
            }
        }
    }

    private Expression member(Expression value, int offset) {
        if (tokens.at(Kind.INTEGER)) {
            return new Expression.Item(value, new Expression.Literal(integer(tokens.next()), offset), offset);
        }
        return new Expression.Attribute(value, tokens.expect(Kind.NAME).text(), offset);
    }

    private Expression subscript(Expression value, int offset) {
        List<Expression> indexes = new ArrayList<>();
        Expression result = null;
        while (!tokens.skipOperator("]")) {
            if (!indexes.isEmpty() || result != null) {
                tokens.expectOperator(",");
            }
            Expression start = tokens.atOperator(":") ? null : expression();
            if (tokens.skipOperator(":")) {
                Expression stop = atSliceEnd() ? null : expression();
                Expression step = tokens.skipOperator(":") && !atSliceEnd() ? expression() : null;
                result = new Expression.Slice(value, start, stop, step, offset);
            } else if (start != null) {
                indexes.add(start);
            }
        }
        if (result != null && indexes.isEmpty()) {
            return result;
        }
        if (indexes.isEmpty() || result != null) {
            throw tokens.error("expected one index");
        }
        Expression index = indexes.size() == 1 ? indexes.get(0) : new Expression.TupleDisplay(indexes, offset);
        return new Expression.Item(value, index, offset);
    }

    private boolean atSliceEnd() {
        return tokens.atOperator(":") || tokens.atOperator("]") || tokens.atOperator(",");
    }

    Arguments arguments() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        List<Expression.NamedArgument> named = new ArrayList<>();
        Expression varargs = null;
        Expression kwargs = null;
        boolean first = true;
        while (!tokens.skipOperator(")")) {
            if (!first) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            first = false;
            if (tokens.skipOperator("*")) {
                varargs = expression();
            } else if (tokens.skipOperator("**")) {
                kwargs = expression();
            } else if (tokens.at(Kind.NAME) && tokens.ahead().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.add(new Expression.NamedArgument(name, expression()));
            } else if (!named.isEmpty() || kwargs != null) {
                throw tokens.error("a positional argument cannot follow a named one");
            } else {
                positional.add(expression());
            }
        }
        return new Arguments(positional, named, varargs, kwargs);
    }

    private Expression filters(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.atOperator("|")) {
                value = filter(value);
            } else if (tokens.atName("is")) {
                value = test(value);
            } else if (tokens.atOperator("(")) {
                value = new Expression.Call(value, arguments(), start.offset());
            } else {
                return value;
            }
        }
    }

    /** One filter; at its bar, or for a filter block's first one behind it. */
    private Expression.Filter filter(@Nullable Expression target) {
        tokens.skipOperator("|");
        int offset = tokens.current().offset();
        String name = dottedName();
        return new Expression.Filter(target, name, tokens.atOperator("(") ? arguments() : Arguments.NONE, offset);
    }

    /** A chain of filters without a target, as in a filter block; null where none stands. */
    Expression.@Nullable Filter filterChain() {
        Expression.Filter chain = null;
        while (tokens.atOperator("|") || (chain == null && tokens.at(Kind.NAME))) {
            chain = filter(chain);
        }
        return chain;
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(tokens.expect(Kind.NAME).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Kind.NAME).text());
        }
        return name.toString();
    }

    private Expression test(Expression target) {
        int offset = tokens.next().offset();
        boolean negated = tokens.skipName("not");
        String name = dottedName();
        Arguments arguments = Arguments.NONE;
        if (tokens.atOperator("(")) {
            arguments = arguments();
        } else if (atBareTestArgument()) {
            arguments = new Arguments(List.of(postfix(primary())), List.of(), null, null);
        }
        return new Expression.Test(target, name, arguments, negated, offset);
    }

    private boolean atBareTestArgument() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> !Set.of("else", "or", "and", "is", "if", "in", "not").contains(token.text());
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.isOperator("[") || token.isOperator("{");
            case DATA, VARIABLE_BEGIN, VARIABLE_END, BLOCK_BEGIN, BLOCK_END, END -> false;
        };
    }
}
