package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.Relations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the placeholders of all kinds of templating one spelling, {@code ${name}}, which the parser takes for a part of a
 * name or for a value. Line ends stay where they are.
 *
 * @param text the text with its placeholders named alike
 * @param unresolved calls that stand alone as a statement: what they run is not in the text
 */
record Placeholders(String text, List<Unresolved> unresolved) {
    /** {@code {{ … }}}, of Jinja, Go or Mustache; the length is bounded so that an unclosed one costs little. */
    private static final Pattern EXPRESSION =
            Pattern.compile("\\{\\{[-+]?((?:[^{}]|\\{(?!\\{)|\\}(?!\\})){0,2000}+)\\}\\}");

    private static final Pattern OTHERS = Pattern.compile(
            // str.format: {name}
            "(?<![{\\w$'\"])\\{([A-Za-z_][\\w.]{0,80})\\}(?!\\})"
                    // the same right behind a quote or inside a name, followed by more of a name
                    + "|(?<![{$])\\{([A-Za-z_][\\w.]{0,80})\\}(?=[\\w.`\"'])"
                    // Python's % operator: %(name)s
                    + "|%\\((\\w{1,80})\\)[sd]"
                    // sqlcmd: $(name)
                    + "|\\$\\((\\w{1,80})\\)"
                    // $name and :name where a name goes on behind them
                    + "|(?<![\\w$'])\\$([A-Za-z_]\\w{0,80})(?=\\.[\\w\"`$])"
                    // documentation's <name>, as a part of a name
                    + "|(?<=[`.\\s])<([A-Za-z_][\\w-]{0,80})>(?=[.`])"
                    + "|(?<![\\w:'\\])]):([A-Za-z_]\\w{0,80})(?=\\.[A-Za-z_\"`$])");

    private static final int WINDOW = 4_000;
    private static final Pattern DEFINED =
            Pattern.compile("\\{%[-+]?\\s*(?:set|for|macro|from|import|call)\\b([^%]{0,2000})");
    private static final Pattern BEGINS =
            Pattern.compile("(?i)(?:select|with|insert|merge|create|declare|delete|update)\\b");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern TAG = Pattern.compile("(?s)\\{%.{0,4000}?%\\}|\\{#.{0,20000}?#\\}");
    private static final Pattern CALL = Pattern.compile("(?s)\\s*[A-Za-z_][\\w.]*\\(.*\\)\\s*-?");

    Placeholders {
        unresolved = List.copyOf(unresolved);
    }

    /** Whether template syntax is left that must be rendered. */
    static boolean isTemplate(String text) {
        return text.contains("{%") || text.contains("{{") || text.contains("{#");
    }

    /** Names the placeholders of a file's text. */
    static Placeholders in(String path, String written) {
        String text = written.replace("\r\n", "\n").replace('\r', '\n');
        if (text.indexOf('{') < 0
                && text.indexOf('<') < 0
                && text.indexOf('$') < 0
                && text.indexOf('%') < 0
                && text.indexOf(':') < 0) {
            return new Placeholders(text, List.of());
        }
        List<Unresolved> calls = new ArrayList<>();
        if (text.contains("{{") && !text.contains("{% raw") && !text.contains("{%- raw")) {
            text = withoutExpressions(path, text, calls);
        }
        String named = OTHERS.matcher(text).replaceAll(found -> Matcher.quoteReplacement("${" + group(found) + "}"));
        return new Placeholders(named, calls);
    }

    /** The text without statements and comments of templates, all branches kept. */
    static String withoutTags(String text) {
        String bare = TAG.matcher(text).replaceAll(found -> lineEnds(found.group()));
        return EXPRESSION.matcher(bare).replaceAll(found -> Matcher.quoteReplacement(placeholder(found.group(1))));
    }

    /** Whether a part of a name is nothing but a placeholder. */
    static boolean isWhole(String part) {
        return Relations.isPlaceholder(part);
    }

    private static String withoutExpressions(String path, String text, List<Unresolved> calls) {
        Set<String> defined = defined(text);
        Matcher expressions = EXPRESSION.matcher(text);
        StringBuilder out = new StringBuilder();
        int from = 0;
        int line = 1;
        while (expressions.find()) {
            String inside = expressions.group(1);
            out.append(text, from, expressions.start());
            line += lineEnds(text.substring(from, expressions.start())).length();
            from = expressions.end();
            if (usesAny(inside, defined)) {
                out.append(expressions.group());
            } else if (CALL.matcher(inside).matches() && standsAlone(out, text, from)) {
                out.append(lineEnds(expressions.group()));
                calls.add(new Unresolved(
                        SourceLocation.of(path, line),
                        "what the call of " + inside.strip().split("\\(", 2)[0] + " runs is not in the file",
                        null,
                        null));
            } else {
                out.append(placeholder(inside));
            }
            line += lineEnds(inside).length();
        }
        return out.append(text, from, text.length()).toString();
    }

    private static boolean usesAny(String expression, Set<String> names) {
        return !names.isEmpty()
                && WORD.matcher(expression).results().map(MatchResult::group).anyMatch(names::contains);
    }

    private static Set<String> defined(String text) {
        Set<String> names = new HashSet<>();
        Matcher tags = DEFINED.matcher(text);
        while (tags.find()) {
            WORD.matcher(tags.group(1)).results().map(MatchResult::group).forEach(names::add);
        }
        return names;
    }

    /** Whether nothing of a statement stands before or behind: only comments, ends of statements, other calls. */
    private static boolean standsAlone(CharSequence before, String text, int behind) {
        int at = before.length() - 1;
        while (at >= 0 && before.charAt(at) != '\n') {
            if (!Character.isWhitespace(before.charAt(at)) && before.charAt(at) != ';') {
                return false;
            }
            at--;
        }
        // a window: what stands further up was looked at with the call before
        String statement = before.subSequence(Math.max(0, before.length() - WINDOW), before.length())
                .toString();
        statement = statement.substring(
                Math.max(statement.lastIndexOf(';'), statement.length() < WINDOW ? -1 : statement.indexOf('\n')) + 1);
        boolean nothingBefore = statement.lines().allMatch(line -> {
            String words = line.strip();
            return words.isEmpty() || words.startsWith("--") || words.startsWith("#") || words.startsWith("{%");
        });
        String rest =
                text.substring(behind, Math.min(text.length(), behind + 200)).strip();
        return nothingBefore
                && (rest.isEmpty()
                        || rest.startsWith(";")
                        || rest.startsWith("#")
                        || rest.startsWith("--")
                        || rest.startsWith("{")
                        || BEGINS.matcher(rest).lookingAt());
    }

    private static String placeholder(String expression) {
        String name = expression.strip().replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        String shown = name.length() <= 60 ? name : name.substring(0, 60);
        return "${" + (shown.isEmpty() ? "value" : shown) + "}" + lineEnds(expression);
    }

    private static String lineEnds(String text) {
        return "\n".repeat((int) text.chars().filter(c -> c == '\n').count());
    }

    private static String group(MatchResult found) {
        for (int i = 1; i <= found.groupCount(); i++) {
            if (found.group(i) != null) {
                return found.group(i).replace('.', '_').replace('-', '_');
            }
        }
        return "value";
    }
}
