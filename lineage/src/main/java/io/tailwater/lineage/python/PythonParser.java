package io.tailwater.lineage.python;

import io.tailwater.lineage.python.Expression.Argument;
import io.tailwater.lineage.python.Expression.Parameter;
import io.tailwater.lineage.python.Statement.Alias;
import io.tailwater.lineage.python.Statement.Branch;
import io.tailwater.lineage.python.Statement.Context;
import io.tailwater.lineage.python.Statement.Handler;
import io.tailwater.lineage.python.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Text to tree. Never throws on text: a statement that cannot be read costs itself, and its block if it has one. Bounded by
 * {@link PythonLimits}, so that nothing that is nested can overflow a stack.
 */
public final class PythonParser {
    private static final Set<String> AUGMENTED =
            Set.of("+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**=");

    private final Cursor cursor;
    private final Expressions expressions;
    private final List<Problem> problems = new ArrayList<>();

    private PythonParser(String text, PythonLimits limits) {
        this.cursor = new Cursor(Tokenizer.of(text, limits), limits.maxDepth(), 0);
        this.expressions = new Expressions(cursor, text, limits);
    }

    /** The tree of a text. */
    public static PythonModule parse(String text, PythonLimits limits) {
        if (text.length() > limits.maxCharacters()) {
            String reason =
                    "the file has " + text.length() + " characters, more than the limit of " + limits.maxCharacters();
            return new PythonModule(
                    List.of(new Statement.Unparsed(new Span(0, text.length(), 1), reason)),
                    List.of(new Problem(1, reason)));
        }
        PythonParser parser = new PythonParser(text, limits);
        List<Statement> statements = new ArrayList<>();
        while (!parser.cursor.at(Kind.END)) {
            parser.statement(statements);
        }
        return new PythonModule(statements, parser.problems);
    }

    /** Reads one line of statements or one compound statement, whatever it is. */
    private void statement(List<Statement> into) {
        Token first = cursor.peek();
        int depth = cursor.depth();
        int size = into.size();
        try {
            if (!compound(into)) {
                simpleLine(into);
            }
        } catch (Failure failure) {
            cursor.depth(depth);
            while (into.size() > size) {
                into.removeLast();
            }
            skip();
            problems.add(new Problem(failure.line(), failure.reason()));
            into.add(new Statement.Unparsed(expressions.span(first), failure.reason()));
        }
    }

    /** Skips the rest of the line, and the block that follows it. */
    private void skip() {
        int open = 0;
        while (!cursor.at(Kind.END)) {
            Token token = cursor.next();
            if (token.kind() == Kind.INDENT) {
                open++;
            } else if (token.kind() == Kind.DEDENT) {
                open--;
                if (open < 0) {
                    // the block around it ends here, and must see that
                    cursor.reset(cursor.mark() - 1);
                    return;
                }
            }
            boolean lineEnds = token.kind() == Kind.NEWLINE || token.kind() == Kind.DEDENT;
            if (open == 0 && lineEnds && !cursor.at(Kind.INDENT)) {
                return;
            }
        }
    }

    private void simpleLine(List<Statement> into) {
        do {
            if (cursor.at(Kind.NEWLINE)) {
                break;
            }
            into.add(simple());
        } while (cursor.take(";"));
        cursor.expect(Kind.NEWLINE, "the end of the statement");
    }

    private Statement simple() {
        Token first = cursor.peek();
        return switch (first.kind() == Kind.NAME ? first.text() : "") {
            case "pass", "break", "continue" -> {
                cursor.next();
                yield new Statement.Simple(first.span(), first.text());
            }
            case "return" -> {
                cursor.next();
                Expression value = atEnd() ? null : expressions.starredList();
                yield new Statement.Return(expressions.span(first), value);
            }
            case "raise" -> raise(first);
            case "global", "nonlocal" -> scope(first);
            case "del" -> delete(first);
            case "assert" -> {
                cursor.next();
                Expression test = expressions.expression();
                Expression message = cursor.take(",") ? expressions.expression() : null;
                yield new Statement.Assert(expressions.span(first), test, message);
            }
            case "import" -> {
                cursor.next();
                List<Alias> names = new ArrayList<>();
                do {
                    names.add(new Alias(
                            dotted(), cursor.take("as") ? cursor.name().text() : null));
                } while (cursor.take(","));
                yield new Statement.Import(expressions.span(first), names);
            }
            case "from" -> importFrom(first);
            case "type" -> isTypeAlias() ? typeAlias(first) : expressionOrAssignment(first);
            default -> expressionOrAssignment(first);
        };
    }

    private boolean atEnd() {
        return cursor.at(Kind.NEWLINE) || cursor.at(";") || cursor.at(Kind.END);
    }

    private Statement raise(Token first) {
        cursor.next();
        Expression value = atEnd() ? null : expressions.expression();
        Expression cause = value != null && cursor.take("from") ? expressions.expression() : null;
        return new Statement.Raise(expressions.span(first), value, cause);
    }

    private Statement scope(Token first) {
        cursor.next();
        List<String> names = new ArrayList<>();
        do {
            names.add(cursor.name().text());
        } while (cursor.take(","));
        return new Statement.Scope(expressions.span(first), first.text(), names);
    }

    private Statement delete(Token first) {
        cursor.next();
        Expression targets = expressions.targets();
        List<Expression> each =
                targets instanceof Expression.Sequence sequence && sequence.kind() == Expression.SequenceKind.TUPLE
                        ? sequence.elements()
                        : List.of(targets);
        return new Statement.Delete(expressions.span(first), each);
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(cursor.name().text());
        while (cursor.take(".")) {
            name.append('.').append(cursor.name().text());
        }
        return name.toString();
    }

    private Statement importFrom(Token first) {
        cursor.next();
        int level = 0;
        while (cursor.at(".") || cursor.at("...")) {
            level += cursor.next().text().length();
        }
        String module = level > 0 && cursor.at("import") ? "" : dotted();
        cursor.expect("import");
        List<Alias> names = new ArrayList<>();
        if (cursor.take("*")) {
            names.add(new Alias("*", null));
        } else {
            boolean parentheses = cursor.take("(");
            do {
                if (parentheses && cursor.at(")")) {
                    break;
                }
                names.add(new Alias(
                        cursor.name().text(), cursor.take("as") ? cursor.name().text() : null));
            } while (cursor.take(","));
            if (parentheses) {
                cursor.expect(")");
            }
        }
        return new Statement.ImportFrom(expressions.span(first), level, module, names);
    }

    private boolean isTypeAlias() {
        Token name = cursor.peek(1);
        Token after = cursor.peek(2);
        return name.kind() == Kind.NAME
                && !Cursor.isKeyword(name.text())
                && (Cursor.is(after, "=") || Cursor.is(after, "["));
    }

    private Statement typeAlias(Token first) {
        cursor.next();
        String name = cursor.name().text();
        skipTypeParameters();
        cursor.expect("=");
        Expression value = expressions.expression();
        return new Statement.TypeAlias(expressions.span(first), name, value);
    }

    private void skipTypeParameters() {
        if (!cursor.at("[")) {
            return;
        }
        int open = 0;
        do {
            if (cursor.at(Kind.NEWLINE) || cursor.at(Kind.END)) {
                throw cursor.failure("']'");
            }
            Token token = cursor.next();
            open += Cursor.is(token, "[") ? 1 : Cursor.is(token, "]") ? -1 : 0;
        } while (open > 0);
    }

    private Statement expressionOrAssignment(Token first) {
        Expression value = expressions.starredList();
        if (cursor.take(":")) {
            Expression annotation = expressions.expression();
            Expression assigned = cursor.take("=") ? expressions.starredList() : null;
            return new Statement.AnnotatedAssign(expressions.span(first), value, annotation, assigned);
        }
        if (cursor.at(Kind.OPERATOR) && AUGMENTED.contains(cursor.peek().text())) {
            String operator = cursor.next().text();
            Expression right = expressions.starredList();
            return new Statement.AugmentedAssign(
                    expressions.span(first), value, operator.substring(0, operator.length() - 1), right);
        }
        if (!cursor.at("=")) {
            return new Statement.Evaluate(expressions.span(first), value);
        }
        List<Expression> targets = new ArrayList<>();
        while (cursor.take("=")) {
            if (!isTarget(value)) {
                throw new Failure(first.line(), "a value is assigned to something that cannot hold one");
            }
            targets.add(value);
            value = expressions.starredList();
        }
        return new Statement.Assign(expressions.span(first), targets, value);
    }

    private static boolean isTarget(Expression target) {
        return switch (target) {
            case Expression.Name name -> true;
            case Expression.Attribute attribute -> true;
            case Expression.Subscript subscript -> true;
            case Expression.Starred starred -> isTarget(starred.value());
            case Expression.Sequence sequence ->
                sequence.kind() != Expression.SequenceKind.SET
                        && sequence.elements().stream().allMatch(PythonParser::isTarget);
            case Expression.Constant constant -> false;
            case Expression.Text text -> false;
            case Expression.Dictionary dictionary -> false;
            case Expression.Comprehension comprehension -> false;
            case Expression.Slice slice -> false;
            case Expression.Call call -> false;
            case Expression.Operation operation -> false;
            case Expression.Unary unary -> false;
            case Expression.Logical logical -> false;
            case Expression.Comparison comparison -> false;
            case Expression.Conditional conditional -> false;
            case Expression.Lambda lambda -> false;
            case Expression.Await await -> false;
            case Expression.Yield yield -> false;
            case Expression.Walrus walrus -> false;
        };
    }

    /** Reads a compound statement if one starts here. */
    private boolean compound(List<Statement> into) {
        Token first = cursor.peek();
        if (first.kind() == Kind.OPERATOR && first.text().equals("@")) {
            into.add(decorated(first));
            return true;
        }
        if (first.kind() != Kind.NAME) {
            return false;
        }
        if (first.text().equals("async")) {
            cursor.next();
        }
        switch (cursor.peek().text()) {
            case "if" -> into.add(ifStatement(first));
            case "for" -> into.add(forStatement(first));
            case "while" -> {
                cursor.next();
                Expression test = expressions.named();
                List<Statement> body = block();
                List<Statement> otherwise = cursor.take("else") ? block() : List.of();
                into.add(new Statement.While(expressions.span(first), test, body, otherwise));
            }
            case "try" -> into.add(tryStatement(first));
            case "with" -> into.add(withStatement(first));
            case "def" -> into.add(function(first, List.of()));
            case "class" -> into.add(classDefinition(first, List.of()));
            case "match" -> {
                int mark = cursor.mark();
                int depth = cursor.depth();
                try {
                    into.add(match(first));
                } catch (Failure noMatch) {
                    // 'match' is a name everywhere else
                    cursor.reset(mark);
                    cursor.depth(depth);
                    return false;
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<Statement> block() {
        cursor.expect(":");
        List<Statement> body = new ArrayList<>();
        if (!cursor.at(Kind.NEWLINE)) {
            simpleLine(body);
            return body;
        }
        cursor.next();
        cursor.expect(Kind.INDENT, "an indented block");
        cursor.enter();
        while (!cursor.at(Kind.DEDENT) && !cursor.at(Kind.END)) {
            statement(body);
        }
        cursor.leave();
        if (cursor.at(Kind.DEDENT)) {
            cursor.next();
        }
        return body;
    }

    private Statement ifStatement(Token first) {
        List<Branch> branches = new ArrayList<>();
        do {
            cursor.next();
            Expression test = expressions.named();
            branches.add(new Branch(test, block()));
        } while (cursor.at("elif"));
        List<Statement> otherwise = cursor.take("else") ? block() : List.of();
        return new Statement.If(expressions.span(first), branches, otherwise);
    }

    private Statement forStatement(Token first) {
        cursor.next();
        Expression target = expressions.targets();
        cursor.expect("in");
        Expression iterable = expressions.starredList();
        List<Statement> body = block();
        List<Statement> otherwise = cursor.take("else") ? block() : List.of();
        return new Statement.For(expressions.span(first), target, iterable, body, otherwise);
    }

    private Statement tryStatement(Token first) {
        cursor.next();
        List<Statement> body = block();
        List<Handler> handlers = new ArrayList<>();
        while (cursor.take("except")) {
            cursor.take("*");
            Expression type = cursor.at(":") ? null : expressions.starredList();
            String name = type != null && cursor.take("as") ? cursor.name().text() : null;
            handlers.add(new Handler(type, name, block()));
        }
        List<Statement> otherwise = cursor.take("else") ? block() : List.of();
        List<Statement> last = List.of();
        if (cursor.take("finally")) {
            last = block();
        } else if (handlers.isEmpty()) {
            throw cursor.failure("'except' or 'finally'");
        }
        return new Statement.Try(expressions.span(first), body, handlers, otherwise, last);
    }

    private Statement withStatement(Token first) {
        cursor.next();
        List<Context> contexts = null;
        int mark = cursor.mark();
        int depth = cursor.depth();
        if (cursor.take("(")) {
            try {
                contexts = contexts(")");
                cursor.expect(")");
                if (!cursor.at(":")) {
                    contexts = null;
                }
            } catch (Failure plain) {
                contexts = null;
            }
        }
        if (contexts == null) {
            cursor.reset(mark);
            cursor.depth(depth);
            contexts = contexts(":");
        }
        List<Statement> body = block();
        return new Statement.With(expressions.span(first), contexts, body);
    }

    private List<Context> contexts(String end) {
        List<Context> contexts = new ArrayList<>();
        do {
            if (cursor.at(end) && !contexts.isEmpty()) {
                break;
            }
            Expression value = expressions.named();
            contexts.add(new Context(value, cursor.take("as") ? target() : null));
        } while (cursor.take(","));
        return contexts;
    }

    private Expression target() {
        // a single target: a comma starts the next context
        return expressions.expression();
    }

    private Statement decorated(Token first) {
        List<Expression> decorators = new ArrayList<>();
        while (cursor.take("@")) {
            decorators.add(expressions.named());
            cursor.expect(Kind.NEWLINE, "the end of the decorator");
        }
        cursor.take("async");
        if (cursor.at("class")) {
            return classDefinition(first, decorators);
        }
        return function(first, decorators);
    }

    private Statement function(Token first, List<Expression> decorators) {
        Token keyword = cursor.expect("def");
        String name = cursor.name().text();
        skipTypeParameters();
        cursor.expect("(");
        List<Parameter> parameters = expressions.parameters(")", true);
        cursor.expect(")");
        if (cursor.take("->")) {
            expressions.starredList();
        }
        List<Statement> body = block();
        return new Statement.Function(header(first, keyword), name, parameters, body, decorators);
    }

    private Statement classDefinition(Token first, List<Expression> decorators) {
        Token keyword = cursor.expect("class");
        String name = cursor.name().text();
        skipTypeParameters();
        List<Argument> bases = cursor.at("(") ? expressions.arguments() : List.of();
        List<Statement> body = block();
        return new Statement.ClassDefinition(header(first, keyword), name, bases, body, decorators);
    }

    /** The whole statement with its decorators, by the line of its keyword. */
    private Span header(Token first, Token keyword) {
        Span whole = expressions.span(first);
        return new Span(whole.start(), whole.end(), keyword.line());
    }

    private Statement match(Token first) {
        cursor.next();
        Expression subject = expressions.starredList();
        cursor.expect(":");
        cursor.expect(Kind.NEWLINE, "the end of the line");
        cursor.expect(Kind.INDENT, "an indented block");
        List<List<Statement>> cases = new ArrayList<>();
        while (cursor.at("case")) {
            cursor.next();
            pattern();
            cases.add(block());
        }
        if (cases.isEmpty()) {
            throw cursor.failure("'case'");
        }
        cursor.expect(Kind.DEDENT, "the end of the block");
        return new Statement.Match(expressions.span(first), subject, cases);
    }

    /** Skips a pattern and its guard: up to the colon that no bracket holds. */
    private void pattern() {
        int open = 0;
        boolean any = false;
        while (open > 0 || !cursor.at(":") || !any) {
            if (cursor.at(Kind.NEWLINE) || cursor.at(Kind.END) || cursor.at(Kind.ERROR)) {
                throw cursor.failure("':'");
            }
            if (open == 0 && cursor.take("if")) {
                expressions.named();
                return;
            }
            Token token = cursor.next();
            any = true;
            boolean opens = Cursor.is(token, "(") || Cursor.is(token, "[") || Cursor.is(token, "{");
            boolean closes = Cursor.is(token, ")") || Cursor.is(token, "]") || Cursor.is(token, "}");
            open += opens ? 1 : closes ? -1 : 0;
        }
    }
}
