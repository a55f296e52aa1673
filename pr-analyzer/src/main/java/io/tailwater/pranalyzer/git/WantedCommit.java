package io.tailwater.pranalyzer.git;

/**
 * A commit as an event names it.
 *
 * @param repository where its branch lives; a fork for a pull request from a fork
 * @param commit 12 to 40 hexadecimal digits
 * @param branch branch that held it when the event was sent; where to look when the server gives no commit by id
 */
public record WantedCommit(RemoteRepository repository, String commit, String branch) {}
