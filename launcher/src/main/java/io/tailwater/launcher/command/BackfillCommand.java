package io.tailwater.launcher.command;

import io.tailwater.connector.Backfill;
import io.tailwater.ingest.GatewayConfig;
import io.tailwater.launcher.run.BackfillRun;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Past pull requests through the pipeline. */
@Command(
        name = "backfill",
        description =
                "Sends past pull requests through the pipeline: reports, and no comments unless asked for. Broken off,"
                        + " the same command goes on where it was; repeated, it does nothing twice.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every pull request ended in one report", "1:some did not", "2:wrong use or configuration"})
public final class BackfillCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--workspace", paramLabel = "W", required = true, description = "Slug or uuid of the workspace.")
    private String workspace = "";

    @Option(names = "--repository", paramLabel = "R", description = "Slug of the only repository.")
    private @Nullable String repository;

    @Option(
            names = "--state",
            defaultValue = "merged",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Backfill.Which state = Backfill.Which.MERGED;

    @Option(names = "--since", paramLabel = "DATE", description = "Only those changed since, e.g. 2026-01-31.")
    private @Nullable String since;

    @Option(names = "--comment", description = "Comment on them, too.")
    private boolean comment;

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description = "Name of the run (default: history, with state and comment).")
    private @Nullable String run;

    @Option(
            names = "--compare-with",
            paramLabel = "NAME",
            description = "Compare the reports with those of another run.")
    private @Nullable String compareWith;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Give up after so long without another report (default: ${DEFAULT-VALUE}).")
    private int patience = 600;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        GatewayConfig config = configuration.read().load(GatewayConfig.class);
        String runName = run == null ? defaultName() : run;
        try {
            boolean complete = new BackfillRun(config, Duration.ofSeconds(patience), out)
                    .run(request(runName), Optional.ofNullable(compareWith));
            return complete ? ExitCode.PASSED : ExitCode.FOUND;
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private String defaultName() {
        String name = state == Backfill.Which.MERGED
                ? "history"
                : "history-" + state.name().toLowerCase(Locale.ROOT);
        return comment ? name + "-comment" : name;
    }

    private Backfill.Request request(String runName) {
        Optional<Instant> from = Optional.ofNullable(since).map(CommandTime::parse);
        return new Backfill.Request(workspace, Optional.ofNullable(repository), state, from, comment, runName);
    }
}
