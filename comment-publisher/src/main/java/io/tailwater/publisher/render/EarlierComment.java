package io.tailwater.publisher.render;

import java.util.List;

/**
 * What the comment said that is to be replaced.
 *
 * @param head head it was about
 * @param findingKeys keys of its findings, as {@link RenderedComment#findingKeys()} gave them
 */
public record EarlierComment(String head, List<String> findingKeys) {

    public EarlierComment {
        findingKeys = List.copyOf(findingKeys);
    }
}
