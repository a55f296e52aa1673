package io.tailwater.launcher.demo;

import java.util.List;
import java.util.Locale;

/**
 * A pull request of the demo, and what a person who reads its SQL expects Tailwater to say.
 *
 * @param repository slug of the repository
 * @param branch source branch, also the name of the patch among the resources
 * @param author who proposes it
 * @param title title of the pull request
 * @param description text of the pull request
 * @param verdict what the change is to its readers
 * @param comment whether a comment must stand, or none
 * @param names names that the comment must contain; empty when no comment is expected
 * @param because why this is to be expected, from reading the SQL
 */
public record DemoScenario(
        String repository,
        String branch,
        String author,
        String title,
        String description,
        Verdict verdict,
        Comment comment,
        List<String> names,
        String because) {

    /** What a change is to its readers. */
    public enum Verdict {
        /** A reader fails, or something published loses a column. */
        BREAKING,
        /** Same columns, other values or rows. */
        BEHAVIOURAL,
        /** Only new things. */
        ADDITIVE,
        /** Nobody can notice. */
        NONE,
        /** The change cannot be read, so nothing is known. */
        UNKNOWN
    }

    /** Whether something must be said. */
    public enum Comment {
        /** A comment must stand. */
        EXPECTED,
        /** No comment may stand. */
        NONE,
        /** Either is right: it is additive, which some want to hear of. */
        OPTIONAL
    }

    /**
     * Copies the names.
     *
     * @throws IllegalArgumentException when a comment is expected and no name is given to know it by
     */
    public DemoScenario {
        names = List.copyOf(names);
        if (names.isEmpty() == (comment == Comment.EXPECTED)) {
            throw new IllegalArgumentException(branch + ": names are for expected comments, and those need some");
        }
    }

    /**
     * Names that a comment should contain and does not. Upper and lower case are the same, and so are underscores and
     * blanks, since an exposure may be shown by its label; escapes of markdown do not count.
     *
     * @param markdown text of the comment
     */
    public List<String> namesMissingFrom(String markdown) {
        String text = folded(markdown.replace("\\", ""));
        return names.stream().filter(name -> !text.contains(folded(name))).toList();
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
