package io.tailwater.lineage.python;

import io.tailwater.lineage.python.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Text to tokens, as in https://docs.python.org/3/reference/lexical_analysis.html. What is no token becomes one of kind
 * {@link Kind#ERROR}. A bracket that nothing closes costs its line, not the rest of the text.
 */
final class Tokenizer {
    private static final Set<String> PREFIXES = Set.of("r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt");
    private static final Set<String> LONG_OPERATORS = Set.of(
            "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=",
            "/=", "%=", "&=", "|=", "^=", "@=", ":=", "<>");
    private static final String OPERATORS = "+-*/%@<>=&|^~.,:;()[]{}";
    private static final int MOST_RESTARTS = 20;
    private static final int DEEPEST_STRING = 20;

    private final String text;
    private final int end;
    private final PythonLimits limits;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Integer> indents = new ArrayDeque<>();
    private final int[] work;
    private int at;
    private int line;
    private int brackets;
    private int restarts;
    private int statementToken;
    private int statementAt;
    private int statementLine;

    private Tokenizer(String text, int start, int end, int line, PythonLimits limits) {
        this.text = text;
        this.at = start;
        this.end = end;
        this.line = line;
        this.limits = limits;
        this.work = work(end - start);
        indents.push(0);
    }

    /** How many characters of fields may be looked at, again and again where strings stand inside of each other. */
    static int[] work(int characters) {
        return new int[] {Math.min(20_000_000, 100_000 + 8 * Math.min(characters, 2_000_000))};
    }

    /** The tokens of a whole text. */
    static List<Token> of(String text, PythonLimits limits) {
        return new Tokenizer(text, 0, text.length(), 1, limits).all();
    }

    /** The tokens of an expression inside a text, which may go over lines. */
    static List<Token> ofExpression(String text, int start, int end, int line, PythonLimits limits) {
        Tokenizer tokenizer = new Tokenizer(text, start, end, line, limits);
        tokenizer.brackets = 1;
        tokenizer.restarts = MOST_RESTARTS;
        tokenizer.inside();
        tokenizer.add(Kind.END, "", tokenizer.end);
        return tokenizer.tokens;
    }

    private List<Token> all() {
        while (at < end && tokens.size() < limits.maxTokens()) {
            lineStart();
            inside();
        }
        if (at < end) {
            add(Kind.ERROR, "the file has more than " + limits.maxTokens() + " tokens", at);
        }
        if (!tokens.isEmpty() && tokens.getLast().kind() != Kind.NEWLINE) {
            add(Kind.NEWLINE, "", at);
        }
        while (indents.size() > 1) {
            indents.pop();
            add(Kind.DEDENT, "", at);
        }
        add(Kind.END, "", at);
        return tokens;
    }

    /** Finds the next line with something on it, and how far it is indented. */
    private void lineStart() {
        int width = 0;
        while (at < end) {
            char c = text.charAt(at);
            if (c == ' ') {
                width++;
            } else if (c == '\t') {
                width = (width / 8 + 1) * 8;
            } else if (c == '\f') {
                width = 0;
            } else if (c == '#') {
                skipComment();
                continue;
            } else if (isLineEnd(c)) {
                lineEnd();
                width = 0;
                continue;
            } else if (c == '\\' && continuesLine()) {
                continue;
            } else {
                break;
            }
            at++;
        }
        if (at >= end) {
            return;
        }
        if (width > indents.getFirst()) {
            indents.push(width);
            add(Kind.INDENT, "", at);
        }
        while (width < indents.getFirst()) {
            indents.pop();
            add(Kind.DEDENT, "", at);
            if (width > indents.getFirst()) {
                // between two levels: CPython refuses, here the line belongs to the outer block that is nearer
                indents.push(width);
                add(Kind.INDENT, "", at);
                add(Kind.ERROR, "the line is indented like no line before it", at);
                break;
            }
        }
        statementToken = tokens.size();
        statementAt = at;
        statementLine = line;
    }

    /** Tokens up to the end of a logical line. */
    private void inside() {
        while (tokens.size() < limits.maxTokens()) {
            if (at >= end) {
                if (brackets > 0 && restarts < MOST_RESTARTS) {
                    restart();
                    return;
                }
                return;
            }
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\f') {
                at++;
            } else if (c == '#') {
                skipComment();
            } else if (isLineEnd(c)) {
                if (brackets == 0) {
                    add(Kind.NEWLINE, "", at);
                    lineEnd();
                    return;
                }
                lineEnd();
                if (restarts < MOST_RESTARTS && (text.startsWith("def ", at) || text.startsWith("class ", at))) {
                    restart();
                    return;
                }
            } else if (c == '\\' && continuesLine()) {
                continue;
            } else {
                token(c);
            }
        }
    }

    private void restart() {
        restarts++;
        while (tokens.size() > statementToken) {
            tokens.removeLast();
        }
        at = statementAt;
        line = statementLine;
        brackets = 0;
        add(Kind.ERROR, "a bracket is never closed", at);
        while (at < end && !isLineEnd(text.charAt(at))) {
            at++;
        }
        add(Kind.NEWLINE, "", at);
        if (at < end) {
            lineEnd();
        }
    }

    private void token(char c) {
        if (Character.isDigit(c) || c == '.' && at + 1 < end && Character.isDigit(text.charAt(at + 1))) {
            number();
        } else if (c == '"' || c == '\'') {
            string(at, at);
        } else if (isNameStart(c)) {
            name();
        } else {
            operator(c);
        }
    }

    private void name() {
        int stop = at;
        while (stop < end && isNamePart(text.charAt(stop))) {
            stop++;
        }
        if (stop < end && stop - at <= 2 && (text.charAt(stop) == '"' || text.charAt(stop) == '\'')) {
            if (PREFIXES.contains(text.substring(at, stop).toLowerCase(Locale.ROOT))) {
                string(at, stop);
                return;
            }
        }
        add(Kind.NAME, text.substring(at, stop), stop);
    }

    private void number() {
        int stop = at;
        boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
        while (stop < end) {
            char c = text.charAt(stop);
            boolean sign = (c == '+' || c == '-') && !hex && (text.charAt(stop - 1) | 0x20) == 'e' && stop > at;
            if (Character.isLetterOrDigit(c) || c == '_' || c == '.' || sign) {
                if (!hex && Character.isLetter(c) && startsWord(stop)) {
                    break;
                }
                stop++;
            } else {
                break;
            }
        }
        add(Kind.NUMBER, text.substring(at, stop), stop);
    }

    /** Whether a keyword follows a number without a blank, as in {@code 1if x else 2}. */
    private boolean startsWord(int from) {
        for (String word : List.of("if", "else", "and", "or", "in", "is", "for", "not")) {
            int stop = from + word.length();
            if (text.startsWith(word, from) && (stop >= end || !isNamePart(text.charAt(stop)))) {
                return true;
            }
        }
        return false;
    }

    private void operator(char c) {
        for (int length = 3; length > 1; length--) {
            if (at + length <= end && LONG_OPERATORS.contains(text.substring(at, at + length))) {
                add(Kind.OPERATOR, text.substring(at, at + length), at + length);
                return;
            }
        }
        if (OPERATORS.indexOf(c) < 0) {
            add(Kind.ERROR, "the character " + printable(c) + " means nothing here", at + 1);
            return;
        }
        if (c == '(' || c == '[' || c == '{') {
            brackets++;
        } else if (c == ')' || c == ']' || c == '}') {
            if (brackets == 0) {
                add(Kind.ERROR, "a bracket is closed that was not opened", at + 1);
                return;
            }
            brackets--;
        }
        add(Kind.OPERATOR, String.valueOf(c), at + 1);
    }

    private static String printable(char c) {
        return c > 32 && c < 127 ? "'" + c + "'" : String.format(Locale.ROOT, "U+%04X", (int) c);
    }

    private void string(int start, int quote) {
        int stop = stringEnd(text, end, start, quote, 0, work);
        if (stop < 0) {
            add(Kind.ERROR, "a string is never closed", Math.min(end, quote + 1));
            while (at < end && !isLineEnd(text.charAt(at))) {
                at++;
            }
            return;
        }
        int lines = 0;
        for (int i = start; i < stop; i++) {
            if (isLineEnd(text.charAt(i)) && !(text.charAt(i) == '\r' && i + 1 < stop && text.charAt(i + 1) == '\n')) {
                lines++;
            }
        }
        add(Kind.STRING, "", stop);
        line += lines;
    }

    /**
     * Where a string ends that starts with a prefix and a quote; -1 if it does not. Fields of an f-string may hold its own
     * quotes.
     */
    static int stringEnd(String text, int end, int start, int quote, int depth, int[] work) {
        char c = text.charAt(quote);
        boolean triple = quote + 2 < end && text.charAt(quote + 1) == c && text.charAt(quote + 2) == c;
        String prefix = text.substring(start, quote).toLowerCase(Locale.ROOT);
        boolean fields = prefix.contains("f") || prefix.contains("t");
        int from = quote + (triple ? 3 : 1);
        if (fields) {
            int stop = scan(text, end, from, c, triple, true, depth, work);
            if (stop >= 0) {
                return stop;
            }
        }
        return scan(text, end, from, c, triple, false, depth, work);
    }

    private static int scan(
            String text, int end, int from, char quote, boolean triple, boolean fields, int depth, int[] work) {
        int i = from;
        while (i < end && (!fields || work[0]-- > 0)) {
            char c = text.charAt(i);
            if (c == '\\') {
                i += text.startsWith("\r\n", i + 1) ? 3 : 2;
            } else if (c == quote) {
                if (!triple) {
                    return i + 1;
                }
                if (i + 2 < end && text.charAt(i + 1) == quote && text.charAt(i + 2) == quote) {
                    return i + 3;
                }
                i++;
            } else if (!triple && isLineEnd(c)) {
                return -1;
            } else if (fields && c == '{') {
                if (i + 1 < end && text.charAt(i + 1) == '{') {
                    i += 2;
                } else {
                    i = fieldEnd(text, end, i + 1, depth + 1, work).end();
                    if (i < 0) {
                        return -1;
                    }
                }
            } else {
                i++;
            }
        }
        return -1;
    }

    /**
     * A replacement field.
     *
     * @param expressionEnd where its expression ends
     * @param end after its closing brace; -1 if it has none
     */
    record Field(int expressionEnd, int end) {}

    private static final Field OPEN = new Field(-1, -1);

    /** Finds the end of a replacement field whose expression starts at an offset. */
    static Field fieldEnd(String text, int end, int from, int depth, int[] work) {
        if (depth > DEEPEST_STRING || work[0] < 0) {
            return OPEN;
        }
        int open = 0;
        int i = from;
        while (i < end && work[0]-- > 0) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                int start = i;
                while (start > from && i - start < 2 && Character.isLetter(text.charAt(start - 1))) {
                    start--;
                }
                i = stringEnd(text, end, start, i, depth + 1, work);
                if (i < 0) {
                    return OPEN;
                }
            } else if (c == '(' || c == '[' || c == '{') {
                open++;
                i++;
            } else if (open > 0 && (c == ')' || c == ']' || c == '}')) {
                open--;
                i++;
            } else if (open == 0 && c == '}') {
                return new Field(i, i + 1);
            } else if (open == 0 && c == '!' && i + 1 < end && text.charAt(i + 1) == '=') {
                i += 2;
            } else if (open == 0 && (c == ':' || c == '!')) {
                int stop = formatEnd(text, end, i + 1, depth, work);
                return stop < 0 ? OPEN : new Field(i, stop);
            } else {
                i++;
            }
        }
        return OPEN;
    }

    private static int formatEnd(String text, int end, int from, int depth, int[] work) {
        int i = from;
        while (i < end && work[0]-- > 0) {
            char c = text.charAt(i);
            if (c == '}') {
                return i + 1;
            }
            if (c == '{') {
                i = fieldEnd(text, end, i + 1, depth + 1, work).end();
                if (i < 0) {
                    return -1;
                }
            } else if (c == '\n' || c == '"' && text.startsWith("\"\"\"", i)) {
                return -1;
            } else {
                i++;
            }
        }
        return -1;
    }

    private boolean continuesLine() {
        int next = at + 1;
        if (next < end && !isLineEnd(text.charAt(next))) {
            return false;
        }
        at = next;
        if (at < end) {
            lineEnd();
        }
        return true;
    }

    private void skipComment() {
        while (at < end && !isLineEnd(text.charAt(at))) {
            at++;
        }
    }

    private void lineEnd() {
        at += text.startsWith("\r\n", at) ? 2 : 1;
        line++;
    }

    private void add(Kind kind, String content, int stop) {
        tokens.add(new Token(kind, content, at, Math.max(at, stop), line));
        at = Math.max(at, stop);
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isNameStart(char c) {
        return c == '_' || Character.isLetter(c) || Character.isSurrogate(c);
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c)
                || Character.isDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }
}
