package io.tailwater.launcher.run;

import io.tailwater.connections.SealingKey;
import io.tailwater.connector.Backfill;
import io.tailwater.ingest.GatewayConfig;
import io.tailwater.launcher.run.RunReports.Ending;
import io.tailwater.schemas.topic.PullRequestKey;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sends past pull requests, waits for their reports, and says what became of them. */
public final class BackfillRun {

    private static final int MOST_NAMED = 20;

    private final GatewayConfig config;
    private final Duration patience;
    private final PrintWriter out;

    /**
     * A run.
     *
     * @param config which Kafka, connections and Bitbucket
     * @param patience how long to wait for another report before giving up
     * @param out where progress and result are written
     */
    public BackfillRun(GatewayConfig config, Duration patience, PrintWriter out) {
        this.config = config;
        this.patience = patience;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param compareWith name of another run to compare with
     * @return whether every pull request ended in one report, equal to the other run's
     * @throws IllegalArgumentException when there is nothing of what was asked for
     */
    public boolean run(Backfill.Request request, Optional<String> compareWith) throws InterruptedException {
        Map<String, Object> kafka = config.kafka().clientProperties();
        try (RunReports reports = RunReports.follow(kafka);
                Backfill backfill = Backfill.open(
                        config.connector(), kafka, SealingKey.from(config.connections()), InstantSource.system())) {
            Backfill.Result result = backfill.run(request, progress -> {
                out.printf("%s: %d of %d sent%n", progress.getFullName(), progress.getAnnounced(), progress.getTotal());
                out.flush();
            });
            List<PullRequestKey> sent = result.announced();
            out.printf("run %s: sent %d pull requests now%n", request.runName(), sent.size());
            out.flush();
            Map<PullRequestKey, List<Ending>> endings = reports.awaitAll(request.runName(), sent, patience);
            boolean complete = tell(request.runName(), sent, endings);
            boolean equal = compareWith
                    .map(other -> compare(other, endings, reports.byPullRequest(other)))
                    .orElse(true);
            out.flush();
            return complete && equal;
        }
    }

    private boolean tell(String runName, List<PullRequestKey> sent, Map<PullRequestKey, List<Ending>> endings) {
        List<Ending> all = new ArrayList<>();
        endings.values().forEach(all::addAll);
        List<PullRequestKey> lost =
                sent.stream().filter(key -> !endings.containsKey(key)).toList();
        long doubled = endings.values().stream().filter(each -> each.size() > 1).count();
        out.printf("run %s: %d reports of %d pull requests%n", runName, all.size(), endings.size());
        RunReports.tally(all)
                .forEach((kind, count) -> out.printf("  %-24s %d%n", kind.toLowerCase(Locale.ROOT), count));
        out.printf("  lost %d, doubled %d%n", lost.size(), doubled);
        lost.stream().limit(MOST_NAMED).forEach(key -> out.println("  no report yet: " + key.text()));
        return lost.isEmpty() && doubled == 0;
    }

    private boolean compare(
            String other, Map<PullRequestKey, List<Ending>> endings, Map<PullRequestKey, List<Ending>> earlier) {
        List<PullRequestKey> different = endings.entrySet().stream()
                .filter(ending -> earlier.containsKey(ending.getKey())
                        && !ending.getValue()
                                .getLast()
                                .equals(earlier.get(ending.getKey()).getLast()))
                .map(Map.Entry::getKey)
                .toList();
        long alone = endings.keySet().stream()
                .filter(key -> !earlier.containsKey(key))
                .count();
        out.printf(
                "compared with run %s: %d equal, %d different, %d without an earlier report%n",
                other, endings.size() - different.size() - alone, different.size(), alone);
        different.stream().limit(MOST_NAMED).forEach(key -> out.println("  differs: " + key.text()));
        return different.isEmpty() && alone == 0;
    }
}
