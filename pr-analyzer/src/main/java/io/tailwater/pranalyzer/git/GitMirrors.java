package io.tailwater.pranalyzer.git;

import io.tailwater.schemas.topic.RepositoryKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All mirrors below one folder: lends them out one user at a time, makes a broken one anew, and drops those that were
 * not used for longest when they take too much room. A mirror is a cache: losing one costs time and nothing else. Safe
 * for many threads, and for several processes that share the folder.
 */
public final class GitMirrors {

    /** What is done with a mirror while it is held. */
    @FunctionalInterface
    public interface MirrorUse<T> {
        /** Uses the mirror; what it hands out must not be kept. */
        T with(GitMirror mirror) throws GitException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(GitMirrors.class);

    private final Path folder;
    private final GitHost host;
    private final GitLimits limits;
    private final Clock clock;
    private final FetchAbilities abilities;
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();

    /**
     * Nothing is read or written before the first use.
     *
     * @param folder where mirrors are kept
     * @param host the Git server
     * @param limits what a repository may cost
     * @param clock tells which mirror was used last
     */
    public GitMirrors(Path folder, GitHost host, GitLimits limits, Clock clock) {
        this.folder = folder;
        this.host = host;
        this.limits = limits;
        this.clock = clock;
        this.abilities = new FetchAbilities(folder);
    }

    /**
     * Lends a repository's mirror. When it turns out broken, it is deleted and the use is tried once more with a new
     * one, so the use must bear being called twice.
     *
     * @param repository whose mirror
     * @param use what to do with it
     * @throws GitException as thrown by the use, or when the mirror cannot be had
     */
    public <T> T use(RepositoryKey repository, MirrorUse<T> use) throws GitException {
        String name = MirrorName.of(repository.text());
        try {
            Files.createDirectories(folder);
            Optional<MirrorLock> lock = MirrorLock.tryLock(lockFile(name), limits.fetch());
            if (lock.isEmpty()) {
                throw new GitException.Unavailable(
                        "The mirror of the repository has been in use for " + limits.fetch(), null);
            }
            try (MirrorLock held = lock.get()) {
                return useHeld(name, use);
            } finally {
                dropOldest(name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GitException.Unavailable("Stopped while waiting for the mirror of a repository", e);
        } catch (IOException e) {
            throw new GitException.Unavailable("The folder of the mirrors cannot be used: " + e.getMessage(), e);
        }
    }

    private <T> T useHeld(String name, MirrorUse<T> use) throws GitException, IOException {
        MirrorLock.touch(lockFile(name), clock.instant());
        try {
            return useOnce(name, use);
        } catch (GitException.Corrupt e) {
            LOG.warn("Making the mirror {} anew: {}", name, e.getMessage());
            MirrorFolder.delete(folder.resolve(name));
            return useOnce(name, use);
        } finally {
            sizes.put(name, size(folder.resolve(name)));
        }
    }

    private <T> T useOnce(String name, MirrorUse<T> use) throws GitException {
        try (GitMirror mirror = open(name)) {
            return use.with(mirror);
        } catch (GitReadException e) {
            throw e.failure();
        }
    }

    private GitMirror open(String name) throws GitException {
        try {
            return GitMirror.open(folder.resolve(name), host, limits, abilities);
        } catch (IOException e) {
            throw new GitException.Corrupt("Opening the mirror of a repository", e);
        }
    }

    private void dropOldest(String justUsed) throws IOException, InterruptedException {
        List<String> names = names();
        long total = 0;
        for (String name : names) {
            total += sizes.computeIfAbsent(name, missing -> size(folder.resolve(missing)));
        }
        if (total <= limits.mirrorsBytes()) {
            return;
        }
        for (String name : oldestFirst(names)) {
            if (total <= limits.mirrorsBytes() || name.equals(justUsed)) {
                continue;
            }
            Optional<MirrorLock> lock = MirrorLock.tryLock(lockFile(name), Duration.ZERO);
            if (lock.isPresent()) {
                try (MirrorLock held = lock.get()) {
                    MirrorFolder.delete(folder.resolve(name));
                    Long freed = sizes.remove(name);
                    total -= freed == null ? 0 : freed;
                    LOG.info("Dropped the mirror {}, which was not used for longest", name);
                }
            }
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    private List<String> oldestFirst(List<String> names) {
        Map<String, FileTime> used = new HashMap<>();
        for (String name : names) {
            try {
                used.put(name, Files.getLastModifiedTime(lockFile(name)));
            } catch (IOException e) {
                used.put(name, FileTime.fromMillis(0));
            }
        }
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.comparing(name -> used.getOrDefault(name, FileTime.fromMillis(0))));
        return sorted;
    }

    private Path lockFile(String name) {
        return folder.resolve(name + ".lock");
    }

    private static long size(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
