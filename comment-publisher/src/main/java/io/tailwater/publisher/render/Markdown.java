package io.tailwater.publisher.render;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts text from outside into Markdown so that it stays text. Bitbucket's dialect has no escape for "@" or "&lt;", so
 * what is not plain words goes into code spans, where no mention, link, image, HTML or emphasis can arise. Inside one,
 * a back-tick becomes an apostrophe and a pipe, which would end a table's cell, a broken bar.
 */
final class Markdown {

    /** Longest name shown; longer ones keep beginning and end. */
    static final int LONGEST_NAME = 80;

    private static final int LONGEST_SENTENCE = 300;
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String HEX = "0123456789ABCDEF";

    /** Letters with single apostrophes and hyphens between them, or a number; punctuation behind. */
    private static final Pattern PLAIN_WORD = Pattern.compile("(?:\\p{L}+(?:['’-]\\p{L}+)*|\\p{N}+)[,;:.]?");

    private static final Pattern PLAIN_FILE = Pattern.compile("[A-Za-z0-9]+(?:[_.][A-Za-z0-9]+)*");
    private static final Pattern CODE_OR_WORD = Pattern.compile("`([^`]*)`([,;:.]?)(?=\\s|$)|(\\S+)");

    private Markdown() {}

    /** A name as a code span. */
    static String code(String name) {
        String inside =
                shortened(visible(name), LONGEST_NAME).replace('`', '\'').replace('|', '¦');
        return inside.isEmpty() ? "`?`" : "`" + inside + "`";
    }

    /** A name in italics when it is made of plain words, else as a code span. */
    static String emphasised(String name) {
        String inside = shortened(visible(name), LONGEST_NAME);
        boolean plain = !inside.isEmpty() && inside.chars().noneMatch(c -> c == '.' || c == ':');
        for (String word : inside.split(" ", -1)) {
            plain &= PLAIN_WORD.matcher(word).matches();
        }
        return plain ? "*" + inside + "*" : code(name);
    }

    /** A sentence: plain words as they are, everything else, and what stands between back-ticks, as code spans. */
    static String sentence(String text) {
        StringBuilder written = new StringBuilder();
        StringBuilder pending = new StringBuilder();
        Matcher matcher = CODE_OR_WORD.matcher(shortened(visible(text), LONGEST_SENTENCE));
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                flush(pending, written);
                separate(written).append(code(matcher.group(1))).append(matcher.group(2));
            } else if (PLAIN_WORD.matcher(matcher.group(3)).matches()) {
                flush(pending, written);
                separate(written).append(matcher.group(3));
            } else {
                pending.append(pending.isEmpty() ? "" : " ").append(matcher.group(3));
            }
        }
        flush(pending, written);
        return written.toString();
    }

    private static void flush(StringBuilder pending, StringBuilder written) {
        if (!pending.isEmpty()) {
            String text = pending.toString();
            boolean punctuated = text.length() > 1 && text.matches(".*[\\p{L}\\p{N})'\\]][,;:.]");
            String inside = punctuated ? text.substring(0, text.length() - 1) : text;
            separate(written).append(codeUncut(inside)).append(punctuated ? text.substring(text.length() - 1) : "");
            pending.setLength(0);
        }
    }

    private static String codeUncut(String text) {
        return "`" + text.replace('`', '\'').replace('|', '¦') + "`";
    }

    private static StringBuilder separate(StringBuilder written) {
        return written.isEmpty() ? written : written.append(' ');
    }

    /** A link whose text is a file's name and a line. */
    static String fileLink(String path, int line, String url) {
        String file = shortened(visible(path.substring(path.lastIndexOf('/') + 1)), LONGEST_NAME);
        String text = line > 0 ? file + ":" + line : file;
        return link(PLAIN_FILE.matcher(file).matches() ? text : code(text), url);
    }

    /** A link; the text is Markdown already, the address is encoded already. */
    static String link(String text, String url) {
        return "[" + text + "](" + url + ")";
    }

    /** Percent-encodes a path, "/" kept. */
    static String encodedPath(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            if (octet == '/' || octet > 0 && UNRESERVED.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.charAt((octet >> 4) & 15)).append(HEX.charAt(octet & 15));
            }
        }
        return encoded.toString();
    }

    /** One line of visible characters: no controls, no invisible or direction-changing marks, no lone surrogates. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints()
                .limit(4L * LONGEST_SENTENCE)
                .map(point -> Character.isWhitespace(point) || Character.isSpaceChar(point) ? ' ' : point)
                .filter(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED -> false;
                    default -> true;
                })
                .forEach(visible::appendCodePoint);
        return visible.toString().replaceAll(" {2,}", " ").strip();
    }

    private static String shortened(String text, int longest) {
        int length = text.codePointCount(0, text.length());
        if (length <= longest) {
            return text;
        }
        int tail = longest / 4;
        int headEnd = text.offsetByCodePoints(0, longest - tail - 1);
        int tailStart = text.offsetByCodePoints(text.length(), -tail);
        return text.substring(0, headEnd) + "…" + text.substring(tailStart);
    }
}
