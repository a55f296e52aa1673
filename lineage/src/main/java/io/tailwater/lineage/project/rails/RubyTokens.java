package io.tailwater.lineage.project.rails;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts Ruby into tokens. Strings that only a run completes have gaps. */
final class RubyTokens {
    /** What a token is. */
    enum Kind {
        NAME,
        CONSTANT,
        SYMBOL,
        LABEL,
        TEXT,
        WORDS,
        NUMBER,
        OPERATOR,
        LINE_END,
        END
    }

    /**
     * A token.
     *
     * @param spaced whether a blank stands in front of it
     * @param runs of a string: its characters; else null
     */
    record Token(
            Kind kind,
            String text,
            int line,
            boolean spaced,
            @Nullable List<Ruby.Run> runs) {
        boolean is(String operator) {
            return kind == Kind.OPERATOR && text.equals(operator);
        }

        boolean isWord(String word) {
            return kind == Kind.NAME && text.equals(word);
        }
    }

    private record Heredoc(String word, boolean indented, boolean squiggly, boolean raw, List<Ruby.Run> into) {}

    private static final List<String> OPERATORS = List.of(
            "**=", "<=>", "===", "...", "<<=", ">>=", "&&=", "||=", "&.", "**", "==", "!=", ">=", "<=", "&&", "||",
            "=~", "!~", "+=", "-=", "*=", "/=", "|=", "=>", "->", "::", "<<", ">>", "..");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Heredoc> heredocs = new ArrayDeque<>();
    private int at;
    private int line = 1;

    private RubyTokens(String text) {
        this.text = text;
    }

    static List<Token> of(String text) {
        RubyTokens reader = new RubyTokens(text);
        reader.read();
        return reader.tokens;
    }

    private void read() {
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && (peek(0) == ' ' || peek(0) == '\t' || peek(0) == '\r')) {
                at++;
            }
            boolean spaced = at > start;
            char c = peek(0);
            boolean lineStart = at == 0 || text.charAt(at - 1) == '\n';
            if (at >= text.length()) {
                break;
            } else if (lineStart && text.startsWith("__END__", at)) {
                break;
            } else if (lineStart && text.startsWith("=begin", at)) {
                int end = text.indexOf("\n=end", at);
                skipTo(end < 0 ? text.length() : end + 5);
                skipTo(endOfLine());
            } else if (c == '#') {
                at = endOfLine();
            } else if (c == '\\' && peek(1) == '\n') {
                at += 2;
                line++;
            } else if (c == '\n') {
                add(Kind.LINE_END, "\n", spaced);
                at++;
                line++;
                heredocBodies();
            } else if (c == ';') {
                add(Kind.LINE_END, ";", spaced);
                at++;
            } else {
                token(c, spaced);
            }
        }
        add(Kind.LINE_END, "\n", false);
        add(Kind.END, "", false);
    }

    private void token(char c, boolean spaced) {
        if (Character.isLetter(c) || c == '_' || c == '@' || c == '$') {
            name(spaced);
        } else if (Character.isDigit(c)) {
            int start = at;
            while (Character.isLetterOrDigit(peek(0))
                    || peek(0) == '_'
                    || peek(0) == '.' && Character.isDigit(peek(1))) {
                at++;
            }
            add(Kind.NUMBER, text.substring(start, at), spaced);
        } else if (c == '"' || c == '\'' || c == '`') {
            int began = line;
            at++;
            List<Ruby.Run> runs = quoted(c, c, c != '\'');
            boolean label = peek(0) == ':' && peek(1) != ':' && known(runs) != null;
            if (label) {
                at++;
            }
            tokens.add(new Token(label ? Kind.LABEL : Kind.TEXT, String.valueOf(known(runs)), began, spaced, runs));
        } else if (c == ':' && (peek(1) == '"' || peek(1) == '\'')) {
            char quote = peek(1);
            at += 2;
            List<Ruby.Run> runs = quoted(quote, quote, quote == '"');
            add(Kind.SYMBOL, String.valueOf(known(runs)), spaced);
        } else if (c == ':' && (Character.isLetter(peek(1)) || peek(1) == '_')) {
            at++;
            int start = at;
            word();
            add(Kind.SYMBOL, text.substring(start, at), spaced);
        } else if (c == '%' && percent(spaced)) {
            return;
        } else if (c == '<' && heredoc(spaced)) {
            return;
        } else if (c == '/' && startsValue() && (spaced && peek(1) != ' ' || !spaced)) {
            int began = line;
            at++;
            quoted('/', '/', false);
            while (Character.isLetter(peek(0))) {
                at++;
            }
            tokens.add(new Token(Kind.TEXT, "null", began, spaced, List.of(new Ruby.Run("${pattern}", began, true))));
        } else {
            String operator = OPERATORS.stream()
                    .filter(each -> text.startsWith(each, at))
                    .findFirst()
                    .orElse(String.valueOf(c));
            at += operator.length();
            add(Kind.OPERATOR, operator, spaced);
        }
    }

    private void name(boolean spaced) {
        int start = at;
        while (peek(0) == '@' || peek(0) == '$') {
            at++;
        }
        word();
        if ((peek(0) == '?' || peek(0) == '!') && peek(1) != '=') {
            at++;
        }
        String name = text.substring(start, at);
        boolean label = peek(0) == ':' && peek(1) != ':' && !afterQuestion();
        if (label) {
            at++;
        }
        Kind kind = label
                ? Kind.LABEL
                : !name.isEmpty() && Character.isUpperCase(name.charAt(0)) ? Kind.CONSTANT : Kind.NAME;
        if (name.isEmpty()) {
            at++;
            return;
        }
        add(kind, name, spaced);
    }

    /** Whether {@code a ? b : c} is open, in which a colon does not make a label. */
    private boolean afterQuestion() {
        for (int i = tokens.size() - 1; i >= 0 && tokens.get(i).kind() != Kind.LINE_END; i--) {
            if (tokens.get(i).is("?")) {
                return true;
            }
        }
        return false;
    }

    private void word() {
        while (Character.isLetterOrDigit(peek(0)) || peek(0) == '_') {
            at++;
        }
    }

    /** Whether a value may start here, rather than an operator. */
    private boolean startsValue() {
        if (tokens.isEmpty()) {
            return true;
        }
        Token last = tokens.getLast();
        return switch (last.kind()) {
            case NUMBER, TEXT, SYMBOL, CONSTANT, WORDS -> false;
            case LABEL, LINE_END, END -> true;
            case NAME -> at < text.length() && at > 0 && text.charAt(at - 1) == ' ';
            case OPERATOR ->
                !last.text().equals(")")
                        && !last.text().equals("]")
                        && !last.text().equals("}");
        };
    }

    /** Strings and lists that begin with a percent sign. */
    private boolean percent(boolean spaced) {
        char kind = peek(1);
        boolean bare = "([{|".indexOf(kind) >= 0 && kind != 0;
        boolean lettered =
                "wWiIqQ".indexOf(kind) >= 0 && kind != 0 && !Character.isLetterOrDigit(peek(2)) && peek(2) > ' ';
        if (!startsValue() || !bare && !lettered) {
            return false;
        }
        int began = line;
        char open = bare ? kind : peek(2);
        char close = open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : open == '<' ? '>' : open;
        at += bare ? 2 : 3;
        boolean list = lettered && "wWiI".indexOf(kind) >= 0;
        List<Ruby.Run> runs = quoted(open, close, bare || kind == 'Q' || kind == 'W' || kind == 'I');
        tokens.add(new Token(list ? Kind.WORDS : Kind.TEXT, String.valueOf(known(runs)), began, spaced, runs));
        return true;
    }

    private boolean heredoc(boolean spaced) {
        int from = at + 2;
        boolean squiggly = peek(1) == '<' && peek(2) == '~';
        boolean dashed = peek(1) == '<' && peek(2) == '-';
        if (peek(1) != '<') {
            return false;
        }
        from += squiggly || dashed ? 1 : 0;
        char quote = from < text.length() ? text.charAt(from) : 0;
        boolean quoted = quote == '\'' || quote == '"';
        int start = quoted ? from + 1 : from;
        int end = start;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        if (end == start || !Character.isUpperCase(text.charAt(start)) && !squiggly && !dashed) {
            return false;
        }
        List<Ruby.Run> runs = new ArrayList<>();
        heredocs.add(new Heredoc(text.substring(start, end), squiggly || dashed, squiggly, quote == '\'', runs));
        at = quoted ? end + 1 : end;
        tokens.add(new Token(Kind.TEXT, "null", line, spaced, runs));
        return true;
    }

    private void heredocBodies() {
        while (!heredocs.isEmpty()) {
            Heredoc heredoc = heredocs.removeFirst();
            while (at < text.length()) {
                int end = endOfLine();
                String written = text.substring(at, end);
                String bare = heredoc.indented() ? written.strip() : written.stripTrailing();
                at = Math.min(text.length(), end + 1);
                if (bare.equals(heredoc.word())) {
                    line++;
                    break;
                }
                interpolated(written + "\n", heredoc.into(), !heredoc.raw());
                line++;
            }
        }
    }

    /** One line of a heredoc. */
    private void interpolated(String written, List<Ruby.Run> into, boolean gaps) {
        int from = 0;
        for (int open = written.indexOf("#{"); gaps && open >= 0; open = written.indexOf("#{", from)) {
            int close = closing(written, open + 2);
            into.add(new Ruby.Run(written.substring(from, open), line, false));
            into.add(gap(written.substring(open + 2, close)));
            from = Math.min(written.length(), close + 1);
        }
        into.add(new Ruby.Run(written.substring(from), line, false));
    }

    private static int closing(String written, int from) {
        int depth = 1;
        for (int i = from; i < written.length(); i++) {
            depth += written.charAt(i) == '{' ? 1 : written.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return written.length();
    }

    private Ruby.Run gap(String code) {
        String name = code.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        String shown = name.length() > 60 ? name.substring(0, 60) : name;
        return new Ruby.Run("${" + (shown.isEmpty() ? "value" : shown) + "}", line, true);
    }

    /** The rest of a string up to its end. */
    private List<Ruby.Run> quoted(char open, char close, boolean interpolates) {
        List<Ruby.Run> runs = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        int depth = 0;
        while (at < text.length()) {
            char c = peek(0);
            if (c == '\\') {
                char next = peek(1);
                boolean escape = interpolates || next == close || next == '\\';
                out.append(
                        !escape
                                ? "\\" + next
                                : next == 'n' ? "\n" : next == 't' ? "\t" : next == '\n' ? "" : "" + next);
                line += next == '\n' ? 1 : 0;
                at += 2;
                continue;
            }
            if (c == close && depth == 0) {
                at++;
                break;
            }
            depth += open != close && c == open ? 1 : open != close && c == close ? -1 : 0;
            if (interpolates && c == '#' && peek(1) == '{') {
                int end = Math.min(closing(text, at + 2), endOfLine());
                runs.add(new Ruby.Run(out.toString(), line, false));
                out.setLength(0);
                runs.add(gap(text.substring(Math.min(at + 2, end), end)));
                at = Math.min(text.length(), end + 1);
                continue;
            }
            out.append(c);
            at++;
            if (c == '\n') {
                runs.add(new Ruby.Run(out.toString(), line, false));
                out.setLength(0);
                line++;
            }
        }
        runs.add(new Ruby.Run(out.toString(), line, false));
        return runs;
    }

    private static @Nullable String known(List<Ruby.Run> runs) {
        return new Ruby.Text(runs, 1).known();
    }

    private void add(Kind kind, String word, boolean spaced) {
        tokens.add(new Token(kind, word, line, spaced, null));
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void skipTo(int end) {
        for (; at < end && at < text.length(); at++) {
            line += text.charAt(at) == '\n' ? 1 : 0;
        }
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }
}
