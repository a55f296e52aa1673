package io.tailwater.publisher.render;

import java.util.Optional;

/**
 * What a comment is about.
 *
 * @param repository full name of the repository, workspace slug "/" repository slug
 * @param against name of the destination branch, or the base revision where there is none
 * @param reportId names the full report; empty when there is none to link to
 */
public record Subject(String repository, String against, Optional<String> reportId) {}
