package io.tailwater.pranalyzer.impact;

import io.tailwater.pranalyzer.git.GitException;

/** Says what a failure of Git means for an analysis. Pure. */
final class GitObstacles {

    private GitObstacles() {}

    /**
     * What the failure means.
     *
     * @param repository full name of the repository the connection is for; another one is a fork
     * @param fingerprint of the token that was used
     */
    static Obstacle of(GitException failure, String repository, String fingerprint) {
        String reason = String.valueOf(failure.getMessage());
        return switch (failure) {
            case GitException.Unauthorized refused ->
                refused.repository().equals(repository)
                        ? new Obstacle.NeedsToken(reason, fingerprint)
                        : new Obstacle.NothingToDo(
                                "The fork " + refused.repository() + " cannot be read with the connection's token");
            case GitException.NotFound gone -> new Obstacle.NotThereYet(reason);
            case GitException.Unavailable away -> new Obstacle.Unavailable(reason);
            case GitException.TooLarge large -> new Obstacle.Terminal(reason);
            case GitException.Corrupt corrupt -> new Obstacle.Terminal(reason);
        };
    }
}
