package io.tailwater.pranalyzer.git;

import io.tailwater.service.Secret;

/**
 * A repository on the server and the right to read it.
 *
 * @param fullName "workspace/repository"
 * @param token access token; Bitbucket takes it as the password of the user {@code x-token-auth}
 */
public record RemoteRepository(String fullName, Secret token) {}
