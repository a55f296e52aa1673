package io.tailwater.bitbucket.model;

/**
 * A workspace.
 *
 * @param uuid Bitbucket's uuid, braces included
 * @param slug its id in addresses
 */
public record Workspace(String uuid, String slug) {}
