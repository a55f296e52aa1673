package io.tailwater.pranalyzer.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by key in a folder, bounded in size. Any number of threads and processes may share the folder: an entry appears
 * whole or not at all, and the last writer of a key wins. An entry that is not what was written (cut off, changed, of
 * another key) is taken for absent and removed. Trouble with the folder costs work, never an answer: what cannot be
 * read is absent, what cannot be written is not kept.
 */
public final class DiskCache {
    private static final byte[] MAGIC = "tailwtr1".getBytes(StandardCharsets.US_ASCII);
    private static final String ENDING = ".entry";
    private static final String UNFINISHED = ".tmp";
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;
    private final long mostBytes;
    private final Clock clock;

    /**
     * A cache in a folder, which is made when it is needed, readable by its owner only.
     *
     * @param folder where entries are kept; nothing else should be
     * @param mostBytes size of all entries together from which on the least recently used ones go
     * @param clock tells which entry was used last
     */
    public DiskCache(Path folder, long mostBytes, Clock clock) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    /** What was kept under the key; empty when nothing (whole) is. */
    public Optional<byte[]> get(String key) {
        Path file = file(key);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > mostBytes) {
                return Optional.empty();
            }
            Optional<byte[]> value = unpacked(key, Files.readAllBytes(file));
            if (value.isPresent()) {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            } else {
                Files.deleteIfExists(file);
            }
            return value;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps a value, in place of an earlier one of the same key. Values larger than the cache are not kept. */
    public void put(String key, byte[] value) {
        byte[] entry = packed(key, value);
        if (entry.length > mostBytes) {
            return;
        }
        try {
            makeFolder();
            Path unfinished = Files.createTempFile(folder, "", UNFINISHED);
            try {
                Files.write(unfinished, entry, StandardOpenOption.TRUNCATE_EXISTING);
                Files.setLastModifiedTime(unfinished, FileTime.from(clock.instant()));
                Files.move(unfinished, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            evict();
        } catch (IOException | UnsupportedOperationException e) {
            // not kept
        }
    }

    private void makeFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private record Kept(Path path, long bytes, Instant used) {}

    private void evict() throws IOException {
        List<Kept> all = new ArrayList<>();
        Instant now = clock.instant();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path path : files) {
                Kept kept = kept(path);
                if (kept == null) {
                    continue;
                }
                if (path.toString().endsWith(ENDING)) {
                    all.add(kept);
                } else if (path.toString().endsWith(UNFINISHED)
                        && kept.used().plus(ABANDONED).isBefore(now)) {
                    Files.deleteIfExists(path);
                }
            }
        }
        long total = all.stream().mapToLong(Kept::bytes).sum();
        all.sort(Comparator.comparing(Kept::used));
        for (Kept oldest : all) {
            if (total <= mostBytes) {
                return;
            }
            Files.deleteIfExists(oldest.path());
            total -= oldest.bytes();
        }
    }

    /** Null for what another process removed in the meantime. */
    private static @Nullable Kept kept(Path path) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? new Kept(
                            path,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant())
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private Path file(String key) {
        return folder.resolve(HexFormat.of().formatHex(digest(key)) + ENDING);
    }

    /** Magic, digest of the key, checksum of the value, the value. */
    private static byte[] packed(String key, byte[] value) {
        byte[] digest = digest(key);
        return ByteBuffer.allocate(MAGIC.length + digest.length + Long.BYTES + value.length)
                .put(MAGIC)
                .put(digest)
                .putLong(checksum(value, 0, value.length))
                .put(value)
                .array();
    }

    private static Optional<byte[]> unpacked(String key, byte[] entry) {
        byte[] digest = digest(key);
        int start = MAGIC.length + digest.length + Long.BYTES;
        if (entry.length < start) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(entry);
        byte[] magic = new byte[MAGIC.length];
        byte[] keyDigest = new byte[digest.length];
        buffer.get(magic).get(keyDigest);
        boolean whole = MessageDigest.isEqual(magic, MAGIC)
                && MessageDigest.isEqual(keyDigest, digest)
                && buffer.getLong() == checksum(entry, start, entry.length - start);
        return whole ? Optional.of(Arrays.copyOfRange(entry, start, entry.length)) : Optional.empty();
    }

    private static long checksum(byte[] bytes, int start, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, start, length);
        return checksum.getValue();
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
