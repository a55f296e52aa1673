package io.tailwater.publisher.publish;

import io.tailwater.schemas.topic.ConnectionId;
import java.util.Optional;

/**
 * By what our comment is found again: a link reference definition that no text refers to. Bitbucket shows nothing of it
 * and keeps it as written. It names the connection, so that two connections to one repository keep apart.
 *
 * @param connection the connection under which we write
 */
public record CommentMarker(ConnectionId connection) {

    private static final String LABEL = "[tailwater]: ";

    /**
     * Puts the marker above a comment's text.
     *
     * @param reportUrl address of the full report, empty when there is none
     */
    public String above(String markdown, Optional<String> reportUrl) {
        return LABEL + reportUrl.orElse("") + "#" + connection.value() + "\n\n" + markdown;
    }

    /** Whether a comment's first line is the marker. A quote or a mention of it elsewhere is not. */
    public boolean marks(String text) {
        int end = text.indexOf('\n');
        String first = (end < 0 ? text : text.substring(0, end)).stripTrailing();
        String suffix = "#" + connection.value();
        return first.startsWith(LABEL)
                && first.endsWith(suffix)
                && first.substring(LABEL.length(), first.length() - suffix.length())
                        .chars()
                        .noneMatch(c -> Character.isWhitespace(c) || c == '#');
    }
}
