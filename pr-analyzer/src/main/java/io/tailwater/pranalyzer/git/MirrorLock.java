package io.tailwater.pranalyzer.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds one mirror against other threads of this process and against other processes that share the folder. The lock
 * file's time says when the mirror was last used.
 */
final class MirrorLock implements AutoCloseable {

    /** Java's file locks belong to the process, so threads are kept apart by these. */
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ReentrantLock thread;
    private final FileChannel channel;
    private final FileLock process;

    private MirrorLock(ReentrantLock thread, FileChannel channel, FileLock process) {
        this.thread = thread;
        this.channel = channel;
        this.process = process;
    }

    /** Takes the lock, or gives up after the time; zero tries once. */
    static Optional<MirrorLock> tryLock(Path file, Duration patience) throws IOException, InterruptedException {
        ReentrantLock thread = THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new ReentrantLock());
        long end = System.nanoTime() + patience.toNanos();
        if (!thread.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        MirrorLock lock = null;
        try {
            lock = lockFile(thread, file, end);
            return Optional.ofNullable(lock);
        } finally {
            if (lock == null) {
                thread.unlock();
            }
        }
    }

    /** Notes that the mirror is used now. */
    static void touch(Path file, Instant now) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(now));
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            process.release();
        } finally {
            thread.unlock();
        }
    }

    private static @Nullable MirrorLock lockFile(ReentrantLock thread, Path file, long end)
            throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            while (true) {
                FileLock process = channel.tryLock();
                if (process != null) {
                    taken = true;
                    return new MirrorLock(thread, channel, process);
                }
                if (System.nanoTime() - end >= 0) {
                    return null;
                }
                Thread.sleep(PAUSE);
            }
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }
}
