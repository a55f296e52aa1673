package io.tailwater.bitbucket.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A repository.
 *
 * @param uuid Bitbucket's uuid, braces included
 * @param fullName workspace slug "/" repository slug
 * @param isPrivate whether only members see it
 * @param mainBranch name of its main branch, empty for an empty repository
 * @param updatedOn when it changed last, empty when not told
 */
public record Repository(
        String uuid, String fullName, boolean isPrivate, Optional<String> mainBranch, Optional<Instant> updatedOn) {}
