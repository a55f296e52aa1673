package io.tailwater.publisher.publish;

import java.util.Optional;

/**
 * A comment with our marker.
 *
 * @param id Bitbucket's id
 * @param author uuid of who wrote it, empty when the account is gone
 */
public record PostedComment(long id, Optional<String> author) {}
