package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Operators;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;

/** Cuts a text into tokens, in one pass. Never fails: what cannot be a token becomes one of kind {@link Kind#BAD}. */
final class Tokenizer {

    private final String sql;
    private final Dialect dialect;
    private final int maxTokens;
    private final Tokens tokens = new Tokens();
    private final StringScanner strings;
    private final Terminators terminators;
    private final LineCommands commands;
    private final CopiedRows copiedRows;
    private int position;

    private Tokenizer(String sql, Dialect dialect, int maxTokens) {
        this.sql = sql;
        this.dialect = dialect;
        this.maxTokens = maxTokens;
        this.strings = new StringScanner(sql, dialect);
        this.terminators = new Terminators(sql, dialect);
        this.commands = new LineCommands(sql, dialect);
        this.copiedRows = new CopiedRows(sql, dialect);
    }

    /** The tokens of {@code sql}; beyond {@code maxTokens} the rest is one bad token. */
    static Tokens tokenize(String sql, Dialect dialect, int maxTokens) {
        return new Tokenizer(sql, dialect, maxTokens).run();
    }

    private Tokens run() {
        if (sql.startsWith("\uFEFF")) {
            position = 1;
        }
        while (true) {
            position = Comments.skip(sql, position, dialect);
            if (position >= sql.length()) {
                tokens.add(Kind.END, sql.length(), sql.length(), 0);
                return tokens;
            }
            if (tokens.count() >= maxTokens) {
                add(Kind.BAD, sql.length(), 0);
            } else {
                next(sql.charAt(position));
            }
        }
    }

    private void next(char c) {
        int commandEnd = commands.endOf(position, isFresh());
        if (commandEnd > position) {
            end(commandEnd);
        } else if (terminators.endsAt(position)) {
            end(terminators.endOf(position));
        } else if (c == ';') {
            symbol();
            position = copiedRows.skip(tokens, position);
        } else if (strings.startsAt(position)) {
            string();
        } else if ((c | 32) == 'u' && at(position + 1) == '&' && at(position + 2) == '"') {
            position += 2;
            quoted('"', true);
        } else if (isNameStart(c)) {
            word();
        } else if (isDigit(c) || c == '.' && isDigit(at(position + 1)) && !followsName()) {
            number();
        } else {
            quoteOrSymbol(c);
        }
    }

    /** Whether no statement is under way. */
    private boolean isFresh() {
        return tokens.count() == 0 || tokens.is(tokens.count() - 1, ';');
    }

    private void end(int end) {
        tokens.add(Kind.SYMBOL, position, position, ';');
        position = end;
    }

    private void string() {
        int end = strings.endOf(position);
        boolean closed = end > 0;
        add(closed ? Kind.STRING : Kind.BAD, closed ? end : sql.length(), strings.prefixAt(position));
    }

    private void word() {
        int end = nameEnd(position + 1);
        Keyword keyword = Keyword.of(sql, position, end);
        add(Kind.WORD, end, Tokens.codeOf(keyword));
    }

    private void quoteOrSymbol(char c) {
        switch (c) {
            case '"' -> quoted('"', true);
            case '`' -> quoted('`', dialect.has(Feature.BACKTICK_NAMES) || at(position + 1) != 0);
            case '[' -> quoted(']', dialect.has(Feature.BRACKET_NAMES));
            case '@' -> atSign();
            case '$' -> dollar();
            case '{' -> brace();
            case '&' -> ampersand();
            case '/' -> slash();
            default -> symbol();
        }
    }

    private void quoted(char close, boolean isName) {
        if (!isName) {
            symbol();
            return;
        }
        int end = position + 1;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            if (c == close && at(end + 1) == close && !(close == ']' && at(end + 1) != ']')) {
                end += 2;
            } else if (c == '\\' && close != ']' && dialect.has(Feature.BACKSLASH_ESCAPES)) {
                end += 2;
            } else if (c == close) {
                add(Kind.QUOTED, end + 1, sql.charAt(position));
                return;
            } else {
                end++;
            }
        }
        add(Kind.BAD, sql.length(), 0);
    }

    private void atSign() {
        char next = at(position + 1);
        if (dialect.has(Feature.AT_STAGES) && (isNameStart(next) || next == '~' || next == '%' || next == '"')) {
            add(Kind.STAGE, stageEnd(), 0);
        } else if (dialect.has(Feature.AT_VARIABLES) && (isNameStart(next) || isDigit(next) || next == '@' || next == '$' && isNamePart(at(position + 2)))) {
            add(Kind.VARIABLE, nameEnd(position + (next == '@' ? 2 : 1)), 0);
        } else if (dialect.has(Feature.AT_VARIABLES) && (next == '`' || next == '\'' || next == '"')) {
            int close = sql.indexOf(next, position + 2);
            add(close < 0 ? Kind.BAD : Kind.VARIABLE, close < 0 ? sql.length() : close + 1, 0);
        } else {
            symbol();
        }
    }

    private int stageEnd() {
        int end = position + 1;
        boolean quoted = false;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (Character.isWhitespace(c) || c == ')' || c == '(' || c == ',' || c == ';')) {
                return end;
            }
            end++;
        }
        return end;
    }

    private void dollar() {
        char next = at(position + 1);
        if (next == '{') {
            int close = sql.indexOf('}', position);
            add(close < 0 ? Kind.BAD : Kind.TEMPLATE, close < 0 ? sql.length() : close + 1, 0);
        } else if (isNameStart(next) || isDigit(next)) {
            add(Kind.VARIABLE, nameEnd(position + 1), 0);
        } else {
            symbol();
        }
    }

    private void ampersand() {
        int start = position + (at(position + 1) == '&' ? 2 : 1);
        if (dialect.has(Feature.AMPERSAND_VARIABLES) && (isNameStart(at(start)) || isDigit(at(start)))) {
            add(Kind.VARIABLE, nameEnd(start), 0);
        } else {
            symbol();
        }
    }

    private void brace() {
        if (at(position + 1) == '%') {
            templateTag();
        } else if (at(position + 1) == '{') {
            int close = sql.indexOf("}}", position);
            add(close < 0 ? Kind.BAD : Kind.TEMPLATE, close < 0 ? sql.length() : close + 2, 0);
        } else {
            symbol();
        }
    }

    private void slash() {
        if (at(position + 1) == '*') {
            add(Kind.BAD, sql.length(), 0);
        } else {
            symbol();
        }
    }

    private void templateTag() {
        int close = sql.indexOf("%}", position);
        if (close < 0) {
            add(Kind.BAD, sql.length(), 0);
        } else {
            tokens.addTemplateTag(position, close + 2);
            position = close + 2;
        }
    }

    private void number() {
        boolean afterDot = followsDot();
        int end = NumberScanner.end(sql, position, afterDot);
        boolean name = isNamePart(at(end))
                && (dialect.has(Feature.NAMES_START_WITH_DIGITS) || afterDot || !NumberScanner.isSuffix(sql, end));
        if (name && sql.indexOf('.', position) != position) {
            add(Kind.WORD, nameEnd(end), 0);
        } else {
            add(Kind.NUMBER, NumberScanner.suffixEnd(sql, end), 0);
        }
    }

    private void symbol() {
        int custom = dialect.has(Feature.CUSTOM_OPERATORS) ? CustomOperators.end(sql, position) : position;
        if (custom - position > 1 && !dialect.isSymbol(CustomOperators.code(sql, position, custom))) {
            add(Kind.SYMBOL, custom, Operators.CUSTOM);
            return;
        }
        int code = 0;
        int found = sql.charAt(position) & 0x7f;
        int length = 1;
        for (int i = 0; i < Symbols.MAX_LENGTH && position + i < sql.length(); i++) {
            char c = sql.charAt(position + i);
            if (c >= 128 || i > 0 && (isNamePart(c) && c != '#' && c != '$' && c != '@' || c <= ' ')) {
                break;
            }
            code = Symbols.append(code, c);
            if (i > 0 && dialect.isSymbol(code)) {
                found = code;
                length = i + 1;
            }
        }
        boolean known = sql.charAt(position) < 128 && sql.charAt(position) > ' ' && sql.charAt(position) != '\\';
        add(known ? Kind.SYMBOL : Kind.BAD, position + length, found);
    }

    private void add(Kind kind, int end, int code) {
        int bounded = Math.min(end, sql.length());
        tokens.add(kind, position, bounded, code);
        position = bounded;
    }

    /** Whether a dot here continues a name ({@code t.1}) instead of starting a number. */
    private boolean followsName() {
        int last = tokens.count() - 1;
        if (last < 0 || tokens.end(last) != position) {
            return false;
        }
        Kind kind = tokens.kind(last);
        return kind == Kind.QUOTED
                || kind == Kind.NUMBER && last > 0 && tokens.is(last - 1, '.')
                || kind == Kind.TEMPLATE
                || kind == Kind.VARIABLE
                || kind == Kind.WORD
                || tokens.is(last, ')')
                || tokens.is(last, ']');
    }

    private boolean followsDot() {
        int last = tokens.count() - 1;
        return last > 0
                && tokens.is(last, '.')
                && tokens.end(last) == position
                && tokens.end(last - 1) == tokens.start(last);
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < sql.length() && isNamePart(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c >= 128 && !Comments.isSpace(c)
                || c == '#' && dialect.has(Feature.HASH_IN_NAMES);
    }

    private boolean isNamePart(char c) {
        return isNameStart(c)
                || isDigit(c)
                || c == '$'
                || c == '@' && dialect.has(Feature.HASH_IN_NAMES)
                || c == '#' && dialect.has(Feature.HASH_IN_LATER_NAMES);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private char at(int index) {
        return index < sql.length() ? sql.charAt(index) : 0;
    }
}
