package io.tailwater.lineage.project.rails;

import io.tailwater.lineage.project.rails.RubyTokens.Kind;
import io.tailwater.lineage.project.rails.RubyTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of Ruby that migrations are written in: classes, methods, conditions, calls with their blocks, literals.
 * What is beyond that becomes {@link Ruby.Unread} at its line. Depth and size are bounded.
 */
final class RubyParser {
    private static final int DEEPEST = 150;
    private static final int MOST_TOKENS = 1_000_000;
    private static final Set<String> ENDS = Set.of("end", "else", "elsif", "when", "in", "rescue", "ensure");
    private static final Set<String> MODIFIERS = Set.of("if", "unless", "while", "until", "rescue");
    private static final Set<String> BETWEEN = Set.of(
            "and", "or", "then", "do", "if", "unless", "while", "until", "rescue", "in", "end", "else", "elsif", "when",
            "ensure");

    /** Too deep, or too long, to read. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch(String reason) {
            super(reason, null, false, false);
        }
    }

    private final List<Token> tokens;
    private int at;
    private int depth;

    private RubyParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads a file.
     *
     * @throws TooMuch when it is nested too deeply or too long
     */
    static List<Ruby> parse(String text) {
        List<Token> tokens = RubyTokens.of(text);
        if (tokens.size() > MOST_TOKENS) {
            throw new TooMuch("the Ruby has more than " + MOST_TOKENS + " words");
        }
        RubyParser parser = new RubyParser(tokens);
        List<Ruby> all = new ArrayList<>();
        while (parser.token().kind() != Kind.END) {
            all.addAll(parser.statements());
            if (parser.token().kind() != Kind.END) {
                // an end that nothing opened
                parser.at++;
            }
        }
        return all;
    }

    private Token token() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    private Token next() {
        Token token = token();
        at++;
        return token;
    }

    private boolean accept(String operator) {
        if (token().is(operator)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean acceptWord(String word) {
        if (token().isWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    private void lineEnds() {
        while (token().kind() == Kind.LINE_END) {
            at++;
        }
    }

    /** Statements up to a word that ends them. */
    private List<Ruby> statements() {
        List<Ruby> all = new ArrayList<>();
        if (++depth > DEEPEST) {
            throw new TooMuch("the Ruby is nested deeper than " + DEEPEST);
        }
        lineEnds();
        while (token().kind() != Kind.END
                && !token().is("}")
                && !(token().kind() == Kind.NAME && ENDS.contains(token().text()))) {
            int before = at;
            all.add(statement());
            if (token().kind() != Kind.LINE_END
                    && token().kind() != Kind.END
                    && !token().is("}")
                    && !(token().kind() == Kind.NAME && ENDS.contains(token().text()))) {
                Token stuck = token();
                all.add(new Ruby.Unread(stuck.text(), stuck.line()));
                skipLine();
            }
            if (at == before) {
                at++;
            }
            lineEnds();
        }
        depth--;
        return all;
    }

    /** Leaves out the rest of a line, and what blocks it opens. */
    private void skipLine() {
        while (token().kind() != Kind.LINE_END && token().kind() != Kind.END && !token().is("}")) {
            if (token().isWord("do")) {
                block();
            } else if (token().isWord("end")) {
                return;
            } else {
                at++;
            }
        }
    }

    private Ruby statement() {
        Ruby statement = plainStatement();
        while (token().kind() == Kind.NAME && MODIFIERS.contains(token().text())) {
            Token word = next();
            Ruby condition = expression(false);
            statement = switch (word.text()) {
                case "if" -> new Ruby.Branch(condition, false, List.of(statement), List.of(), statement.line());
                case "unless" -> new Ruby.Branch(condition, true, List.of(statement), List.of(), statement.line());
                case "rescue" -> statement;
                default -> new Ruby.Maybe(List.of(statement), statement.line());
            };
        }
        return statement;
    }

    private Ruby plainStatement() {
        Token first = token();
        if (first.kind() != Kind.NAME) {
            return expression(false);
        }
        switch (first.text()) {
            case "class", "module" -> {
                at++;
                return type(first);
            }
            case "def" -> {
                at++;
                return method(first);
            }
            case "private", "protected", "public" -> {
                at++;
                return token().kind() == Kind.LINE_END ? new Ruby.Sequence(List.of(), first.line()) : plainStatement();
            }
            default -> {
                return expression(false);
            }
        }
    }

    private Ruby type(Token first) {
        StringBuilder name = new StringBuilder();
        while (token().kind() == Kind.CONSTANT || token().is("::")) {
            name.append(next().text());
        }
        StringBuilder parent = new StringBuilder();
        if (accept("<")) {
            while (token().kind() != Kind.LINE_END && token().kind() != Kind.END) {
                parent.append(next().text());
            }
        } else if (accept("<<")) {
            skipLine();
        }
        List<Ruby> body = statements();
        acceptWord("end");
        return new Ruby.Type(name.toString(), parent.toString(), body, first.line());
    }

    private Ruby method(Token first) {
        if (token().isWord("self") && tokens.get(at + 1).is(".")) {
            at += 2;
        }
        String name = next().text();
        List<String> parameters = new ArrayList<>();
        boolean parentheses = accept("(");
        while (token().kind() != Kind.END
                && !(parentheses ? token().is(")") : token().kind() == Kind.LINE_END)
                && !token().is("=")) {
            Token each = next();
            if ((each.kind() == Kind.NAME || each.kind() == Kind.LABEL) && isFirstOfParameter()) {
                parameters.add(each.text());
            } else if (each.is("(") || each.is("[") || each.is("{")) {
                at--;
                operand(true);
            }
        }
        if (parentheses) {
            if (token().is("=")) {
                skipTo(")");
            }
            accept(")");
        }
        if (accept("=")) {
            lineEnds();
            return new Ruby.Method(name, parameters, List.of(statement()), first.line());
        }
        List<Ruby> body = withRescue(statements());
        acceptWord("end");
        return new Ruby.Method(name, parameters, body, first.line());
    }

    private boolean isFirstOfParameter() {
        Token before = at >= 2 ? tokens.get(at - 2) : token();
        return before.is("(")
                || before.is(",")
                || before.is("*")
                || before.is("**")
                || before.is("&")
                || before.kind() == Kind.NAME;
    }

    private void skipTo(String operator) {
        int open = 0;
        while (token().kind() != Kind.END && !(open == 0 && token().is(operator))) {
            open += token().is("(") ? 1 : token().is(")") ? -1 : 0;
            at++;
        }
    }

    /** What stands after rescue and ensure: only ensure runs always. */
    private List<Ruby> withRescue(List<Ruby> body) {
        List<Ruby> all = new ArrayList<>(body);
        while (token().isWord("rescue") || token().isWord("ensure") || token().isWord("else")) {
            boolean always = !next().isWord("rescue");
            if (!always) {
                skipLine();
            }
            List<Ruby> more = statements();
            all.addAll(always ? more : List.of());
        }
        return all;
    }

    // expressions

    /** @param noBlock whether {@code do} belongs to something further out */
    private Ruby expression(boolean noBlock) {
        if (++depth > DEEPEST) {
            throw new TooMuch("the Ruby is nested deeper than " + DEEPEST);
        }
        Ruby left = operand(noBlock);
        while (true) {
            Token operator = token();
            boolean word = operator.isWord("and") || operator.isWord("or");
            if (!word
                    && (operator.kind() != Kind.OPERATOR || ")]},|:".contains(operator.text()) || operator.is("=>"))) {
                break;
            }
            at++;
            if (operator.is("?")) {
                lineEnds();
                Ruby then = expression(noBlock);
                lineEnds();
                accept(":");
                lineEnds();
                Ruby otherwise = token().kind() == Kind.SYMBOL ? operand(noBlock) : expression(noBlock);
                left = new Ruby.Branch(left, false, List.of(then), List.of(otherwise), left.line());
                continue;
            }
            lineEnds();
            if (operator.text().equals("=") || operator.is("||=")) {
                Ruby value = expression(noBlock);
                left = left instanceof Ruby.Call call && call.receiver() == null
                        ? new Ruby.Assign(call.name(), value, call.line())
                        : left instanceof Ruby.Constant constant
                                ? new Ruby.Assign(constant.name(), value, constant.line())
                                : new Ruby.Unread("=", operator.line());
                continue;
            }
            left = new Ruby.Operated(operator.text(), left, operand(noBlock), left.line());
        }
        depth--;
        return left;
    }

    private Ruby operand(boolean noBlock) {
        if (++depth > DEEPEST) {
            throw new TooMuch("the Ruby is nested deeper than " + DEEPEST);
        }
        Ruby value = postfix(primary(noBlock), noBlock);
        depth--;
        return value;
    }

    private Ruby primary(boolean noBlock) {
        Token token = next();
        return switch (token.kind()) {
            case TEXT -> text(token);
            case WORDS -> {
                List<Ruby> words = new ArrayList<>();
                for (String word : token.text().strip().split("\\s+")) {
                    words.add(new Ruby.Atom(word, token.line()));
                }
                yield new Ruby.Items(words, token.line());
            }
            case SYMBOL, NUMBER -> new Ruby.Atom(token.text(), token.line());
            case CONSTANT -> constant(token, noBlock);
            case LABEL -> new Ruby.Unread(token.text(), token.line());
            case NAME -> named(token, noBlock);
            case OPERATOR -> operator(token, noBlock);
            case LINE_END, END -> {
                at--;
                yield new Ruby.Unread("", token.line());
            }
        };
    }

    private Ruby text(Token token) {
        List<Ruby.Run> runs = new ArrayList<>(token.runs() == null ? List.of() : token.runs());
        // strings beside each other are one
        while (token().kind() == Kind.TEXT) {
            List<Ruby.Run> more = next().runs();
            runs.addAll(more == null ? List.of() : more);
        }
        return new Ruby.Text(runs, token.line());
    }

    private Ruby constant(Token token, boolean noBlock) {
        if (token().is("(") && !token().spaced()) {
            return call(null, token, noBlock);
        }
        return new Ruby.Constant(token.text(), token.line());
    }

    private Ruby operator(Token token, boolean noBlock) {
        switch (token.text()) {
            case "(" -> {
                lineEnds();
                List<Ruby> inside = new ArrayList<>();
                while (!token().is(")") && token().kind() != Kind.END) {
                    int before = at;
                    inside.add(statement());
                    lineEnds();
                    accept(",");
                    if (at == before) {
                        at++;
                    }
                }
                accept(")");
                return inside.size() == 1 ? inside.getFirst() : new Ruby.Sequence(inside, token.line());
            }
            case "[" -> {
                List<Ruby> values = new ArrayList<>();
                Map<String, Ruby> named = new LinkedHashMap<>();
                arguments("]", values, named, false);
                return new Ruby.Items(values, token.line());
            }
            case "{" -> {
                Map<String, Ruby> named = new LinkedHashMap<>();
                arguments("}", new ArrayList<>(), named, false);
                return new Ruby.Hash(named, token.line());
            }
            case "->" -> {
                if (accept("(")) {
                    skipTo(")");
                    accept(")");
                }
                if (token().is("{") || token().isWord("do")) {
                    block();
                }
                return new Ruby.Unread("->", token.line());
            }
            case "-", "!", "*", "**", "&", "::", "+", "~" -> {
                Ruby value = operand(noBlock);
                return token.text().equals("!")
                        ? new Ruby.Operated("!", value, value, token.line())
                        : token.text().equals("-") && value instanceof Ruby.Atom atom
                                ? new Ruby.Atom("-" + atom.text(), token.line())
                                : value;
            }
            default -> {
                return new Ruby.Unread(token.text(), token.line());
            }
        }
    }

    private Ruby named(Token token, boolean noBlock) {
        switch (token.text()) {
            case "true", "false", "nil", "self" -> {
                return new Ruby.Atom(token.text(), token.line());
            }
            case "if", "unless" -> {
                return branch(token);
            }
            case "while", "until", "for" -> {
                while (token().kind() != Kind.LINE_END && token().kind() != Kind.END && !token().isWord("do")) {
                    at++;
                }
                acceptWord("do");
                List<Ruby> body = statements();
                acceptWord("end");
                return new Ruby.Maybe(body, token.line());
            }
            case "case" -> {
                return choice(token);
            }
            case "begin" -> {
                List<Ruby> body = withRescue(statements());
                acceptWord("end");
                return new Ruby.Sequence(body, token.line());
            }
            case "not", "defined?", "return", "raise", "next", "break", "yield", "super" -> {
                if (startsArgument(token)) {
                    Ruby value = expression(noBlock);
                    while (accept(",")) {
                        lineEnds();
                        value = expression(noBlock);
                    }
                    if (token.text().equals("not")) {
                        return new Ruby.Operated("!", value, value, token.line());
                    }
                }
                return new Ruby.Call(null, token.text(), List.of(), Map.of(), null, token.line());
            }
            default -> {
                return call(null, token, noBlock);
            }
        }
    }

    private Ruby branch(Token first) {
        if (++depth > DEEPEST) {
            throw new TooMuch("the Ruby is nested deeper than " + DEEPEST);
        }
        Ruby branch = openBranch(first);
        depth--;
        return branch;
    }

    private Ruby openBranch(Token first) {
        Ruby condition = expression(true);
        acceptWord("then");
        List<Ruby> then = statements();
        List<Ruby> otherwise = List.of();
        if (token().isWord("elsif")) {
            Token word = next();
            otherwise = List.of(branch(word));
            return new Ruby.Branch(condition, first.text().equals("unless"), then, otherwise, first.line());
        }
        if (acceptWord("else")) {
            otherwise = statements();
        }
        acceptWord("end");
        return new Ruby.Branch(condition, first.text().equals("unless"), then, otherwise, first.line());
    }

    private Ruby choice(Token first) {
        skipLine();
        List<Ruby> all = new ArrayList<>(statements());
        while (token().isWord("when") || token().isWord("in") || token().isWord("else")) {
            if (!next().isWord("else")) {
                while (token().kind() != Kind.LINE_END && token().kind() != Kind.END && !token().isWord("then")) {
                    at++;
                }
                acceptWord("then");
            }
            all.addAll(statements());
        }
        acceptWord("end");
        return new Ruby.Maybe(all, first.line());
    }

    private Ruby postfix(Ruby start, boolean noBlock) {
        Ruby value = start;
        while (true) {
            int before = at;
            boolean broken = token().kind() == Kind.LINE_END;
            if (broken) {
                // a chain may go on in the next line
                lineEnds();
                if (!token().is(".") && !token().is("&.")) {
                    at = before;
                    return value;
                }
            }
            if (accept(".") || accept("&.")) {
                lineEnds();
                Token name = next();
                if (name.is("(")) {
                    at--;
                    name = new Token(Kind.NAME, "call", name.line(), false, null);
                }
                value = name.kind() == Kind.LABEL
                        ? new Ruby.Unread(name.text(), name.line())
                        : call(value, name, noBlock);
            } else if (token().is("::")) {
                at++;
                Token name = next();
                value = value instanceof Ruby.Constant constant && name.kind() == Kind.CONSTANT
                        ? new Ruby.Constant(constant.name() + "::" + name.text(), constant.line())
                        : call(value, name, noBlock);
            } else if (token().is("[") && !token().spaced()) {
                at++;
                List<Ruby> arguments = new ArrayList<>();
                arguments("]", arguments, new LinkedHashMap<>(), false);
                value = new Ruby.Call(value, "[]", arguments, Map.of(), null, value.line());
            } else {
                return value;
            }
        }
    }

    private Ruby call(@Nullable Ruby receiver, Token name, boolean noBlock) {
        List<Ruby> arguments = new ArrayList<>();
        Map<String, Ruby> named = new LinkedHashMap<>();
        if (token().is("(") && !token().spaced()) {
            at++;
            arguments(")", arguments, named, false);
        } else if (startsArgument(name)) {
            arguments("", arguments, named, true);
        }
        Ruby.Block block = null;
        if (token().is("{") || token().isWord("do") && !noBlock) {
            block = block();
        }
        return new Ruby.Call(receiver, name.text(), arguments, named, block, name.line());
    }

    /** Whether what follows a name is its first argument, without parentheses. */
    private boolean startsArgument(Token name) {
        Token token = token();
        if (!token.spaced() || token.line() != name.line() && token.kind() == Kind.LINE_END) {
            return false;
        }
        return switch (token.kind()) {
            case TEXT, WORDS, SYMBOL, LABEL, NUMBER, CONSTANT -> true;
            case NAME -> !BETWEEN.contains(token.text());
            case OPERATOR -> {
                Token after = tokens.get(Math.min(at + 1, tokens.size() - 1));
                yield switch (token.text()) {
                    case "[", "->", "(", "!", "::" -> true;
                    case "-", "*", "**", "&" -> !after.spaced() && after.kind() != Kind.LINE_END;
                    default -> false;
                };
            }
            case LINE_END, END -> false;
        };
    }

    private void arguments(String close, List<Ruby> values, Map<String, Ruby> named, boolean noBlock) {
        boolean closed = !close.isEmpty();
        while (true) {
            if (closed) {
                lineEnds();
            }
            if (closed && accept(close) || token().kind() == Kind.END) {
                return;
            }
            int before = at;
            if (token().kind() == Kind.LABEL) {
                String key = next().text();
                lineEnds();
                boolean shorthand = token().is(",") || closed && token().is(close);
                named.put(key, shorthand ? new Ruby.Unread(key, token().line()) : expression(noBlock));
            } else {
                Ruby value = expression(noBlock);
                if (accept("=>")) {
                    lineEnds();
                    Ruby under = expression(noBlock);
                    String key = value instanceof Ruby.Atom atom
                            ? atom.text()
                            : value instanceof Ruby.Text text && text.known() != null ? text.known() : null;
                    if (key != null) {
                        named.put(key, under);
                    }
                } else {
                    values.add(value);
                }
            }
            if (closed) {
                lineEnds();
            }
            if (accept(",")) {
                lineEnds();
                continue;
            }
            if (!closed) {
                return;
            }
            if (accept(close)) {
                return;
            }
            if (at == before || token().kind() != Kind.END) {
                at++;
            }
        }
    }

    private Ruby.Block block() {
        boolean braces = next().is("{");
        List<String> parameters = new ArrayList<>();
        if (accept("|")) {
            while (!token().is("|") && token().kind() != Kind.END && token().kind() != Kind.LINE_END) {
                Token each = next();
                if (each.kind() == Kind.NAME) {
                    parameters.add(each.text());
                }
            }
            accept("|");
        }
        List<Ruby> body = new ArrayList<>(statements());
        if (braces) {
            accept("}");
        } else {
            body = withRescue(body);
            acceptWord("end");
        }
        return new Ruby.Block(parameters, body);
    }
}
