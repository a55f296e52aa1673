package io.tailwater.simulator.payload;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Renders markdown as Bitbucket Cloud shows it, near enough to see what a reader sees.
 *
 * <p>Bitbucket uses a Python-Markdown dialect, not CommonMark. What differs and matters for comments is imitated: raw
 * HTML shows as text, headings, lists and tables need a blank line before them, and nested lists need four spaces.
 */
public final class Markdown {

    private static final Pattern LIST_ITEM = Pattern.compile("( {0,3})(?:[-*+]|\\d{1,9}[.)])[ \\t].*");
    private static final Pattern BLOCK_START = Pattern.compile("(?:#{1,6} |[-*+] |\\d{1,9}[.)] |\\|).*");
    private static final Pattern PLAIN = Pattern.compile("(?! {4}|\\t|#{1,6} |>|\\||```|~~~|\\[[^\\]]+\\]:).*\\S.*");

    private static final List<org.commonmark.Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    private Markdown() {}

    /** The HTML of a text, safe to put into a page. */
    public static String toHtml(String raw) {
        return RENDERER.render(PARSER.parse(asCloudReadsIt(raw)));
    }

    private static String asCloudReadsIt(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        boolean inFence = false;
        boolean afterParagraph = false;
        for (String line : raw.split("\n", -1)) {
            String kept = line;
            if (line.startsWith("```") || line.startsWith("~~~")) {
                inFence = !inFence;
                afterParagraph = false;
            } else if (!inFence) {
                if (afterParagraph && BLOCK_START.matcher(line).matches()) {
                    kept = escapeStart(line);
                } else if (LIST_ITEM.matcher(line).matches()) {
                    kept = line.stripLeading();
                    afterParagraph = false;
                } else {
                    afterParagraph = PLAIN.matcher(line).matches() && (afterParagraph || !line.startsWith(" "));
                }
            }
            text.append(kept).append('\n');
        }
        return text.toString();
    }

    private static String escapeStart(String line) {
        int mark = 0;
        while (Character.isDigit(line.charAt(mark))) {
            mark++;
        }
        return line.substring(0, mark) + "\\" + line.substring(mark);
    }
}
