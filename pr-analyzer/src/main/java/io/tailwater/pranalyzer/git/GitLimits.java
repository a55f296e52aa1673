package io.tailwater.pranalyzer.git;

import java.time.Duration;

/**
 * What a repository may cost. A repository is outside data: each of these stops something that was made to hurt, or that
 * is simply too big for us, with a reason that reaches the reader.
 *
 * @param packBytes most bytes received for one fetch
 * @param blobBytes most bytes of one file that is read
 * @param files most paths of one revision
 * @param stall longest silence of the server
 * @param fetch longest time for one fetch
 * @param mirrorsBytes bytes all mirrors together may hold; the least recently used go first
 * @param firstDepth commits of history fetched at first; more is fetched when the merge base lies deeper
 */
public record GitLimits(
        long packBytes, int blobBytes, int files, Duration stall, Duration fetch, long mirrorsBytes, int firstDepth) {

    /** @throws IllegalArgumentException when a limit is not positive */
    public GitLimits {
        if (packBytes < 1
                || blobBytes < 1
                || files < 1
                || stall.toSeconds() < 1
                || fetch.toSeconds() < 1
                || mirrorsBytes < 1
                || firstDepth < 1) {
            throw new IllegalArgumentException("every limit is at least one (times: one second)");
        }
    }

    /** Enough for a warehouse project of ten thousands of files; 1 GB a fetch, 8 MB a file, ten minutes. */
    public static GitLimits defaults() {
        return new GitLimits(1L << 30, 8 << 20, 200_000, Duration.ofSeconds(30), Duration.ofMinutes(10), 20L << 30, 50);
    }
}
