package io.tailwater.lineage.project.bi;

import io.tailwater.lineage.project.CompiledQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the templates out of the SQL of BI tools: what they put in is known only when a query runs. */
final class Templates {
    /** {@code [[ ... ]]} is Metabase's optional part; its content counts. */
    private static final Pattern TEMPLATE =
            Pattern.compile("(?s)\\{%.*?%\\}|\\{#.*?#\\}|\\{\\{(.*?)\\}\\}|\\[\\[|\\]\\]");

    private Templates() {}

    /**
     * SQL without templates; lines stay where they were.
     *
     * @param sql the text
     * @param gaps placeholders in it
     */
    record Plain(String sql, List<CompiledQuery.Gap> gaps) {
        int lineOf(int offset) {
            return (int) sql.substring(0, Math.min(offset, sql.length()))
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
        }
    }

    static Plain plain(String sql) {
        if (!sql.contains("{") && !sql.contains("[[")) {
            return new Plain(sql, List.of());
        }
        List<CompiledQuery.Gap> gaps = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        Matcher matcher = TEMPLATE.matcher(sql);
        int from = 0;
        while (matcher.find()) {
            out.append(sql, from, matcher.start());
            from = matcher.end();
            long lines = matcher.group().chars().filter(c -> c == '\n').count();
            if (matcher.group(1) != null) {
                out.append(value(matcher.group(1).trim(), out, sql, from, gaps));
            } else if (matcher.group().equals("[[")) {
                out.append(' ');
            }
            out.append("\n".repeat((int) lines));
        }
        return new Plain(out.append(sql, from, sql.length()).toString(), gaps);
    }

    private static String value(
            String what, StringBuilder before, String sql, int after, List<CompiledQuery.Gap> gaps) {
        String ahead = before.toString().stripTrailing().toLowerCase(java.util.Locale.ROOT);
        boolean relation = ahead.endsWith("from") || ahead.endsWith("join");
        boolean joined = !before.isEmpty() && isNamePart(before.charAt(before.length() - 1))
                || after < sql.length() && isNamePart(sql.charAt(after));
        if (!relation && !joined) {
            return "NULL";
        }
        if (!relation && before.chars().filter(c -> c == '\'').count() % 2 == 1) {
            return "x";
        }
        String name = "tw_unknown_" + (gaps.size() + 1) + "x";
        gaps.add(new CompiledQuery.Gap(
                name, "what the template puts in here is known only when the query runs: " + what, true, null));
        return name;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }
}
