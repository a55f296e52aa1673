package io.tailwater.publisher.render;

import java.util.List;

/**
 * How much a comment may say.
 *
 * @param entries most entries of a list
 * @param lines most lines
 * @param characters most characters
 */
record Limits(int entries, int lines, int characters) {

    /** At most 10 entries a list, 60 lines, 31,000 characters. The marker takes two lines of its own. */
    static final Limits DEFAULT = new Limits(10, 58, 30_500);

    boolean allow(List<String> comment) {
        return comment.size() <= lines
                && comment.stream().mapToInt(line -> line.length() + 1).sum() <= characters;
    }

    /** The longest beginning that is allowed, cut at a line's end. */
    List<String> cut(List<String> comment) {
        int kept = comment.size();
        while (kept > 1 && !allow(comment.subList(0, kept))) {
            kept--;
        }
        return comment.subList(0, kept);
    }
}
