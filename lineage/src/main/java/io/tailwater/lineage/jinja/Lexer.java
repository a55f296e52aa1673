package io.tailwater.lineage.jinja;

import io.tailwater.lineage.jinja.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into tokens: data as it is put out after whitespace control, and the words of its tags. */
final class Lexer {
    private static final List<String> OPERATORS = List.of(
            "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");
    private static final Pattern NUMBER = Pattern.compile(
            "0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\\d[\\d_]*(?:\\.\\d[\\d_]*)?(?:[eE][+-]?\\d+)?");
    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-?)[-+]?%\\}");
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}");

    private final Template template;
    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private boolean stripNext;

    Lexer(Template template) {
        this.template = template;
        this.source = template.source();
    }

    List<Token> tokens() {
        int end = source.endsWith("\n") ? source.length() - 1 : source.length();
        while (position < end) {
            int tag = nextTag(end);
            if (tag < 0) {
                data(position, end, false);
                position = end;
            } else {
                boolean strip = tag + 2 < source.length() && source.charAt(tag + 2) == '-';
                data(position, tag, strip);
                position = tag;
                tag();
            }
        }
        tokens.add(new Token(Kind.END, "", source.length()));
        return tokens;
    }

    private int nextTag(int end) {
        for (int i = source.indexOf('{', position); i >= 0 && i + 1 < end; i = source.indexOf('{', i + 1)) {
            char next = source.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') {
                return i;
            }
        }
        return -1;
    }

    private void data(int from, int to, boolean stripRight) {
        int start = from;
        int stop = to;
        while (stripNext && start < stop && Python.isSpace(source.charAt(start))) {
            start++;
        }
        while (stripRight && stop > start && Python.isSpace(source.charAt(stop - 1))) {
            stop--;
        }
        stripNext = false;
        if (start < stop) {
            tokens.add(new Token(Kind.DATA, source.substring(start, stop), start));
        }
    }

    private void tag() {
        int start = position;
        char kind = source.charAt(start + 1);
        if (kind == '#') {
            comment();
            return;
        }
        if (kind == '%' && raw()) {
            return;
        }
        position += 2;
        if (position < source.length() && (at('-') || at('+'))) {
            position++;
        }
        String close = kind == '{' ? "}}" : "%}";
        tokens.add(new Token(
                kind == '{' ? Kind.VARIABLE_BEGIN : Kind.BLOCK_BEGIN, source.substring(start, position), start));
        words(start, close);
        tokens.add(new Token(kind == '{' ? Kind.VARIABLE_END : Kind.BLOCK_END, close, position - 2));
    }

    private void comment() {
        int start = position;
        int close = source.indexOf("#}", start + 2);
        if (close < 0) {
            throw error("a comment is not closed", start);
        }
        stripNext = close > start + 2 && source.charAt(close - 1) == '-';
        position = close + 2;
    }

    private boolean raw() {
        Matcher begin = RAW_BEGIN.matcher(source).region(position, source.length());
        if (!begin.lookingAt()) {
            return false;
        }
        Matcher end = RAW_END.matcher(source);
        if (!end.find(begin.end())) {
            throw error("a raw block is not closed", position);
        }
        stripNext = begin.group(2).equals("-");
        data(begin.end(), end.start(), end.group(1).equals("-"));
        stripNext = end.group(2).equals("-");
        position = end.end();
        return true;
    }

    private boolean at(char c) {
        return position < source.length() && source.charAt(position) == c;
    }

    private void words(int tagStart, String close) {
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            while (position < source.length() && Python.isSpace(source.charAt(position))) {
                position++;
            }
            if (position >= source.length()) {
                throw error("a tag is not closed with " + close, tagStart);
            }
            if (open.isEmpty() && closes(close)) {
                return;
            }
            word(open);
        }
    }

    private boolean closes(String close) {
        boolean signed = (at('-') || at('+')) && source.startsWith(close, position + 1);
        if (!signed && !source.startsWith(close, position)) {
            return false;
        }
        stripNext = at('-');
        position += signed ? 3 : 2;
        return true;
    }

    private void word(Deque<Character> open) {
        int start = position;
        char c = source.charAt(start);
        if (Character.isJavaIdentifierStart(c) && c != '$') {
            while (position < source.length() && Character.isJavaIdentifierPart(source.charAt(position)) && !at('$')) {
                position++;
            }
            tokens.add(new Token(Kind.NAME, source.substring(start, position), start));
        } else if (Character.isDigit(c)) {
            number(start);
        } else if (c == '\'' || c == '"') {
            string(c);
        } else {
            operator(open);
        }
    }

    private void number(int start) {
        Matcher number = NUMBER.matcher(source).region(start, source.length());
        if (!number.lookingAt()) {
            throw error("not a number", start);
        }
        String text = number.group();
        // x.0.name counts items: there, 0. is no fraction
        Token before = tokens.get(tokens.size() - 1);
        if (before.isOperator(".")) {
            text = text.replaceFirst("\\..*$", "");
        }
        position = start + text.length();
        boolean based = text.length() > 1 && text.charAt(0) == '0' && Character.isLetter(text.charAt(1));
        boolean fraction = !based && (text.contains(".") || text.contains("e") || text.contains("E"));
        tokens.add(new Token(fraction ? Kind.FLOAT : Kind.INTEGER, text.replace("_", ""), start));
    }

    private void operator(Deque<Character> open) {
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, position)) {
                char c = operator.charAt(0);
                if (c == '(' || c == '[' || c == '{') {
                    open.push(c);
                } else if ((c == ')' || c == ']' || c == '}') && !open.isEmpty()) {
                    open.pop();
                }
                tokens.add(new Token(Kind.OPERATOR, operator, position));
                position += operator.length();
                return;
            }
        }
        throw error("the character '" + source.charAt(position) + "' cannot stand here", position);
    }

    private void string(char quote) {
        int start = position++;
        StringBuilder value = new StringBuilder();
        while (position < source.length() && !at(quote)) {
            if (at('\\') && position + 1 < source.length()) {
                position++;
                escape(value);
            } else {
                value.append(source.charAt(position++));
            }
        }
        if (position >= source.length()) {
            throw error("a string is not closed", start);
        }
        position++;
        tokens.add(new Token(Kind.STRING, value.toString(), start));
    }

    private void escape(StringBuilder value) {
        char c = source.charAt(position++);
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'a' -> value.append('\u0007');
            case 'v' -> value.append('\u000b');
            case '0' -> value.append('\0');
            case '\\', '\'', '"' -> value.append(c);
            case '\n' -> {
                // a continued line
            }
            case 'x' -> hexadecimal(value, 2, c);
            case 'u' -> hexadecimal(value, 4, c);
            case 'U' -> hexadecimal(value, 8, c);
            default -> value.append('\\').append(c);
        }
    }

    private void hexadecimal(StringBuilder value, int digits, char kind) {
        int end = Math.min(position + digits, source.length());
        String text = source.substring(position, end);
        if (text.length() != digits || !text.matches("[0-9a-fA-F]+")) {
            throw error("\\" + kind + " needs " + digits + " hexadecimal digits", position);
        }
        int codePoint = Integer.parseUnsignedInt(text, 16);
        if (!Character.isValidCodePoint(codePoint)) {
            throw error("no character has the number " + text, position);
        }
        value.appendCodePoint(codePoint);
        position = end;
    }

    private TemplateException error(String message, int offset) {
        return new TemplateException(message, new Origin(template, offset, null));
    }
}
