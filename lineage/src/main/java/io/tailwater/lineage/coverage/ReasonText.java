package io.tailwater.lineage.coverage;

import io.tailwater.lineage.graph.Unresolved;
import java.util.regex.Pattern;

/** Reasons without what differs from case to case. */
final class ReasonText {
    private static final String NAME = "…";
    private static final Pattern SUBJECT = Pattern.compile("^\\S+: (?=\\S)");
    private static final Pattern CANDIDATES = Pattern.compile("could come from .*");
    private static final Pattern OWNER = Pattern.compile("^(?:… )?\\S.*? has no column of this name");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`");
    private static final Pattern FOUND = Pattern.compile("but found .*");
    private static final Pattern AFTER_NOUN = Pattern.compile(
            "\\b(the macro or object|the variable|the environment variable|the columns? of|the values of the column|the column|which relations match|which relations begin with|is called|has the name) (?!a\\b)\\S+");
    /** Words that no sentence of ours has: with a dot, underscore, digit, slash or percent sign inside. */
    private static final Pattern WORD_OF_CODE =
            Pattern.compile("(?<![\\w…])[^\\s,;:()]*[\\w%][_.$/%\\d][^\\s,;:()]*|\\b[A-Za-z]*\\d[\\w]*");

    private ReasonText() {}

    /** Whether a column could come from more than one relation. */
    static boolean isAmbiguous(Unresolved open) {
        return open.column() != null && open.reason().contains(": could come from ");
    }

    /** The reason of something unresolved, the same for all that have the same reason. */
    static String of(Unresolved open) {
        String text = SUBJECT.matcher(open.reason()).replaceFirst("");
        if (!text.equals(open.reason())) {
            text = OWNER.matcher(text).replaceFirst("the relation named has no column of this name");
        }
        text = QUOTED.matcher(text).replaceAll(NAME);
        text = FOUND.matcher(text).replaceFirst("but found something else");
        text = AFTER_NOUN.matcher(text).replaceAll("$1 " + NAME);
        text = WORD_OF_CODE.matcher(text).replaceAll(NAME);
        text = text.replaceAll("…(?: …)+", NAME);
        return CANDIDATES.matcher(text).replaceFirst("the column could come from several relations");
    }
}
