package io.tailwater.launcher.command;

import io.tailwater.connector.Replay;
import io.tailwater.launcher.run.RunReports;
import io.tailwater.launcher.run.RunReports.Ending;
import io.tailwater.launcher.run.RunReports.Head;
import io.tailwater.pranalyzer.normalise.DeliveryNormaliser;
import io.tailwater.pranalyzer.normalise.Normalised;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestSide;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.service.KafkaSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recorded events again. */
@Command(
        name = "replay",
        description =
                "Sends recorded deliveries through the pipeline again, into reports of their own, and compares these"
                        + " with the earlier ones. Comments nothing unless asked to.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every head has a report, equal to the earlier one", "1:some differ or are missing"})
public final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--from", paramLabel = "TIME", required = true, description = "First recorded time.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "Time after the last (default: now).")
    private @Nullable String to;

    @Option(names = "--repository", paramLabel = "R", description = "Only this repository: its slug or uuid.")
    private @Nullable String repository;

    @Option(names = "--comment", description = "Let comments be written for it.")
    private boolean comment;

    @Option(names = "--run", paramLabel = "NAME", description = "Name of the run (default: replay and the times).")
    private @Nullable String run;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Give up after so long without another report (default: ${DEFAULT-VALUE}).")
    private int patience = 600;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> kafka =
                configuration.read().load(KafkaSettings.class).clientProperties();
        Instant first = CommandTime.parse(from);
        Optional<Instant> last = Optional.ofNullable(to).map(CommandTime::parse);
        String runName = run == null
                ? "replay-" + stamp(first) + last.map(end -> "-" + stamp(end)).orElse("")
                : run;
        if (!runName.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new UserError("the name of a run has 1 to 64 letters, digits, \".\", \"-\" and \"_\": " + runName);
        }
        Set<Head> expected = new LinkedHashSet<>();
        DeliveryNormaliser normaliser = new DeliveryNormaliser();
        try (RunReports reports = RunReports.follow(kafka)) {
            int sent = new Replay(kafka)
                    .run(
                            first,
                            last,
                            this::isWanted,
                            runName,
                            comment,
                            (key, delivery) -> head(normaliser, key, delivery).ifPresent(expected::add));
            out.printf("run %s: sent %d deliveries with %d heads of pull requests%n", runName, sent, expected.size());
            out.flush();
            Map<Head, Ending> found = reports.awaitHeads(runName, expected, Duration.ofSeconds(patience));
            return summary(runName, expected, found, reports.byHead(Optional.empty()), out);
        }
    }

    private static String stamp(Instant time) {
        return time.toString().replaceAll("[^0-9TZ]", "");
    }

    private boolean isWanted(RepositoryKey key, WebhookDelivery delivery) {
        if (repository == null || key.repositoryUuid().equals(repository)) {
            return true;
        }
        // the payload's own name of the repository; good enough to choose by, never to act on
        String body =
                StandardCharsets.UTF_8.decode(delivery.getBody().duplicate()).toString();
        return body.replaceAll("\\s", "").contains("/" + repository + "\"");
    }

    /** The head that a delivery asks an analysis of. */
    private static Optional<Head> head(DeliveryNormaliser normaliser, RepositoryKey key, WebhookDelivery delivery) {
        if (!(normaliser.normalise(key, delivery) instanceof Normalised.OfPullRequest of)) {
            return Optional.empty();
        }
        PullRequestEvent event = of.event();
        PullRequestSide head = event.getHead();
        boolean asks = switch (event.getKind()) {
            case OPENED, UPDATED, RETARGETED -> true;
            case MERGED, DECLINED, COMMENT_COMMAND -> false;
        };
        return asks && head != null && event.getBase() != null
                ? Optional.of(Head.of(PullRequestKey.of(event.getPullRequest()), head.getCommit()))
                : Optional.empty();
    }

    private static int summary(
            String runName, Set<Head> expected, Map<Head, Ending> found, Map<Head, Ending> earlier, PrintWriter out) {
        List<Head> lost =
                expected.stream().filter(head -> !found.containsKey(head)).toList();
        List<Head> different = found.entrySet().stream()
                .filter(entry -> earlier.containsKey(entry.getKey())
                        && !earlier.get(entry.getKey())
                                .content()
                                .equals(entry.getValue().content()))
                .map(Map.Entry::getKey)
                .toList();
        long alone = found.keySet().stream()
                .filter(head -> !earlier.containsKey(head))
                .count();
        out.printf("run %s: %d reports%n", runName, found.size());
        RunReports.tally(found.values())
                .forEach((kind, count) -> out.printf("  %-24s %d%n", kind.toLowerCase(Locale.ROOT), count));
        out.printf(
                "  lost %d; compared with the earlier ones: %d equal, %d different, %d without an earlier report%n",
                lost.size(), found.size() - different.size() - alone, different.size(), alone);
        lost.stream()
                .limit(20)
                .forEach(
                        head -> out.println("  no report: " + head.pullRequest().text() + " " + head.head()));
        different.stream()
                .limit(20)
                .forEach(head -> out.println("  differs: " + head.pullRequest().text() + " " + head.head() + ": "
                        + Objects.requireNonNull(earlier.get(head)).outcome() + " before, "
                        + Objects.requireNonNull(found.get(head)).outcome() + " now"));
        out.flush();
        return lost.isEmpty() && different.isEmpty() ? ExitCode.PASSED : ExitCode.FOUND;
    }
}
