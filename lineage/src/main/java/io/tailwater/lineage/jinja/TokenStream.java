package io.tailwater.lineage.jinja;

import io.tailwater.lineage.jinja.Token.Kind;
import java.util.List;

/** The tokens of a template, read from front to back. */
final class TokenStream {
    private final Template template;
    private final List<Token> tokens;
    private int position;

    TokenStream(Template template, List<Token> tokens) {
        this.template = template;
        this.tokens = tokens;
    }

    Template template() {
        return template;
    }

    Token current() {
        return tokens.get(position);
    }

    Token ahead() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(position);
        if (position < tokens.size() - 1) {
            position++;
        }
        return token;
    }

    boolean at(Kind kind) {
        return current().kind() == kind;
    }

    boolean atOperator(String operator) {
        return current().isOperator(operator);
    }

    boolean atName(String name) {
        return current().isName(name);
    }

    boolean skipOperator(String operator) {
        if (atOperator(operator)) {
            next();
            return true;
        }
        return false;
    }

    boolean skipName(String name) {
        if (atName(name)) {
            next();
            return true;
        }
        return false;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw error("expected '" + operator + "', found " + current());
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw error("expected '" + name + "', found " + current());
        }
    }

    Token expect(Kind kind) {
        if (!at(kind)) {
            throw error("expected "
                    + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ", found " + current());
        }
        return next();
    }

    TemplateException error(String message) {
        return new TemplateException(message, new Origin(template, current().offset(), null));
    }
}
