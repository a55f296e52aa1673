package io.tailwater.bitbucket.model;

/**
 * A person, an app or an access token that acts.
 *
 * @param uuid Bitbucket's uuid, braces included; the only part that identifies
 * @param displayName name to show, as text from outside; empty when not given
 */
public record User(String uuid, String displayName) {}
