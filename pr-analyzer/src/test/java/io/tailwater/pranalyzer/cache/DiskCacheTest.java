package io.tailwater.pranalyzer.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest {

    @TempDir
    private Path folder;

    private DiskCache cache(long mostBytes, long second) {
        return new DiskCache(
                folder.resolve("cache"), mostBytes, Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
    }

    private List<Path> entries() throws Exception {
        try (var files = Files.list(folder.resolve("cache"))) {
            return files.toList();
        }
    }

    @Test
    void givesBackWhatWasKept() {
        cache(1000, 1).put("a", "one".getBytes(UTF_8));
        cache(1000, 2).put("a", "two".getBytes(UTF_8));

        assertThat(cache(1000, 3).get("a"))
                .hasValueSatisfying(value -> assertThat(value).asString().isEqualTo("two"));
        assertThat(cache(1000, 3).get("b")).isEmpty();
    }

    @Test
    void takesADamagedEntryForAbsentAndRemovesIt() throws Exception {
        cache(1000, 1).put("a", "value".getBytes(UTF_8));
        Path entry = entries().get(0);
        byte[] bytes = Files.readAllBytes(entry);
        for (int i = 0; i <= bytes.length; i++) {
            byte[] damaged = i < bytes.length ? bytes.clone() : java.util.Arrays.copyOf(bytes, bytes.length - 1);
            if (i < bytes.length) {
                damaged[i] ^= 1;
            }
            Files.write(entry, damaged);

            assertThat(cache(1000, 2).get("a")).isEmpty();
            assertThat(entry).doesNotExist();
        }
    }

    @Test
    void takesAnEntryOfAnotherKeyForAbsent() throws Exception {
        cache(1000, 1).put("a", "value".getBytes(UTF_8));
        Path first = entries().get(0);
        cache(1000, 1).put("b", "other".getBytes(UTF_8));
        for (Path entry : entries()) {
            if (!entry.equals(first)) {
                Files.copy(first, entry, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }

        assertThat(cache(1000, 2).get("b")).isEmpty();
    }

    @Test
    void letsTheLeastRecentlyUsedGo() {
        byte[] value = new byte[100];
        cache(400, 1).put("a", value);
        cache(400, 2).put("b", value);
        cache(400, 3).get("a");
        cache(400, 4).put("c", value);

        assertThat(cache(400, 5).get("b")).isEmpty();
        assertThat(cache(400, 5).get("a")).isPresent();
        assertThat(cache(400, 5).get("c")).isPresent();
    }

    @Test
    void keepsNothingLargerThanItself() {
        cache(100, 1).put("a", new byte[101]);

        assertThat(cache(1000, 2).get("a")).isEmpty();
    }

    @Test
    void answersWithoutAFolderToWriteTo() throws Exception {
        Files.writeString(folder.resolve("cache"), "a file");

        cache(1000, 1).put("a", new byte[1]);

        assertThat(cache(1000, 1).get("a")).isEmpty();
    }

    @Test
    void showsWholeValuesOnlyToThoseWhoReadWhileOthersWrite() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> done = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                byte filler = (byte) thread;
                Callable<Boolean> work = () -> {
                    boolean whole = true;
                    DiskCache cache = cache(100_000, 1);
                    for (int i = 0; i < 50; i++) {
                        byte[] value = new byte[2_000];
                        java.util.Arrays.fill(value, filler);
                        cache.put("same", value);
                        Optional<byte[]> read = cache.get("same");
                        whole &= read.isEmpty() || uniform(read.get());
                    }
                    return whole;
                };
                done.add(threads.submit(work));
            }
            for (Future<Boolean> each : done) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(cache(100_000, 2).get("same")).isPresent();
        assertThat(entries()).hasSize(1);
    }

    private static boolean uniform(byte[] value) {
        for (byte each : value) {
            if (each != value[0]) {
                return false;
            }
        }
        return value.length == 2_000;
    }
}
