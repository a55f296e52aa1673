package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.project.CompiledQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQL of LookML with its templates taken out: constants put in, one way through Liquid's branches taken, references to
 * fields replaced. What Liquid puts out is known only when a query runs; a placeholder stands for it.
 */
final class SqlTemplate {
    /** Most ways through the branches of one text that are looked at. */
    static final int MOST_VARIANTS = 4;

    private static final int LONGEST = 400_000;
    private static final int MOST_CONSTANTS = 200;
    private static final int DEEPEST = 40;
    private static final Pattern CONSTANT = Pattern.compile("@\\{(\\w+)\\}");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\s*([^}]*?)\\s*\\}");
    private static final Pattern TAG = Pattern.compile("(?s)\\{%-?\\s*(\\w*)(.*?)-?%\\}|\\{\\{(.*?)\\}\\}");
    private static final Pattern FIELD = Pattern.compile(
            "\\b([A-Za-z]\\w*(?:\\.\\w+)*)\\._(?:value|rendered_value|filterable_value|in_query|is_selected|is_filtered"
                    + "|parameter_value|sql|name|label)\\b");
    private static final Pattern ARGUMENT = Pattern.compile("\\s*([A-Za-z]\\w*(?:\\.\\w+)*)");
    private static final Pattern USER_ATTRIBUTE = Pattern.compile("_user_attributes|_model|_view|_explore|_dialect");

    private SqlTemplate() {}

    /**
     * A field that Liquid names.
     *
     * @param field its name, with or without the view
     * @param offset where in the file
     */
    record LiquidUse(String field, int offset) {}

    /**
     * One way through a template.
     *
     * @param text the text
     * @param uses fields that Liquid names, in tags that were passed
     * @param gaps placeholders in the text
     */
    record Compiled(MappedText text, List<LiquidUse> uses, List<CompiledQuery.Gap> gaps) {}

    /** What stands for a reference between {@code ${} and {@code }}. */
    interface References {
        /** The text to put in. */
        String replace(String reference, int offset);
    }

    /** All ways through a template that differ, the first branches first. */
    static List<Compiled> compile(MappedText written, Map<String, String> constants, References references) {
        MappedText text = constants(written, constants);
        List<Compiled> ways = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        int count = text.text().contains("{%") ? MOST_VARIANTS : 1;
        for (int variant = 0; variant < count; variant++) {
            Liquid liquid = new Liquid(text, variant);
            MappedText plain = liquid.render();
            if (seen.contains(plain.text())) {
                continue;
            }
            seen.add(plain.text());
            ways.add(new Compiled(references(plain, references), liquid.uses, liquid.gaps));
        }
        return ways;
    }

    /** The text with constants of the manifest put in; unknown ones stay. */
    static MappedText constants(MappedText text, Map<String, String> constants) {
        MappedText now = text;
        for (int round = 0; round < 5 && now.text().contains("@{"); round++) {
            MappedText.Builder out = new MappedText.Builder();
            Matcher matcher = CONSTANT.matcher(now.text());
            int from = 0;
            int replaced = 0;
            while (matcher.find() && replaced < MOST_CONSTANTS && out.length() < LONGEST) {
                String value = constants.get(matcher.group(1));
                if (value != null) {
                    out.add(now, from, matcher.start());
                    out.add(value, now.origin(matcher.start()));
                    from = matcher.end();
                    replaced++;
                }
            }
            out.add(now, from, now.text().length());
            now = out.build();
            if (replaced == 0) {
                break;
            }
        }
        return now;
    }

    private static MappedText references(MappedText text, References references) {
        if (!text.text().contains("${")) {
            return text;
        }
        MappedText.Builder out = new MappedText.Builder();
        Matcher matcher = REFERENCE.matcher(text.text());
        int from = 0;
        while (matcher.find()) {
            out.add(text, from, matcher.start());
            int origin = text.origin(matcher.start());
            out.add(references.replace(matcher.group(1), origin), origin);
            from = matcher.end();
        }
        out.add(text, from, text.text().length());
        return out.build();
    }

    /** Fields that Liquid names anywhere in a text, such as an address or a label. */
    static List<LiquidUse> uses(String text, int start) {
        List<LiquidUse> found = new ArrayList<>();
        if (!text.contains("{{") && !text.contains("{%")) {
            return found;
        }
        Matcher tags = TAG.matcher(text);
        while (tags.find()) {
            Matcher fields = FIELD.matcher(tags.group());
            while (fields.find()) {
                found.add(new LiquidUse(fields.group(1), start + tags.start() + fields.start()));
            }
        }
        return found;
    }

    /** Renders one way. */
    private static final class Liquid {
        private final MappedText text;
        private final int variant;
        private final MappedText.Builder out = new MappedText.Builder();
        private final List<LiquidUse> uses = new ArrayList<>();
        private final List<CompiledQuery.Gap> gaps = new ArrayList<>();
        private final List<Branches> open = new ArrayList<>();

        private static final class Branches {
            int index;
            boolean taken;
            boolean outer;
        }

        Liquid(MappedText text, int variant) {
            this.text = text;
            this.variant = variant;
        }

        MappedText render() {
            if (!text.text().contains("{%") && !text.text().contains("{{")) {
                return text;
            }
            Matcher tags = TAG.matcher(text.text());
            int from = 0;
            boolean comment = false;
            while (tags.find()) {
                if (!comment) {
                    put(from, tags.start());
                }
                from = tags.end();
                String word = tags.group(1);
                if ("comment".equals(word)) {
                    comment = true;
                } else if ("endcomment".equals(word)) {
                    comment = false;
                } else if (!comment) {
                    tag(tags, word);
                }
            }
            put(from, text.text().length());
            return out.build();
        }

        private boolean live() {
            return open.isEmpty() || open.get(open.size() - 1).taken;
        }

        private void put(int from, int to) {
            if (live() && out.length() < LONGEST) {
                out.add(text, from, to);
            }
        }

        private void tag(Matcher tags, @Nullable String word) {
            int origin = text.origin(tags.start());
            if (word == null) {
                output(String.valueOf(tags.group(3)), origin, tags.end());
                return;
            }
            String rest = tags.group(2);
            switch (word) {
                case "if", "unless", "case" -> enter(word);
                case "elsif", "else", "when" -> next(word);
                case "endif", "endunless", "endcase" -> {
                    if (!open.isEmpty()) {
                        open.remove(open.size() - 1);
                    }
                }
                case "condition" -> emit("((", origin);
                case "endcondition" -> emit(") IS NOT NULL)", origin);
                case "parameter" -> placeholder(origin, tags.end(), rest.trim());
                case "date_start", "date_end" -> emit(out.insideString() ? "x" : "NULL", origin);
                default -> {
                    // assignments, loops and the like put nothing out themselves
                }
            }
            if (!live()) {
                return;
            }
            if (word.equals("condition") || word.equals("parameter") || word.startsWith("date_")) {
                Matcher argument = ARGUMENT.matcher(rest);
                if (argument.lookingAt()) {
                    uses.add(new LiquidUse(argument.group(1), origin));
                }
            } else {
                fields(rest, origin);
            }
        }

        private void fields(String expression, int origin) {
            Matcher fields = FIELD.matcher(expression);
            while (fields.find()) {
                uses.add(new LiquidUse(fields.group(1), origin));
            }
        }

        private void enter(String word) {
            Branches branches = new Branches();
            branches.outer = live() && open.size() < DEEPEST;
            branches.index = word.equals("case") ? -1 : 0;
            branches.taken = branches.outer && branches.index == variant;
            open.add(branches);
        }

        private void next(String word) {
            if (open.isEmpty()) {
                return;
            }
            Branches branches = open.get(open.size() - 1);
            branches.index++;
            boolean last = word.equals("else") && branches.index < variant;
            branches.taken = branches.outer && (branches.index == variant || last);
        }

        private void emit(String inserted, int origin) {
            if (live()) {
                out.add(inserted, origin);
            }
        }

        private void output(String expression, int origin, int end) {
            if (live()) {
                fields(expression, origin);
                placeholder(origin, end, expression.trim());
            }
        }

        /** A value that only a running query knows. Inside a string or a comment it changes nothing that is of interest. */
        private void placeholder(int origin, int end, String what) {
            if (!live()) {
                return;
            }
            if (out.insideString()) {
                out.add("x", origin);
                return;
            }
            if (out.endsWith('\'')) {
                // a unit behind a number, as in interval '1' day
                return;
            }
            boolean partOfName =
                    end < text.text().length() && isNamePart(text.text().charAt(end))
                            || out.length() > 0 && isNamePart(out.last());
            if (!partOfName && !USER_ATTRIBUTE.matcher(what).find() && !what.contains("_parameter_value")) {
                out.add("NULL", origin);
                return;
            }
            String name = "tw_unknown_" + (gaps.size() + 1) + "x";
            gaps.add(new CompiledQuery.Gap(
                    name, "what Liquid puts in here is known only when a query runs: " + shortened(what), true, null));
            out.add(name, origin);
        }

        private static String shortened(String what) {
            return what.length() <= 60 ? what : what.substring(0, 57) + "...";
        }

        private static boolean isNamePart(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '`' || c == '"';
        }
    }
}
