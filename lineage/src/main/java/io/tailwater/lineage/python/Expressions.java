package io.tailwater.lineage.python;

import io.tailwater.lineage.python.Expression.Argument;
import io.tailwater.lineage.python.Expression.ComprehensionKind;
import io.tailwater.lineage.python.Expression.ConstantKind;
import io.tailwater.lineage.python.Expression.Entry;
import io.tailwater.lineage.python.Expression.Generator;
import io.tailwater.lineage.python.Expression.Parameter;
import io.tailwater.lineage.python.Expression.SequenceKind;
import io.tailwater.lineage.python.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The grammar of expressions: https://docs.python.org/3/reference/grammar.html. */
final class Expressions {
    /** Binary operators by precedence, loosest first. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("|"),
            Set.of("^"),
            Set.of("&"),
            Set.of("<<", ">>"),
            Set.of("+", "-"),
            Set.of("*", "/", "//", "%", "@"));

    private static final Set<String> COMPARISONS = Set.of("<", ">", "==", ">=", "<=", "!=", "<>");
    /** Longest chain of calls, attributes and subscripts after each other. */
    private static final int MOST_TRAILERS = 500;

    private final Cursor cursor;
    private final String text;
    private final PythonLimits limits;
    private final Strings strings;

    Expressions(Cursor cursor, String text, PythonLimits limits) {
        this.cursor = cursor;
        this.text = text;
        this.limits = limits;
        this.strings = new Strings(text, this::field);
    }

    /** The expression of a replacement field. */
    private Expression field(Token range) {
        List<Token> tokens = Tokenizer.ofExpression(text, range.start(), range.end(), range.line(), limits);
        Cursor inner = new Cursor(tokens, limits.maxDepth(), cursor.depth());
        Expression value = new Expressions(inner, text, limits).starredList();
        if (!inner.at(Kind.END)) {
            throw inner.failure("the end of the field");
        }
        return value;
    }

    /** {@code star_expressions}, or {@code yield}: what may stand on the right of an assignment. */
    Expression starredList() {
        if (cursor.at("yield")) {
            return yielded();
        }
        return list(true);
    }

    /** What may be looped over, or a list of targets. */
    private Expression list(boolean walrus) {
        Token first = cursor.peek();
        Expression one = starredOrNamed(walrus);
        if (!cursor.at(",")) {
            return one;
        }
        List<Expression> elements = new ArrayList<>(List.of(one));
        while (cursor.take(",")) {
            if (!startsExpression()) {
                break;
            }
            elements.add(starredOrNamed(walrus));
        }
        return new Expression.Sequence(span(first), SequenceKind.TUPLE, elements);
    }

    private Expression starredOrNamed(boolean walrus) {
        Token first = cursor.peek();
        if (cursor.take("*")) {
            Expression value = binary(0);
            return new Expression.Starred(span(first), value);
        }
        return walrus ? named() : binary(0);
    }

    /** Targets of a loop: no comparison, since {@code in} follows. */
    Expression targets() {
        return list(false);
    }

    /** An expression, or {@code name := expression}. */
    Expression named() {
        Token first = cursor.peek();
        Expression value = expression();
        if (cursor.take(":=")) {
            Expression right = expression();
            return new Expression.Walrus(span(first), value, right);
        }
        return value;
    }

    /** An expression without a star or {@code :=}. */
    Expression expression() {
        cursor.enter();
        try {
            Token first = cursor.peek();
            if (cursor.at("lambda")) {
                return lambda();
            }
            Expression value = logical("or");
            if (cursor.take("if")) {
                Expression test = logical("or");
                cursor.expect("else");
                Expression otherwise = expression();
                return new Expression.Conditional(span(first), test, value, otherwise);
            }
            return value;
        } finally {
            cursor.leave();
        }
    }

    private Expression lambda() {
        Token first = cursor.expect("lambda");
        List<Parameter> parameters = parameters(":", false);
        cursor.expect(":");
        Expression body = expression();
        return new Expression.Lambda(span(first), parameters, body);
    }

    private Expression yielded() {
        Token first = cursor.expect("yield");
        if (cursor.take("from")) {
            Expression value = expression();
            return new Expression.Yield(span(first), true, value);
        }
        Expression value = startsExpression() ? list(true) : null;
        return new Expression.Yield(span(first), false, value);
    }

    private Expression logical(String operator) {
        Token first = cursor.peek();
        boolean or = operator.equals("or");
        Expression one = or ? logical("and") : negation();
        if (!cursor.at(operator)) {
            return one;
        }
        List<Expression> operands = new ArrayList<>(List.of(one));
        while (cursor.take(operator)) {
            operands.add(or ? logical("and") : negation());
        }
        return new Expression.Logical(span(first), operator, operands);
    }

    private Expression negation() {
        Token first = cursor.peek();
        if (!cursor.at("not")) {
            return comparison();
        }
        cursor.enter();
        try {
            cursor.next();
            Expression operand = negation();
            return new Expression.Unary(span(first), "not", operand);
        } finally {
            cursor.leave();
        }
    }

    private Expression comparison() {
        Token first = cursor.peek();
        Expression one = binary(0);
        String operator = comparisonOperator();
        if (operator == null) {
            return one;
        }
        List<Expression> operands = new ArrayList<>(List.of(one));
        List<String> operators = new ArrayList<>();
        while (operator != null) {
            operators.add(operator);
            operands.add(binary(0));
            operator = comparisonOperator();
        }
        return new Expression.Comparison(span(first), operands, operators);
    }

    private @Nullable String comparisonOperator() {
        Token token = cursor.peek();
        if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
            return cursor.next().text();
        }
        if (cursor.take("in")) {
            return "in";
        }
        if (cursor.take("is")) {
            return cursor.take("not") ? "is not" : "is";
        }
        if (cursor.at("not") && Cursor.is(cursor.peek(1), "in")) {
            cursor.next();
            cursor.next();
            return "not in";
        }
        return null;
    }

    /** An operand with the operators of a level and of the tighter ones: tightest first, to keep the stack low. */
    private Expression binary(int loosest) {
        Token first = cursor.peek();
        Expression value = unary();
        for (int level = LEVELS.size() - 1; level >= loosest; level--) {
            Set<String> here = LEVELS.get(level);
            if (atOperator(here)) {
                List<Expression> operands = new ArrayList<>(List.of(value));
                List<String> operators = new ArrayList<>();
                while (atOperator(here)) {
                    operators.add(cursor.next().text());
                    operands.add(binary(level + 1));
                }
                value = new Expression.Operation(span(first), operands, operators);
            }
        }
        return value;
    }

    private boolean atOperator(Set<String> operators) {
        return cursor.at(Kind.OPERATOR) && operators.contains(cursor.peek().text());
    }

    private Expression unary() {
        Token first = cursor.peek();
        if (cursor.at("-") || cursor.at("+") || cursor.at("~")) {
            cursor.enter();
            try {
                String operator = cursor.next().text();
                Expression operand = unary();
                return new Expression.Unary(span(first), operator, operand);
            } finally {
                cursor.leave();
            }
        }
        Expression base = awaited();
        if (cursor.at("**")) {
            cursor.enter();
            try {
                cursor.next();
                Expression exponent = unary();
                return new Expression.Operation(span(first), List.of(base, exponent), List.of("**"));
            } finally {
                cursor.leave();
            }
        }
        return base;
    }

    private Expression awaited() {
        Token first = cursor.peek();
        if (cursor.take("await")) {
            Expression value = primary();
            return new Expression.Await(span(first), value);
        }
        return primary();
    }

    private Expression primary() {
        Token first = cursor.peek();
        Expression value = atom();
        int line = first.line();
        int trailers = 0;
        while (true) {
            if (cursor.at(".") || cursor.at("(") || cursor.at("[")) {
                if (++trailers > MOST_TRAILERS) {
                    throw new Failure(
                            cursor.peek().line(), "more than " + MOST_TRAILERS + " calls stand after each other");
                }
            }
            if (cursor.take(".")) {
                Token name = cursor.expect(Kind.NAME, "a name");
                line = name.line();
                value = new Expression.Attribute(span(first, line), value, name.text());
            } else if (cursor.at("(")) {
                List<Argument> arguments = arguments();
                value = new Expression.Call(span(first, line), value, arguments);
            } else if (cursor.take("[")) {
                Expression index = index();
                cursor.expect("]");
                value = new Expression.Subscript(span(first), value, index);
            } else {
                return value;
            }
        }
    }

    private Expression index() {
        Token first = cursor.peek();
        Expression one = slice();
        if (!cursor.at(",")) {
            return one;
        }
        List<Expression> elements = new ArrayList<>(List.of(one));
        while (cursor.take(",")) {
            if (cursor.at("]")) {
                break;
            }
            elements.add(slice());
        }
        return new Expression.Sequence(span(first), SequenceKind.TUPLE, elements);
    }

    private Expression slice() {
        Token first = cursor.peek();
        Expression lower = cursor.at(":") ? null : starredOrNamed(true);
        if (!cursor.take(":")) {
            return lower == null ? named() : lower;
        }
        Expression upper = cursor.at(":") || cursor.at(",") || cursor.at("]") ? null : expression();
        Expression step = null;
        if (cursor.take(":") && !cursor.at(",") && !cursor.at("]")) {
            step = expression();
        }
        return new Expression.Slice(span(first), lower, upper, step);
    }

    /** Arguments in parentheses. */
    List<Argument> arguments() {
        cursor.expect("(");
        List<Argument> arguments = new ArrayList<>();
        while (!cursor.at(")")) {
            if (cursor.take("**")) {
                arguments.add(new Argument(null, 2, expression()));
            } else if (cursor.take("*")) {
                arguments.add(new Argument(null, 1, expression()));
            } else if (cursor.at(Kind.NAME) && Cursor.is(cursor.peek(1), "=")) {
                String name = cursor.name().text();
                cursor.next();
                arguments.add(new Argument(name, 0, expression()));
            } else {
                Token first = cursor.peek();
                Expression value = named();
                if (atComprehension()) {
                    value = new Expression.Comprehension(
                            span(first), ComprehensionKind.GENERATOR, value, null, generators());
                }
                arguments.add(new Argument(null, 0, value));
            }
            if (!cursor.take(",")) {
                break;
            }
        }
        cursor.expect(")");
        return arguments;
    }

    private boolean atComprehension() {
        return cursor.at("for") || cursor.at("async") && Cursor.is(cursor.peek(1), "for");
    }

    private List<Generator> generators() {
        List<Generator> generators = new ArrayList<>();
        while (atComprehension()) {
            cursor.take("async");
            cursor.expect("for");
            Expression target = targets();
            cursor.expect("in");
            Expression iterable = logical("or");
            List<Expression> conditions = new ArrayList<>();
            while (cursor.take("if")) {
                conditions.add(condition());
            }
            generators.add(new Generator(target, iterable, conditions));
        }
        return generators;
    }

    /** A condition of a comprehension: after it another {@code if} starts the next one. */
    private Expression condition() {
        Token first = cursor.peek();
        Expression value = logical("or");
        if (cursor.take(":=")) {
            Expression right = logical("or");
            return new Expression.Walrus(span(first), value, right);
        }
        return value;
    }

    private Expression atom() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case NAME -> nameOrConstant(token);
            case NUMBER -> {
                cursor.next();
                yield new Expression.Constant(token.span(), ConstantKind.NUMBER, token.text());
            }
            case STRING -> string(token);
            case OPERATOR -> bracketed(token);
            case NEWLINE, INDENT, DEDENT, ERROR, END -> throw cursor.failure("an expression");
        };
    }

    private Expression nameOrConstant(Token token) {
        ConstantKind kind = switch (token.text()) {
            case "True" -> ConstantKind.TRUE;
            case "False" -> ConstantKind.FALSE;
            case "None" -> ConstantKind.NONE;
            default -> null;
        };
        if (kind == null) {
            return new Expression.Name(cursor.name().span(), token.text());
        }
        cursor.next();
        return new Expression.Constant(token.span(), kind, token.text());
    }

    private Expression string(Token first) {
        List<TextPart> parts = new ArrayList<>();
        boolean bytes = strings.isBytes(first);
        while (cursor.at(Kind.STRING)) {
            strings.parts(cursor.next(), parts);
        }
        return new Expression.Text(span(first), bytes, parts);
    }

    private Expression bracketed(Token token) {
        return switch (token.text()) {
            case "(" -> parenthesized();
            case "[" -> listDisplay();
            case "{" -> braces();
            case "..." -> {
                cursor.next();
                yield new Expression.Constant(token.span(), ConstantKind.ELLIPSIS, "...");
            }
            default -> throw cursor.failure("an expression");
        };
    }

    private Expression parenthesized() {
        Token first = cursor.expect("(");
        if (cursor.take(")")) {
            return new Expression.Sequence(span(first), SequenceKind.TUPLE, List.of());
        }
        if (cursor.at("yield")) {
            Expression value = yielded();
            cursor.expect(")");
            return value;
        }
        Expression value = list(true);
        if (atComprehension()) {
            List<Generator> generators = generators();
            cursor.expect(")");
            return new Expression.Comprehension(span(first), ComprehensionKind.GENERATOR, value, null, generators);
        }
        cursor.expect(")");
        return value;
    }

    private Expression listDisplay() {
        Token first = cursor.expect("[");
        List<Expression> elements = new ArrayList<>();
        while (!cursor.at("]")) {
            elements.add(starredOrNamed(true));
            if (elements.size() == 1 && atComprehension()) {
                List<Generator> generators = generators();
                cursor.expect("]");
                return new Expression.Comprehension(
                        span(first), ComprehensionKind.LIST, elements.getFirst(), null, generators);
            }
            if (!cursor.take(",")) {
                break;
            }
        }
        cursor.expect("]");
        return new Expression.Sequence(span(first), SequenceKind.LIST, elements);
    }

    private Expression braces() {
        Token first = cursor.expect("{");
        if (cursor.take("}")) {
            return new Expression.Dictionary(span(first), List.of());
        }
        if (cursor.at("**")) {
            return dictionary(first, new ArrayList<>());
        }
        Expression one = starredOrNamed(true);
        if (cursor.take(":")) {
            Expression value = expression();
            if (atComprehension()) {
                List<Generator> generators = generators();
                cursor.expect("}");
                return new Expression.Comprehension(span(first), ComprehensionKind.DICTIONARY, one, value, generators);
            }
            List<Entry> entries = new ArrayList<>(List.of(new Entry(one, value)));
            if (!cursor.take(",")) {
                cursor.expect("}");
                return new Expression.Dictionary(span(first), entries);
            }
            return dictionary(first, entries);
        }
        if (atComprehension()) {
            List<Generator> generators = generators();
            cursor.expect("}");
            return new Expression.Comprehension(span(first), ComprehensionKind.SET, one, null, generators);
        }
        List<Expression> elements = new ArrayList<>(List.of(one));
        while (cursor.take(",") && !cursor.at("}")) {
            elements.add(starredOrNamed(true));
        }
        cursor.expect("}");
        return new Expression.Sequence(span(first), SequenceKind.SET, elements);
    }

    private Expression dictionary(Token first, List<Entry> entries) {
        while (!cursor.at("}")) {
            if (cursor.take("**")) {
                entries.add(new Entry(null, binary(0)));
            } else {
                Expression key = expression();
                cursor.expect(":");
                entries.add(new Entry(key, expression()));
            }
            if (!cursor.take(",")) {
                break;
            }
        }
        cursor.expect("}");
        return new Expression.Dictionary(span(first), entries);
    }

    /**
     * Parameters up to a token that is not taken.
     *
     * @param annotations whether parameters may have types
     */
    List<Parameter> parameters(String end, boolean annotations) {
        List<Parameter> parameters = new ArrayList<>();
        boolean keywordOnly = false;
        while (!cursor.at(end)) {
            if (!cursor.take("/")) {
                int stars = cursor.take("**") ? 2 : cursor.take("*") ? 1 : 0;
                if (stars != 1 || cursor.atName()) {
                    parameters.add(parameter(stars, keywordOnly, annotations));
                }
                keywordOnly |= stars == 1;
            }
            if (!cursor.take(",")) {
                break;
            }
        }
        return parameters;
    }

    private Parameter parameter(int stars, boolean keywordOnly, boolean annotations) {
        String name = cursor.name().text();
        Expression annotation = annotations && cursor.take(":") ? annotation() : null;
        Expression value = cursor.take("=") ? expression() : null;
        return new Parameter(name, stars, keywordOnly, annotation, value);
    }

    private Expression annotation() {
        return cursor.at("*") ? starredOrNamed(false) : expression();
    }

    /** Whether an expression can start here. */
    boolean startsExpression() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case STRING, NUMBER -> true;
            case NAME ->
                !Cursor.isKeyword(token.text())
                        || Set.of("None", "True", "False", "not", "lambda", "await")
                                .contains(token.text());
            case OPERATOR -> Set.of("(", "[", "{", "-", "+", "~", "...", "*").contains(token.text());
            case NEWLINE, INDENT, DEDENT, ERROR, END -> false;
        };
    }

    private Span span(Token first, int line) {
        Span whole = span(first);
        return new Span(whole.start(), whole.end(), line);
    }

    /** From the start of a token to the last one taken. */
    Span span(Token first) {
        return new Span(first.start(), Math.max(first.end(), cursor.last().end()), first.line());
    }
}
