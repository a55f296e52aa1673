package io.tailwater.launcher.command;

import io.tailwater.pranalyzer.cache.DiskCache;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command keeps what it worked out. */
final class CacheOptions {
    private static final long MEGABYTE = 1L << 20;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Where results are kept for the next time (default: tailwater in $$XDG_CACHE_HOME or ~/.cache).")
    private @Nullable Path folder;

    @Option(
            names = "--cache-size",
            paramLabel = "MB",
            defaultValue = "1024",
            description = "Most megabytes kept there (default: ${DEFAULT-VALUE}).")
    private int megabytes = 1024;

    @Option(names = "--no-cache", description = "Keep nothing and use nothing that was kept.")
    private boolean off;

    /** The cache that was asked for; empty for none. */
    Optional<DiskCache> open(Map<String, String> environment, Clock clock) {
        if (megabytes < 1) {
            throw new UserError(
                    "--cache-size is at least one megabyte, not " + megabytes + "; --no-cache keeps nothing");
        }
        return off ? Optional.empty() : Optional.of(new DiskCache(folder(environment), megabytes * MEGABYTE, clock));
    }

    private Path folder(Map<String, String> environment) {
        if (folder != null) {
            return folder;
        }
        String given = environment.get("XDG_CACHE_HOME");
        // what is not absolute is to be ignored: XDG Base Directory Specification
        Path home = given == null || !Path.of(given).isAbsolute()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(given);
        return home.resolve("tailwater");
    }
}
