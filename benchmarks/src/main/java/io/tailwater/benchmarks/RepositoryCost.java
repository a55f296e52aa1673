package io.tailwater.benchmarks;

import io.tailwater.lineage.coverage.KindCoverage;
import io.tailwater.pranalyzer.LocalRepositoryAnalysis;
import io.tailwater.pranalyzer.cache.DiskCache;
import io.tailwater.pranalyzer.git.LocalRepository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints what a large repository costs: the first reading of the base, then a pull request, then the same one again. Each
 * step runs in a Java of its own, with two processors, 2 GiB of heap and the options of {@code ./tailwater check}, its
 * start included; all share a cache on disk.
 */
public final class RepositoryCost {
    private RepositoryCost() {}

    /**
     * Runs.
     *
     * @param arguments a clone, base and head
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 4) {
            step(Path.of(arguments[0]), arguments[1], arguments[2], Path.of(arguments[3]));
            return;
        }
        if (arguments.length != 3) {
            System.err.println("usage: repository <clone> <base> <head>");
            System.exit(2);
        }
        Path cache = Files.createTempDirectory("benchmark");
        try {
            String base = arguments[1];
            double full = measured("first reading of " + base, arguments[0], base, base, cache);
            double change = measured("pull request", arguments[0], base, arguments[2], cache);
            double again = measured("the same again", arguments[0], base, arguments[2], cache);
            int models = models(Path.of(arguments[0]), base, cache);
            System.out.printf(
                    Locale.ROOT,
                    "%,d models, %.0f a second; pull request: 1/%.1f of the first reading; again: 1/%.1f of the pull request%n",
                    models,
                    models / full,
                    full / change,
                    change / again);
        } finally {
            try (var files = Files.list(cache)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(cache);
        }
    }

    private static double measured(String name, String clone, String base, String head, Path cache)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:ActiveProcessorCount=2",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RepositoryCost.class.getName()));
        command.addAll(List.of(clone, base, head, cache.toString()));
        long start = System.nanoTime();
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (exit != 0) {
            throw new IllegalStateException(name + " ended with " + exit);
        }
        System.out.printf(Locale.ROOT, "%s: %.2f s%n", name, seconds);
        return seconds;
    }

    /** Counted from what the steps kept, so that counting costs them nothing. */
    private static int models(Path clone, String revision, Path cache) throws LocalRepository.Unreadable {
        return analysis(cache).coverage(clone, revision).kinds().stream()
                .filter(kind -> kind.kind().equals("model"))
                .mapToInt(KindCoverage::datasets)
                .sum();
    }

    private static LocalRepositoryAnalysis analysis(Path cache) {
        return new LocalRepositoryAnalysis(
                Optional.of(new DiskCache(cache, 2L << 30, Clock.systemUTC())), Duration.ofHours(1));
    }

    private static void step(Path clone, String base, String head, Path cache) throws LocalRepository.Unreadable {
        var found = analysis(cache).analyse(clone, Optional.of(base), head, LocalDate.now(ZoneOffset.UTC));
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "  %s; %,d files; %.2f s of processor in the main thread; at most %d MB of heap%n",
                found.comparison().getVerdict(),
                found.comparison().getCoverage().getFiles(),
                cpu / 1e9,
                peak >> 20);
    }
}
