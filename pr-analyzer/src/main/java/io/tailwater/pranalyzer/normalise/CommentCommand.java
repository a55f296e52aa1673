package io.tailwater.pranalyzer.normalise;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what a comment asks of us: its first line, when that begins with {@code /tailwater} or {@code tailwater:}. */
final class CommentCommand {

    private static final Pattern ADDRESSED =
            Pattern.compile("\\A\\s*(?:/tailwater\\b|@?tailwater:)[ \\t]*([^\\r\\n]{0,200})", Pattern.CASE_INSENSITIVE);

    private CommentCommand() {}

    /** The command's words in lower case, blanks folded; empty when the comment is not for us or asks for nothing. */
    static Optional<String> in(@Nullable String comment) {
        if (comment == null) {
            return Optional.empty();
        }
        Matcher matcher = ADDRESSED.matcher(comment);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String command = Fields.text(matcher.group(1)).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return command.isEmpty() ? Optional.empty() : Optional.of(command);
    }
}
