package io.tailwater.pranalyzer.cache;

import io.tailwater.lineage.extract.Extraction;
import io.tailwater.lineage.extract.LineageCodec;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.serde.TrustedRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * What was worked out about repositories: lineage of revisions, and comparisons. Entries are found under everything they
 * depend on, the program's own code included; files whose content was not at hand are kept beside a result and asked for
 * again. Thread-safe.
 */
public final class WorkCache {
    private final @Nullable DiskCache disk;
    private final String circumstances;

    private WorkCache(@Nullable DiskCache disk, String circumstances) {
        this.disk = disk;
        this.circumstances = circumstances;
    }

    /**
     * A cache on disk.
     *
     * @param disk where it is kept
     * @param mostBytesOfAFile limit on files that results depend on: larger files are not read
     */
    public static WorkCache on(DiskCache disk, int mostBytesOfAFile) {
        TrustedRecords.install();
        return new WorkCache(disk, EngineVersion.digest() + "\n" + mostBytesOfAFile);
    }

    /** A cache that keeps nothing. */
    public static WorkCache none() {
        return new WorkCache(null, "");
    }

    /**
     * The extraction that was kept under the key.
     *
     * @param isAbsent tells whether a file that was not at hand then still is not
     */
    public Optional<Extraction> extraction(LineageKey key, Predicate<Absence> isAbsent) {
        return bytes(text(key), isAbsent).flatMap(LineageCodec::decode);
    }

    /** Keeps an extraction, which some files did not bear on since their content was not at hand. */
    public void keep(LineageKey key, Extraction extraction, Collection<Absence> absences) {
        if (disk != null) {
            put(text(key), LineageCodec.encode(extraction), absences);
            disk.put(latestText(key), key.revision().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * What was kept last of the same repository under the same configuration, whatever its revision was: a reading that
     * starts from it works out only what differs.
     */
    public Optional<Extraction> latest(LineageKey key) {
        return disk == null
                ? Optional.empty()
                : disk.get(latestText(key))
                        .map(bytes -> new LineageKey(
                                key.repository(), new String(bytes, StandardCharsets.UTF_8), key.configuration()))
                        .flatMap(last -> extraction(last, absence -> true));
    }

    /**
     * The comparison that was kept under the key, if it is the same on the given day.
     *
     * @param isAbsent tells whether a file that was not at hand then still is not
     */
    public Optional<Comparison> comparison(ComparisonKey key, LocalDate day, Predicate<Absence> isAbsent) {
        return bytes(text(key), isAbsent).flatMap(bytes -> decoded(bytes, day));
    }

    /** Keeps a comparison, which is the same on all the given days, and which some files did not bear on. */
    public void keep(ComparisonKey key, Comparison comparison, Days days, Collection<Absence> absences) {
        if (disk != null) {
            put(text(key), encoded(comparison, days), absences);
        }
    }

    private Optional<byte[]> bytes(String key, Predicate<Absence> isAbsent) {
        return disk == null ? Optional.empty() : disk.get(key).flatMap(bytes -> Absences.behind(bytes, isAbsent));
    }

    private void put(String key, byte[] result, Collection<Absence> absences) {
        if (disk != null) {
            Absences.before(absences, result).ifPresent(bytes -> disk.put(key, bytes));
        }
    }

    private static byte[] encoded(Comparison comparison, Days days) {
        try {
            ByteBuffer record = Comparison.getEncoder().encode(comparison);
            return ByteBuffer.allocate(2 * Long.BYTES + record.remaining())
                    .putLong(days.first().toEpochDay())
                    .putLong(days.last().toEpochDay())
                    .put(record)
                    .array();
        } catch (IOException e) {
            throw new IllegalStateException("a comparison that cannot be encoded", e);
        }
    }

    private static Optional<Comparison> decoded(byte[] bytes, LocalDate day) {
        if (bytes.length < 2 * Long.BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (day.toEpochDay() < buffer.getLong() || day.toEpochDay() > buffer.getLong()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Comparison.getDecoder().decode(buffer.slice()));
        } catch (IOException | AvroRuntimeException e) {
            return Optional.empty();
        }
    }

    private String latestText(LineageKey key) {
        return String.join("\n", circumstances, "latest", key.repository(), key.configuration());
    }

    private String text(LineageKey key) {
        return String.join("\n", circumstances, "lineage", key.repository(), key.revision(), key.configuration());
    }

    private String text(ComparisonKey key) {
        return String.join(
                "\n",
                circumstances,
                "comparison",
                key.repository(),
                key.destination(),
                key.mergeBase(),
                key.head(),
                Integer.toString(key.mergeBases()));
    }
}
