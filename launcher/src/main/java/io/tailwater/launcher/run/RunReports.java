package io.tailwater.launcher.run;

import io.tailwater.launcher.TopicTail;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The reports of a run, as they come, and those of earlier runs and of live events to compare them with. */
public final class RunReports implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int SHORT_COMMIT = 12;

    private final TopicTail<PullRequestKey, ImpactReport> reports;

    private RunReports(TopicTail<PullRequestKey, ImpactReport> reports) {
        this.reports = reports;
    }

    /** One head of a pull request; its first 12 digits, as events name it. */
    public record Head(PullRequestKey pullRequest, String head) {

        /** A head named by 12 to 40 digits. */
        public static Head of(PullRequestKey pullRequest, String head) {
            return new Head(pullRequest, head.substring(0, Math.min(head.length(), SHORT_COMMIT)));
        }
    }

    /**
     * How an analysis ended.
     *
     * @param outcome reported, skipped, superseded or failed
     * @param verdict the verdict, for a report
     * @param content digest of all it says; equal for reports that say the same
     */
    public record Ending(String outcome, Optional<String> verdict, String content) {}

    /** Follows all reports from the first. */
    public static RunReports follow(Map<String, Object> clientProperties) {
        return new RunReports(TopicTail.follow(clientProperties, Topics.IMPACT_REPORTS));
    }

    /**
     * Waits for an ending of each pull request in a run.
     *
     * @return the endings; those that did not come in time are missing
     */
    public Map<PullRequestKey, List<Ending>> awaitAll(
            String runName, Collection<PullRequestKey> expected, Duration silence) throws InterruptedException {
        long lastNews = System.nanoTime();
        int before = -1;
        while (true) {
            Map<PullRequestKey, List<Ending>> found = byPullRequest(runName);
            if (found.keySet().containsAll(expected)) {
                return found;
            }
            if (found.size() != before) {
                before = found.size();
                lastNews = System.nanoTime();
            }
            if (System.nanoTime() - lastNews > silence.toNanos()) {
                return found;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** Waits likewise for an ending of each head. */
    public Map<Head, Ending> awaitHeads(String runName, Collection<Head> expected, Duration silence)
            throws InterruptedException {
        long lastNews = System.nanoTime();
        int before = -1;
        while (true) {
            Map<Head, Ending> found = byHead(Optional.of(runName));
            if (found.keySet().containsAll(expected) || System.nanoTime() - lastNews > silence.toNanos()) {
                return found;
            }
            if (found.size() != before) {
                before = found.size();
                lastNews = System.nanoTime();
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    /** All endings of a run so far, by pull request. */
    public Map<PullRequestKey, List<Ending>> byPullRequest(String runName) {
        Map<PullRequestKey, List<Ending>> found = new HashMap<>();
        reports.seen().forEach(record -> {
            if (record.value() != null && isOf(record.value(), Optional.of(runName))) {
                found.computeIfAbsent(record.key(), unused -> new ArrayList<>()).add(ending(record.value()));
            }
        });
        return found;
    }

    /**
     * The newest ending of each head.
     *
     * @param runName name of a run; empty for live events
     */
    public Map<Head, Ending> byHead(Optional<String> runName) {
        Map<Head, Ending> found = new LinkedHashMap<>();
        reports.seen().forEach(record -> {
            if (record.value() != null && isOf(record.value(), runName)) {
                ChangeSet changeSet = record.value().getChangeSet();
                found.put(Head.of(record.key(), changeSet.getRequestedHead()), ending(record.value()));
            }
        });
        return found;
    }

    /** How many ended how, by outcome and verdict. */
    public static Map<String, Integer> tally(Collection<Ending> endings) {
        Map<String, Integer> counts = new TreeMap<>();
        endings.forEach(ending -> counts.merge(
                ending.verdict()
                        .map(verdict -> ending.outcome() + " " + verdict)
                        .orElse(ending.outcome()),
                1,
                Integer::sum));
        return counts;
    }

    private static boolean isOf(ImpactReport report, Optional<String> runName) {
        return Optional.ofNullable(report.getChangeSet().getProvenance().getRunName())
                .equals(runName);
    }

    private static Ending ending(ImpactReport report) {
        ChangeSet changeSet = report.getChangeSet();
        var comparison = changeSet.getComparison();
        return new Ending(
                changeSet.getOutcome().name(),
                Optional.ofNullable(comparison)
                        .map(present -> present.getVerdict().name()),
                digest(
                        changeSet.getOutcome().name() + changeSet.getReason(),
                        comparison == null ? null : bytes(comparison)));
    }

    private static ByteBuffer bytes(Comparison comparison) {
        try {
            return comparison.toByteBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("writing a comparison", e);
        }
    }

    private static String digest(String words, @Nullable ByteBuffer content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(words.getBytes(StandardCharsets.UTF_8));
            if (content != null) {
                digest.update(content.duplicate());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public void close() {
        reports.close();
    }
}
