package io.tailwater.publisher.render;

import java.util.List;

/**
 * A comment, ready but for its marker.
 *
 * @param markdown the text
 * @param findingKeys one key for each finding, breaks and what is to be reviewed, for the comment after this one
 * @param isEmpty whether it has nothing to tell: no finding, and nothing that could not be told
 */
public record RenderedComment(String markdown, List<String> findingKeys, boolean isEmpty) {

    public RenderedComment {
        findingKeys = List.copyOf(findingKeys);
    }
}
