package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all parts of the grammar share: the cursor, short words to look and move with it, and the way to the other parts. */
abstract class GrammarPart {

    final Grammar grammar;
    final TokenCursor cursor;

    GrammarPart(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    final Dialect dialect() {
        return cursor.dialect;
    }

    final boolean has(Feature feature) {
        return cursor.dialect.has(feature);
    }

    final int mark() {
        return cursor.index;
    }

    final SourceRange rangeFrom(int mark) {
        return cursor.rangeFrom(mark);
    }

    /** The place behind what was read so far: the range of what the text only implies. */
    final SourceRange emptyRange() {
        int end = cursor.index > 0 ? cursor.tokens.end(cursor.index - 1) : 0;
        return new SourceRange(end, end);
    }

    final boolean at(Keyword keyword) {
        return cursor.at(0, keyword);
    }

    final boolean at(Keyword first, Keyword second) {
        return cursor.at(0, first) && cursor.at(1, second);
    }

    final boolean atAny(Keyword... keywords) {
        Keyword here = cursor.keyword(0);
        if (here != null) {
            for (Keyword each : keywords) {
                if (here == each) {
                    return true;
                }
            }
        }
        return false;
    }

    final boolean at(int symbol) {
        return cursor.at(0, symbol);
    }

    final boolean at(Kind kind) {
        return cursor.kind(0) == kind;
    }

    final boolean next(Keyword keyword) {
        return cursor.at(1, keyword);
    }

    final boolean next(int symbol) {
        return cursor.at(1, symbol);
    }

    final @Nullable Keyword nextKeyword() {
        return cursor.keyword(1);
    }

    final Kind nextKind() {
        return cursor.kind(1);
    }

    final boolean accept(Keyword keyword) {
        boolean found = at(keyword);
        if (found) {
            cursor.advance();
        }
        return found;
    }

    final boolean accept(Keyword first, Keyword second) {
        boolean found = at(first, second);
        if (found) {
            cursor.advance();
            cursor.advance();
        }
        return found;
    }

    final boolean acceptAny(Keyword... keywords) {
        boolean found = atAny(keywords);
        if (found) {
            cursor.advance();
        }
        return found;
    }

    final boolean accept(int symbol) {
        boolean found = at(symbol);
        if (found) {
            cursor.advance();
        }
        return found;
    }

    final boolean accept(Kind kind) {
        boolean found = at(kind);
        if (found) {
            cursor.advance();
        }
        return found;
    }

    final void expect(Keyword keyword) {
        if (!accept(keyword)) {
            throw error(keyword.name());
        }
    }

    final void expect(int symbol) {
        if (!accept(symbol)) {
            throw error("'" + (char) symbol + "'");
        }
    }

    final void advance() {
        cursor.advance();
    }

    final SyntaxError error(String expected) {
        return cursor.error(expected);
    }

    /** The text of the current token in capitals, which is then behind the cursor. */
    final String takeWord() {
        String text = cursor.text(cursor.index);
        cursor.advance();
        return Upper.of(text);
    }

    /** Whether nothing of a statement can follow here. */
    final boolean atEnd() {
        return at(';') || at(Kind.END);
    }

    /** {@code element, element …}; a comma before something that ends a list is forgiven. */
    final <T> List<T> commaSeparated(Supplier<? extends T> element) {
        List<T> elements = new ArrayList<>(4);
        do {
            if (!elements.isEmpty() && atListEnd()) {
                break;
            }
            elements.add(element.get());
        } while (accept(','));
        return List.copyOf(elements);
    }

    /** {@code (element, element …)}, perhaps without elements. */
    final <T> List<T> parenthesised(Supplier<? extends T> element) {
        expect('(');
        List<T> elements = at(')') ? List.of() : commaSeparated(element);
        expect(')');
        return elements;
    }

    private boolean atListEnd() {
        return at(')')
                || at(']')
                || at('}')
                || atEnd()
                || atAny(
                                Keyword.FROM,
                                Keyword.WHERE,
                                Keyword.GROUP,
                                Keyword.ORDER,
                                Keyword.SELECT,
                                Keyword.HAVING,
                                Keyword.UNION,
                                Keyword.FOR)
                        && !isNameHere();
    }

    private boolean isNameHere() {
        boolean named = next(Keyword.AS) && (at(Keyword.ORDER) || at(Keyword.GROUP));
        return named || next('.') || next(',') || next('(') && !at(Keyword.FROM) && !at(Keyword.WHERE);
    }

    /** Moves behind a balanced pair of parentheses that opens here. */
    final void skipParenthesised() {
        expect('(');
        int open = 1;
        while (open > 0) {
            if (at(Kind.END)) {
                throw error("')'");
            }
            if (at('(')) {
                open++;
            } else if (at(')')) {
                open--;
            }
            advance();
        }
    }

    /** Moves to the next token of this depth that {@code stop} accepts, a closing parenthesis, or the end of the statement. */
    final void skipUntil(Supplier<Boolean> stop) {
        int open = 0;
        while (!at(Kind.END) && !(at(';') && open == 0)) {
            if (open == 0 && (at(')') || stop.get())) {
                return;
            }
            if (at('(')) {
                open++;
            } else if (at(')')) {
                open--;
            }
            advance();
        }
    }

    final void skipToEnd() {
        while (!atEnd()) {
            advance();
        }
    }
}
