package io.tailwater.lineage.project.powerbi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects of a TMDL file: lines nested by tabs, each a kind and a name, a property, or text of an expression. */
final class TmdlFile {
    private static final int DEEPEST = 40;
    private static final int MOST_LINES = 200_000;

    private TmdlFile() {}

    /** An object or property. */
    static final class Entry {
        final String word;
        final String name;
        /** Behind the equals sign or colon, with the lines below that belong to it. */
        final StringBuilder text = new StringBuilder();

        final int line;
        final int depth;
        final List<Entry> children = new ArrayList<>();

        Entry(String word, String name, int line, int depth) {
            this.word = word;
            this.name = name;
            this.line = line;
            this.depth = depth;
        }

        @Nullable
        String property(String key) {
            for (Entry child : children) {
                if (child.word.equals(key) && child.name.isEmpty()) {
                    return child.text.toString().trim();
                }
            }
            return null;
        }
    }

    /** The outermost objects of a text; null if it is too long or too deep. */
    static @Nullable List<Entry> read(String text) {
        Entry root = new Entry("", "", 1, -1);
        List<Entry> open = new ArrayList<>(List.of(root));
        String[] lines = text.split("\n", -1);
        if (lines.length > MOST_LINES) {
            return null;
        }
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].stripTrailing();
            if (line.isBlank() || line.strip().startsWith("///")) {
                continue;
            }
            int depth = depth(line);
            while (open.size() > 1 && open.get(open.size() - 1).depth >= depth) {
                open.remove(open.size() - 1);
            }
            Entry parent = open.get(open.size() - 1);
            boolean belongsToText = parent.depth >= 0 && isText(parent, depth);
            if (belongsToText) {
                parent.text.append('\n').append(line.strip());
                continue;
            }
            Entry entry = entry(line.strip(), i + 1, depth);
            parent.children.add(entry);
            if (open.size() > DEEPEST) {
                return null;
            }
            open.add(entry);
        }
        return root.children;
    }

    private static int depth(String line) {
        int depth = 0;
        int spaces = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\t') {
                depth++;
            } else if (c == ' ') {
                spaces++;
            } else {
                break;
            }
        }
        return depth + spaces / 4;
    }

    /** Expressions stand two levels below their object, properties one. A source's text stands below it. */
    private static boolean isText(Entry parent, int depth) {
        boolean expression =
                parent.word.equals("measure") || parent.word.equals("column") || parent.word.equals("expression");
        return depth > parent.depth + 1 && expression || parent.word.equals("source") || parent.word.equals("query");
    }

    private static Entry entry(String line, int number, int depth) {
        int end = 0;
        while (end < line.length() && (Character.isLetterOrDigit(line.charAt(end)) || line.charAt(end) == '_')) {
            end++;
        }
        String word = line.substring(0, end);
        String rest = line.substring(end).strip();
        String name = "";
        if (!rest.startsWith(":") && !rest.startsWith("=")) {
            int close = rest.startsWith("'") ? quotedEnd(rest) : nameEnd(rest);
            name = rest.startsWith("'")
                    ? rest.substring(1, Math.max(1, close - 1)).replace("''", "'")
                    : rest.substring(0, close);
            rest = rest.substring(close).strip();
        }
        Entry entry = new Entry(word, name.strip(), number, depth);
        if (rest.startsWith(":") || rest.startsWith("=")) {
            entry.text.append(rest.substring(1).replace("```", "").strip());
        }
        return entry;
    }

    private static int quotedEnd(String rest) {
        int i = 1;
        while (i < rest.length()) {
            if (rest.charAt(i) == '\'') {
                if (i + 1 < rest.length() && rest.charAt(i + 1) == '\'') {
                    i++;
                } else {
                    return i + 1;
                }
            }
            i++;
        }
        return rest.length();
    }

    private static int nameEnd(String rest) {
        int equals = rest.indexOf('=');
        return equals < 0 ? rest.length() : equals;
    }
}
