package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.IDENTIFIER;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names: quoted and unquoted, single and dotted. */
final class Names extends GrammarPart {

    private static final int DOUBLE_DOT = Symbols.code("..");

    Names(Grammar grammar) {
        super(grammar);
    }

    /** Whether a name stands here that needs no AS or dot before it. */
    boolean atName() {
        return switch (cursor.kind(0)) {
            case WORD -> isFree(cursor.keyword(0));
            case QUOTED, TEMPLATE -> true;
            case STRING, NUMBER, SYMBOL, VARIABLE, STAGE, BAD, END -> false;
        };
    }

    private boolean isFree(@Nullable Keyword keyword) {
        return keyword == null || !dialect().reserves(keyword);
    }

    /** A name that is no reserved word. */
    Identifier name() {
        if (!atName()) {
            throw error("a name");
        }
        return anyName();
    }

    /** A name where no keyword can stand: behind AS, behind a dot. Words and, where the dialect has it, strings. */
    Identifier anyName() {
        return switch (cursor.kind(0)) {
            case WORD -> take(QuoteStyle.NONE, 0);
            case QUOTED -> quoted();
            case TEMPLATE -> take(QuoteStyle.TEMPLATE, 0);
            case STRING -> take(QuoteStyle.SINGLE, 1);
            case VARIABLE -> take(QuoteStyle.NONE, 0);
            case NUMBER -> take(QuoteStyle.NONE, 0);
            case SYMBOL, STAGE, BAD, END -> throw error("a name");
        };
    }

    private Identifier take(QuoteStyle style, int quotes) {
        int mark = mark();
        int start = cursor.tokens.start(mark);
        int end = cursor.tokens.end(mark);
        advance();
        String text = cursor.text(start + quotes, Math.max(start + quotes, end - quotes));
        return new Identifier(text, style, new SourceRange(start, end));
    }

    private Identifier quoted() {
        QuoteStyle style = styleOf(cursor.tokens.code(cursor.index));
        Identifier raw = take(style, 1);
        String text = raw.text();
        char close = cursor.sql.charAt(raw.range().end() - 1);
        if (text.indexOf(close) < 0) {
            return raw;
        }
        return new Identifier(text.replace("" + close + close, String.valueOf(close)), style, raw.range());
    }

    private static QuoteStyle styleOf(int quote) {
        return switch (quote) {
            case '`' -> QuoteStyle.BACKTICK;
            case '[' -> QuoteStyle.BRACKET;
            default -> QuoteStyle.DOUBLE;
        };
    }

    /** A dotted name, of columns or routines. */
    QualifiedName qualified() {
        int mark = mark();
        List<Identifier> parts = new ArrayList<>(3);
        addParts(parts, name());
        while (at('.') && isNameStart(nextKind())) {
            advance();
            addParts(parts, anyName());
        }
        return new QualifiedName(List.copyOf(parts), rangeFrom(mark));
    }

    /** A dotted name where no keyword can stand. */
    QualifiedName qualifiedAny() {
        int mark = mark();
        List<Identifier> parts = new ArrayList<>(2);
        addParts(parts, anyName());
        while (at('.') && isNameStart(nextKind())) {
            advance();
            addParts(parts, anyName());
        }
        return new QualifiedName(List.copyOf(parts), rangeFrom(mark));
    }

    /** A dotted name of a table, with the freedom that tables have: dashes, omitted parts, wildcards, placeholders glued to words. */
    QualifiedName table() {
        int mark = mark();
        if (at(IDENTIFIER) && next('(')) {
            return givenAsText(mark);
        }
        List<Identifier> parts = new ArrayList<>(3);
        if (at('.') || at(DOUBLE_DOT)) {
            parts.add(omittedPart());
        } else {
            addParts(parts, tablePart(true));
        }
        while (at(DOUBLE_DOT) || at('.') && (isNameStart(nextKind()) || next('.') || next(DOUBLE_DOT))) {
            if (at(DOUBLE_DOT) || next('.') || next(DOUBLE_DOT)) {
                parts.add(omittedPart());
            }
            while (at('.') || at(DOUBLE_DOT)) {
                advance();
            }
            addParts(parts, tablePart(false));
        }
        passLinkOrVersion();
        if (has(Feature.DASHES_IN_TABLE_NAMES)) {
            parts.set(parts.size() - 1, withoutPartition(parts.getLast()));
        }
        return new QualifiedName(List.copyOf(parts), rangeFrom(mark));
    }

    /** BigQuery's {@code table$20260131} is one partition of the table. */
    private static Identifier withoutPartition(Identifier name) {
        int dollar = name.text().lastIndexOf('$');
        boolean partition = dollar > 0
                && (name.text().startsWith("__", dollar + 1)
                        || name.text().length() > dollar + 4
                                && name.text().chars().skip(dollar + 1).allMatch(Character::isDigit));
        if (!partition) {
            return name;
        }
        int start = name.range().start();
        return new Identifier(
                name.text().substring(0, dollar),
                name.quote(),
                name.quote() == QuoteStyle.NONE ? new SourceRange(start, start + dollar) : name.range());
    }

    /** {@code IDENTIFIER('db.t')}: the parts of the string; with a variable inside, one part that is a placeholder. */
    private QualifiedName givenAsText(int mark) {
        advance();
        boolean constant = nextKind() == Kind.STRING && cursor.at(2, ')');
        int string = cursor.index + 1;
        skipParenthesised();
        SourceRange range = rangeFrom(mark);
        if (!constant) {
            return new QualifiedName(List.of(new Identifier(range.of(cursor.sql), QuoteStyle.TEMPLATE, range)), range);
        }
        List<Identifier> parts = new ArrayList<>(3);
        String text = grammar.literals.contentOf(string);
        int offset = cursor.tokens.start(string) + 1;
        for (String part : text.split("\\.", -1)) {
            boolean quoted = part.length() > 1 && part.charAt(0) == '"' && part.endsWith("\"");
            String name = quoted ? part.substring(1, part.length() - 1) : part;
            SourceRange where = new SourceRange(offset, offset + part.length());
            parts.add(new Identifier(name, quoted ? QuoteStyle.DOUBLE : QuoteStyle.NONE, where));
            offset += part.length() + 1;
        }
        return new QualifiedName(List.copyOf(parts), range);
    }

    private Identifier omittedPart() {
        return new Identifier("", QuoteStyle.NONE, emptyRange());
    }

    /** Oracle's database link ({@code t@remote}) and Delta's version ({@code t@v12}). */
    private void passLinkOrVersion() {
        if (!cursor.touchesPrevious()) {
            return;
        }
        if (at(Kind.VARIABLE)) {
            advance();
        } else if (at('@') && has(Feature.PL_SQL)) {
            advance();
            qualified();
        }
    }

    private Identifier tablePart(boolean first) {
        if (first && at(Kind.STRING)) {
            return anyName();
        }
        int mark = mark();
        Identifier part = first && !at(Kind.VARIABLE) ? name() : anyName();
        if (!continuesTablePart()) {
            return part;
        }
        while (continuesTablePart()) {
            advance();
        }
        SourceRange range = rangeFrom(mark);
        return new Identifier(range.of(cursor.sql), part.quote(), range);
    }

    /** Dashes of BigQuery's project names, a trailing wildcard, placeholders inside a name. */
    private boolean continuesTablePart() {
        if (!cursor.touchesPrevious()) {
            return false;
        }
        if (at('-') || at('*')) {
            return has(Feature.DASHES_IN_TABLE_NAMES);
        }
        boolean afterDash = cursor.tokens.is(cursor.index - 1, '-');
        boolean template = at(Kind.TEMPLATE) || cursor.tokens.kind(cursor.index - 1) == Kind.TEMPLATE;
        return afterDash && (at(Kind.WORD) || at(Kind.NUMBER))
                || template && (at(Kind.WORD) || at(Kind.TEMPLATE) || at(Kind.NUMBER));
    }

    /** Whether the token behind the current one can be a name. */
    boolean anyNameFollows() {
        return isNameStart(nextKind());
    }

    static boolean isNameStart(Kind kind) {
        return switch (kind) {
            case WORD, QUOTED, TEMPLATE, NUMBER, VARIABLE, STRING -> true;
            case SYMBOL, STAGE, BAD, END -> false;
        };
    }

    /** Adds one part, or several when one pair of back-ticks holds a dotted name. */
    void addParts(List<Identifier> parts, Identifier name) {
        boolean dotted = name.quote() == QuoteStyle.BACKTICK
                && has(Feature.DOTTED_BACKTICK_NAMES)
                && name.text().indexOf('.') > 0;
        if (!dotted) {
            parts.add(name);
            return;
        }
        int offset = name.range().start() + 1;
        for (String text : name.text().split("\\.", -1)) {
            int end = Math.min(offset + text.length(), name.range().end());
            parts.add(new Identifier(text, QuoteStyle.BACKTICK, new SourceRange(offset, end)));
            offset = Math.min(end + 1, name.range().end());
        }
    }

    /** {@code (name, name)}. */
    List<Identifier> list() {
        return parenthesised(this::anyName);
    }
}
