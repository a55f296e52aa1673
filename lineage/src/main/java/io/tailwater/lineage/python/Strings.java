package io.tailwater.lineage.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the characters of one string token mean. */
final class Strings {
    private final String text;
    private final Function<Token, Expression> expressions;
    private final int[] work;

    /**
     * Strings of a text.
     *
     * @param expressions reads the expression in the range of a token
     */
    Strings(String text, Function<Token, Expression> expressions) {
        this.text = text;
        this.expressions = expressions;
        this.work = Tokenizer.work(text.length());
    }

    /** Whether a string token is of bytes. */
    boolean isBytes(Token token) {
        return prefix(token).contains("b");
    }

    /** Adds the parts of a string token. */
    void parts(Token token, List<TextPart> into) {
        String prefix = prefix(token);
        int quote = token.start() + prefix.length();
        char c = text.charAt(quote);
        boolean triple = token.end() - quote >= 6 && text.charAt(quote + 1) == c && text.charAt(quote + 2) == c;
        int width = triple ? 3 : 1;
        boolean fields = prefix.contains("f") || prefix.contains("t");
        new Reader(token.line(), prefix.contains("r"), prefix.contains("b"), fields, into)
                .read(quote + width, token.end() - width, false);
    }

    private String prefix(Token token) {
        int i = token.start();
        while (Character.isLetter(text.charAt(i))) {
            i++;
        }
        return text.substring(token.start(), i).toLowerCase(Locale.ROOT);
    }

    private final class Reader {
        private final boolean raw;
        private final boolean bytes;
        private final boolean fields;
        private final List<TextPart> into;
        private final StringBuilder run = new StringBuilder();
        private int line;
        private int runStart;
        private int runLine;

        Reader(int line, boolean raw, boolean bytes, boolean fields, List<TextPart> into) {
            this.line = line;
            this.raw = raw;
            this.bytes = bytes;
            this.fields = fields;
            this.into = into;
        }

        int read(int start, int end, boolean format) {
            int i = start;
            begin(i);
            while (i < end) {
                char c = text.charAt(i);
                if (c == '\\' && !raw) {
                    i = escape(i, end);
                } else if (c == '\\' && i + 1 < end && text.charAt(i + 1) != '{') {
                    run.append(c);
                    i++;
                    if (!Tokenizer.isLineEnd(text.charAt(i))) {
                        run.append(text.charAt(i));
                        i++;
                    }
                } else if (fields && (c == '{' || c == '}')) {
                    boolean twice = !format && i + 1 < end && text.charAt(i + 1) == c;
                    if (twice) {
                        run.append(c);
                        i += 2;
                    } else if (c == '{') {
                        flush(i);
                        i = field(i, end);
                        begin(i);
                    } else if (format) {
                        break;
                    } else {
                        throw new Failure(line, "an f-string has a single closing brace");
                    }
                } else if (Tokenizer.isLineEnd(c)) {
                    i += text.startsWith("\r\n", i) ? 2 : 1;
                    run.append('\n');
                    flush(i);
                    line++;
                    begin(i);
                } else {
                    run.append(c);
                    i++;
                }
            }
            flush(i);
            return i;
        }

        private void begin(int at) {
            runStart = at;
            runLine = line;
        }

        private void flush(int at) {
            if (!run.isEmpty()) {
                into.add(new TextPart.Literal(new Span(runStart, at, runLine), run.toString()));
                run.setLength(0);
            }
        }

        /** Reads the field that opens at an offset; gives the offset after it. */
        private int field(int brace, int end) {
            Tokenizer.Field found = Tokenizer.fieldEnd(text, end, brace + 1, 0, work);
            if (found.end() < 0 || found.end() > end) {
                throw new Failure(line, "an f-string has a brace that is not closed");
            }
            int stop = found.expressionEnd();
            String written = text.substring(brace + 1, stop);
            String stripped = written.stripTrailing();
            boolean shown = stripped.endsWith("=") && !stripped.matches("(?s).*[=!<>]=");
            int expressionEnd = shown ? brace + stripped.length() : stop;
            Expression value = expressions.apply(new Token(Token.Kind.STRING, "", brace + 1, expressionEnd, line));
            int startLine = line;
            line += lines(written);
            String conversion = "";
            int i = stop;
            if (text.charAt(i) == '!') {
                int from = ++i;
                while (Character.isLetter(text.charAt(i))) {
                    i++;
                }
                conversion = text.substring(from, i);
                while (text.charAt(i) == ' ') {
                    i++;
                }
            }
            List<TextPart> format = null;
            if (text.charAt(i) == ':') {
                format = new ArrayList<>();
                new Reader(line, raw, bytes, true, format).read(i + 1, found.end() - 1, true);
            } else if (text.charAt(i) != '}') {
                throw new Failure(line, "a field of an f-string cannot be read");
            }
            into.add(new TextPart.Replacement(
                    new Span(brace, found.end(), startLine), value, conversion, format, shown ? written : null));
            return found.end();
        }

        private int escape(int at, int end) {
            int next = at + 1;
            if (next >= end) {
                run.append('\\');
                return next;
            }
            char c = text.charAt(next);
            switch (c) {
                case '\r', '\n' -> {
                    int after = next + (text.startsWith("\r\n", next) ? 2 : 1);
                    flush(after);
                    line++;
                    begin(after);
                    return after;
                }
                case '\\', '\'', '"' -> run.append(c);
                case 'n' -> run.append('\n');
                case 't' -> run.append('\t');
                case 'r' -> run.append('\r');
                case 'a' -> run.append('\u0007');
                case 'b' -> run.append('\b');
                case 'f' -> run.append('\f');
                case 'v' -> run.append('\u000b');
                case 'x' -> {
                    return code(at, next + 1, 2, end);
                }
                case 'u' -> {
                    return bytes ? kept(at) : code(at, next + 1, 4, end);
                }
                case 'U' -> {
                    return bytes ? kept(at) : code(at, next + 1, 8, end);
                }
                case 'N' -> {
                    return bytes ? kept(at) : named(at, end);
                }
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    return octal(next, end);
                }
                default -> {
                    return kept(at);
                }
            }
            return next + 1;
        }

        /** What is no escape stays as written. */
        private int kept(int at) {
            run.append('\\');
            return at + 1;
        }

        private int code(int at, int from, int digits, int end) {
            @Nullable Integer code = null;
            if (from + digits <= end && text.substring(from, from + digits).matches("[0-9a-fA-F]+")) {
                code = Integer.parseUnsignedInt(text.substring(from, from + digits), 16);
            }
            if (code == null || !Character.isValidCodePoint(code)) {
                throw new Failure(
                        line,
                        "a string has an escape that cannot be read: "
                                + text.substring(at, Math.min(end, from + digits)));
            }
            run.appendCodePoint(code);
            return from + digits;
        }

        private int named(int at, int end) {
            int close = text.indexOf('}', at);
            if (at + 2 >= end || text.charAt(at + 2) != '{' || close < 0 || close >= end) {
                return kept(at);
            }
            try {
                run.appendCodePoint(Character.codePointOf(text.substring(at + 3, close)));
            } catch (IllegalArgumentException unknown) {
                run.append('\ufffd');
            }
            return close + 1;
        }

        private int octal(int from, int end) {
            int code = 0;
            int i = from;
            while (i < end && i < from + 3 && text.charAt(i) >= '0' && text.charAt(i) <= '7') {
                code = code * 8 + (text.charAt(i) - '0');
                i++;
            }
            run.append((char) code);
            return i;
        }
    }

    private static int lines(String written) {
        return (int) written.chars().filter(c -> c == '\n').count();
    }
}
