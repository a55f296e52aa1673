package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.project.lookml.Node.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of one LookML file into parameters. Never fails: what cannot be read is skipped and listed. */
final class Parser {
    private static final int DEEPEST = 60;
    private static final int MOST_NODES = 300_000;
    private static final int MOST_PROBLEMS = 20;

    private final String text;
    private final List<Problem> problems = new ArrayList<>();
    private int at;
    private int nodes;

    /** Something that could not be read. */
    record Problem(int offset, String reason) {}

    /** What came out of a text. */
    record Parsed(List<Node> nodes, List<Problem> problems) {}

    private Parser(String text) {
        this.text = text;
    }

    static Parsed parse(String text) {
        Parser parser = new Parser(text);
        List<Node> nodes = parser.parameters(0);
        return new Parsed(nodes, List.copyOf(parser.problems));
    }

    /** Parameters up to the closing brace of their block, or the end of the text. */
    private List<Node> parameters(int depth) {
        List<Node> found = new ArrayList<>();
        while (true) {
            skipBlanks();
            if (at >= text.length()) {
                if (depth > 0) {
                    problem(at, "the file ends inside a block");
                }
                return found;
            }
            char c = text.charAt(at);
            if (c == '}') {
                at++;
                if (depth > 0) {
                    return found;
                }
                problem(at - 1, "a closing brace without a block");
            } else if (isWord(c)) {
                Node node = parameter(depth);
                if (node != null) {
                    found.add(node);
                }
            } else {
                problem(at, "a parameter was expected instead of " + c);
                at++;
            }
            if (nodes > MOST_NODES) {
                problem(at, "the file has more than " + MOST_NODES + " parameters; the rest is not read");
                at = text.length();
                return found;
            }
        }
    }

    private @Nullable Node parameter(int depth) {
        int start = at;
        String key = word();
        skipBlanks();
        if (at >= text.length() || text.charAt(at) != ':') {
            problem(start, "a colon is missing after " + key);
            return null;
        }
        at++;
        nodes++;
        if (isCode(key)) {
            return code(key, start);
        }
        skipBlanks();
        if (at >= text.length()) {
            problem(start, "the value of " + key + " is missing");
            return null;
        }
        return value(key, start, depth);
    }

    private @Nullable Node value(String key, int start, int depth) {
        char c = text.charAt(at);
        int textStart = at;
        if (c == '"') {
            return new Node(key, Shape.STRING, string(), List.of(), start, textStart + 1);
        }
        if (c == '[') {
            at++;
            return new Node(key, Shape.LIST, null, items(depth + 1), start, textStart);
        }
        if (c == '{') {
            return block(key, null, start, start, depth);
        }
        String name = bareWord();
        if (name.isEmpty()) {
            problem(at, "the value of " + key + " cannot be read");
            at++;
            return null;
        }
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '{') {
            return block(key, name, start, textStart, depth);
        }
        return new Node(key, Shape.WORD, name, List.of(), start, textStart);
    }

    private @Nullable Node block(String key, @Nullable String name, int start, int nameStart, int depth) {
        at++;
        if (depth >= DEEPEST) {
            problem(start, "blocks are nested deeper than " + DEEPEST + "; the rest of the file is not read");
            at = text.length();
            return null;
        }
        return new Node(key, Shape.BLOCK, name, parameters(depth + 1), start, nameStart);
    }

    /** Items up to the closing bracket. */
    private List<Node> items(int depth) {
        List<Node> found = new ArrayList<>();
        while (true) {
            skipBlanks();
            if (at >= text.length()) {
                problem(at, "the file ends inside a list");
                return found;
            }
            char c = text.charAt(at);
            if (c == ']') {
                at++;
                return found;
            }
            if (c == ',') {
                at++;
            } else if (c == '}' || depth > DEEPEST) {
                problem(at, "a list is not closed");
                return found;
            } else {
                item(found, depth);
            }
        }
    }

    private void item(List<Node> found, int depth) {
        int start = at;
        nodes++;
        if (text.charAt(at) == '"') {
            String string = string();
            found.add(new Node(string, Shape.ITEM, string, List.of(), start + 1, start + 1));
            return;
        }
        if (text.charAt(at) == '[') {
            at++;
            found.add(new Node("", Shape.LIST, null, items(depth + 1), start, start));
            return;
        }
        String name = bareWord();
        if (name.isEmpty()) {
            problem(at, "an item of a list cannot be read");
            at++;
            return;
        }
        skipBlanks();
        if (at < text.length() && text.charAt(at) == ':') {
            at++;
            skipBlanks();
            Node value = at < text.length() ? value(name, start, depth) : null;
            if (value != null) {
                found.add(value);
            }
        } else {
            found.add(new Node(name, Shape.ITEM, name, List.of(), start, start));
        }
    }

    /** Text up to two semicolons. */
    private Node code(String key, int start) {
        int end = text.indexOf(";;", at);
        if (end < 0) {
            problem(start, "two semicolons are missing after " + key);
            end = text.length();
        }
        int first = at;
        while (first < end && Character.isWhitespace(text.charAt(first))) {
            first++;
        }
        int last = end;
        while (last > first && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        at = Math.min(text.length(), end + 2);
        return new Node(key, Shape.CODE, text.substring(first, last), List.of(), start, first);
    }

    private static boolean isCode(String key) {
        return key.equals("sql")
                || key.startsWith("sql_")
                || key.equals("html")
                || key.equals("expression")
                || key.equals("expression_custom_filter");
    }

    private String string() {
        int start = ++at;
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            out.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            problem(start, "a string is not closed");
        }
        at++;
        return out.toString();
    }

    private String word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A value without quotes: names with dots, stars, signs and constants. */
    private String bareWord() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '@' && text.startsWith("@{", at)) {
                int end = text.indexOf('}', at);
                at = end < 0 ? text.length() : end + 1;
            } else if (isWord(c) || ".*+/%<>=!$-".indexOf(c) >= 0) {
                at++;
            } else {
                break;
            }
        }
        return text.substring(start, at);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    private void problem(int offset, String reason) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(Math.max(0, Math.min(offset, text.length() - 1)), reason));
        }
    }
}
