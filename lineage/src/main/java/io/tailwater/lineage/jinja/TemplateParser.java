package io.tailwater.lineage.jinja;

import io.tailwater.lineage.jinja.MacroDefinition.Parameter;
import io.tailwater.lineage.jinja.Statement.Target;
import io.tailwater.lineage.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the statements of a template, dbt's own blocks included. */
final class TemplateParser {
    private static final int DEEPEST = 80;

    private final Template template;
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private int depth;

    TemplateParser(Template template) {
        this.template = template;
        this.tokens = new TokenStream(template, new Lexer(template).tokens());
        this.expressions = new ExpressionParser(tokens);
    }

    List<Statement> parse() {
        List<Statement> body = statements(Set.of());
        if (!tokens.at(Kind.END)) {
            throw tokens.error("found " + tokens.ahead() + " without the tag it closes");
        }
        return body;
    }

    /** Statements up to one of the closing tags, whose name is left as the current token. */
    private List<Statement> statements(Set<String> closing) {
        if (++depth > DEEPEST) {
            throw tokens.error("blocks are nested deeper than " + DEEPEST);
        }
        List<Statement> body = new ArrayList<>();
        while (!tokens.at(Kind.END)) {
            if (tokens.at(Kind.DATA)) {
                Token data = tokens.next();
                body.add(new Statement.Data(data.text(), data.offset()));
            } else if (tokens.at(Kind.VARIABLE_BEGIN)) {
                int offset = tokens.next().offset();
                if (tokens.at(Kind.VARIABLE_END)) {
                    throw tokens.error("expected an expression, found the end of the tag");
                }
                Expression value = expressions.tuple(true, null);
                tokens.expect(Kind.VARIABLE_END);
                body.add(new Statement.Output(value, offset));
            } else {
                Token name = tokens.ahead();
                if (closing.contains(name.text())
                        || (closing.isEmpty() && name.text().startsWith("end"))) {
                    break;
                }
                tokens.next();
                Statement statement = tag(tokens.expect(Kind.NAME));
                if (statement != null) {
                    body.add(statement);
                }
            }
        }
        depth--;
        return body;
    }

    /** The body of a block up to and including its closing tag. */
    private List<Statement> bodyUntil(String end, int start) {
        tokens.expect(Kind.BLOCK_END);
        List<Statement> body = statements(Set.of(end));
        close(end, start);
        return body;
    }

    private void close(String end, int start) {
        if (tokens.at(Kind.END)) {
            throw new TemplateException("the block has no " + end, new Origin(template, start, null));
        }
        tokens.expect(Kind.BLOCK_BEGIN);
        tokens.expectName(end);
        if (end.equals("endblock") && tokens.at(Kind.NAME)) {
            tokens.next();
        }
        tokens.expect(Kind.BLOCK_END);
    }

    private @Nullable Statement tag(Token name) {
        int at = name.offset();
        return switch (name.text()) {
            case "set" -> set(at);
            case "if" -> conditional(at);
            case "for" -> loop(at);
            case "macro" ->
                new Statement.Macro(macro(at, tokens.expect(Kind.NAME).text(), "endmacro"), at);
            case "call" -> call(at);
            case "filter" -> filter(at);
            case "do" -> new Statement.Do(lastExpression(), at);
            case "print" -> print(at);
            case "with" -> with(at);
            case "include" -> include(at);
            case "import" -> importModule(at);
            case "from" -> fromImport(at);
            case "block" -> block(at);
            case "autoescape" -> {
                expressions.expression();
                yield new Statement.Block(bodyUntil("endautoescape", at), at);
            }
            case "snapshot" -> snapshot(at);
            case "test", "data_test" ->
                new Statement.Macro(
                        macro(
                                at,
                                "test_" + tokens.expect(Kind.NAME).text(),
                                name.text().equals("test") ? "endtest" : "enddata_test"),
                        at);
            case "docs" -> ignored("enddocs", at);
            case "materialization" -> ignored("endmaterialization", at);
            default ->
                throw new TemplateException("the tag '" + name.text() + "' is unknown", new Origin(template, at, null));
        };
    }

    private Expression lastExpression() {
        Expression value = expressions.tuple(true, null);
        tokens.expect(Kind.BLOCK_END);
        return value;
    }

    private Statement print(int at) {
        List<Statement> outputs = new ArrayList<>();
        while (!tokens.at(Kind.BLOCK_END)) {
            if (!outputs.isEmpty()) {
                tokens.expectOperator(",");
            }
            outputs.add(new Statement.Output(expressions.expression(), at));
        }
        tokens.expect(Kind.BLOCK_END);
        return new Statement.Block(outputs, at);
    }

    private @Nullable Statement ignored(String end, int at) {
        while (!tokens.at(Kind.BLOCK_END)) {
            tokens.next();
        }
        bodyUntil(end, at);
        return null;
    }

    private Statement set(int at) {
        Target target = target(true);
        if (tokens.skipOperator("=")) {
            return new Statement.Assignment(target, lastExpression(), at);
        }
        Expression.Filter filter = expressions.filterChain();
        return new Statement.BlockAssignment(target, filter, bodyUntil("endset", at), at);
    }

    private Target target(boolean tuples) {
        Target first = singleTarget();
        if (!tuples || !tokens.atOperator(",")) {
            return first;
        }
        List<Target> targets = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",")) {
            if (tokens.at(Kind.NAME) && !tokens.atName("in") || tokens.atOperator("(")) {
                targets.add(singleTarget());
            }
        }
        return new Target.Unpacking(targets);
    }

    private Target singleTarget() {
        if (tokens.skipOperator("(")) {
            Target inner = target(true);
            tokens.expectOperator(")");
            return inner;
        }
        String name = tokens.expect(Kind.NAME).text();
        if (tokens.skipOperator(".")) {
            return new Target.Member(name, tokens.expect(Kind.NAME).text());
        }
        return new Target.Variable(name);
    }

    private Statement conditional(int at) {
        List<Statement.Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        while (true) {
            Expression condition = expressions.tuple(false, null);
            tokens.expect(Kind.BLOCK_END);
            branches.add(new Statement.Branch(condition, statements(Set.of("elif", "else", "endif"))));
            if (tokens.at(Kind.END)) {
                throw new TemplateException("the block has no endif", new Origin(template, at, null));
            }
            tokens.next();
            String tag = tokens.next().text();
            if (tag.equals("elif")) {
                continue;
            }
            if (tag.equals("else")) {
                otherwise = bodyUntil("endif", at);
            } else {
                tokens.expect(Kind.BLOCK_END);
            }
            return new Statement.If(branches, otherwise, at);
        }
    }

    private Statement loop(int at) {
        Target target = target(true);
        tokens.expectName("in");
        Expression iterable = expressions.tuple(false, "recursive");
        Expression filter = tokens.skipName("if") ? expressions.expression() : null;
        if (tokens.atName("recursive")) {
            throw tokens.error("recursive loops are not supported");
        }
        tokens.expect(Kind.BLOCK_END);
        List<Statement> body = statements(Set.of("endfor", "else"));
        List<Statement> otherwise = List.of();
        if (!tokens.at(Kind.END) && tokens.ahead().isName("else")) {
            tokens.next();
            tokens.next();
            otherwise = bodyUntil("endfor", at);
        } else {
            close("endfor", at);
        }
        return new Statement.For(target, iterable, filter, body, otherwise, at);
    }

    private MacroDefinition macro(int at, String name, String end) {
        Set<String> outer = expressions.exchangeNames(new HashSet<>());
        List<Parameter> parameters = parameters();
        List<Statement> body = bodyUntil(end, at);
        Set<String> used = expressions.exchangeNames(outer);
        outer.addAll(used);
        return new MacroDefinition(
                template, name, at, parameters, body, used.contains("varargs"), used.contains("kwargs"));
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            String name = tokens.expect(Kind.NAME).text();
            if (tokens.skipOperator(":")) {
                // a type hint, as dbt allows it
                expressions.expression();
            }
            parameters.add(new Parameter(name, tokens.skipOperator("=") ? expressions.expression() : null));
        }
        return parameters;
    }

    private Statement call(int at) {
        Set<String> outer = expressions.exchangeNames(new HashSet<>());
        List<Parameter> parameters = tokens.atOperator("(") ? parameters() : List.of();
        Expression call = expressions.expression();
        if (!(call instanceof Expression.Call called)) {
            throw tokens.error("a call block needs a call");
        }
        List<Statement> body = bodyUntil("endcall", at);
        Set<String> used = expressions.exchangeNames(outer);
        outer.addAll(used);
        MacroDefinition caller = new MacroDefinition(
                template, "caller", at, parameters, body, used.contains("varargs"), used.contains("kwargs"));
        return new Statement.CallBlock(caller, called, at);
    }

    private Statement filter(int at) {
        Expression.Filter filter = expressions.filterChain();
        if (filter == null) {
            throw tokens.error("a filter block needs a filter");
        }
        return new Statement.FilterBlock(filter, bodyUntil("endfilter", at), at);
    }

    private Statement with(int at) {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.at(Kind.BLOCK_END)) {
            if (!targets.isEmpty()) {
                tokens.expectOperator(",");
            }
            targets.add(target(false));
            tokens.expectOperator("=");
            values.add(expressions.expression());
        }
        return new Statement.With(targets, values, bodyUntil("endwith", at), at);
    }

    private Statement include(int at) {
        Expression name = expressions.expression();
        boolean ignoreMissing = false;
        if (tokens.atName("ignore")) {
            tokens.next();
            tokens.expectName("missing");
            ignoreMissing = true;
        }
        boolean withContext = context(true);
        tokens.expect(Kind.BLOCK_END);
        return new Statement.Include(name, ignoreMissing, withContext, at);
    }

    private boolean context(boolean usual) {
        if ((tokens.atName("with") || tokens.atName("without"))
                && tokens.ahead().isName("context")) {
            boolean with = tokens.next().text().equals("with");
            tokens.next();
            return with;
        }
        return usual;
    }

    private Statement importModule(int at) {
        Expression name = expressions.expression();
        tokens.expectName("as");
        String as = tokens.expect(Kind.NAME).text();
        boolean withContext = context(false);
        tokens.expect(Kind.BLOCK_END);
        return new Statement.Import(name, as, withContext, at);
    }

    private Statement fromImport(int at) {
        Expression name = expressions.expression();
        tokens.expectName("import");
        List<Statement.ImportedName> names = new ArrayList<>();
        boolean withContext = false;
        while (!tokens.at(Kind.BLOCK_END)) {
            if (tokens.ahead().isName("context")) {
                withContext = context(false);
                break;
            }
            String imported = tokens.expect(Kind.NAME).text();
            String as = tokens.skipName("as") ? tokens.expect(Kind.NAME).text() : imported;
            names.add(new Statement.ImportedName(imported, as));
            tokens.skipOperator(",");
        }
        tokens.expect(Kind.BLOCK_END);
        return new Statement.FromImport(name, names, withContext, at);
    }

    private Statement block(int at) {
        tokens.expect(Kind.NAME);
        while (tokens.at(Kind.NAME)) {
            tokens.next();
        }
        return new Statement.Block(bodyUntil("endblock", at), at);
    }

    private Statement snapshot(int at) {
        String name = tokens.expect(Kind.NAME).text();
        return new Statement.Snapshot(new NamedBlock(template, name, at, bodyUntil("endsnapshot", at)), at);
    }
}
