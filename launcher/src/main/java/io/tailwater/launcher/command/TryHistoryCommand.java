package io.tailwater.launcher.command;

import io.tailwater.connector.Backfill;
import io.tailwater.ingest.GatewayConfig;
import io.tailwater.launcher.demo.DemoWorld;
import io.tailwater.launcher.demo.LocalWorkspace;
import io.tailwater.launcher.run.BackfillRun;
import io.tailwater.service.Settings;
import io.tailwater.simulator.state.HostedRepository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The merged pull requests of a clone through the whole pipeline, against the local stand-in for Bitbucket. */
@Command(
        name = "try-history",
        description =
                "Serves a clone from the local stand-in for Bitbucket with the merged pull requests that its history"
                        + " names, sends them through the pipeline as often as asked, and compares the reports.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:none lost, none doubled, all equal", "1:some were"})
public final class TryHistoryCommand implements Callable<Integer> {

    /** The connector would send history by itself; here the runs do. */
    private static final Map<String, String> NO_HISTORY_ON_CONNECT = Map.of("connector.history", "0s");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--repository", paramLabel = "DIR", required = true, description = "A clone with its history.")
    private Path repository = Path.of(".");

    @Option(
            names = "--pull-requests",
            paramLabel = "N",
            defaultValue = "100",
            description = "The newest so many (default: ${DEFAULT-VALUE}).")
    private int pullRequests = 100;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "2",
            description = "How often (default: ${DEFAULT-VALUE}).")
    private int runs = 2;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Give up after so long without another report (default: ${DEFAULT-VALUE}).")
    private int patience = 300;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("tailwater-history");
        Settings base = configuration.read().with(NO_HISTORY_ON_CONNECT);
        try (Shutdown shutdown = Shutdown.listen();
                DemoWorld world = DemoWorld.start(folder, base, step -> out.println(step + " …"))) {
            HostedRepository hosted = world.bitbucket().addRepository(LocalWorkspace.SLUG, "history", repository);
            int found = world.bitbucket().addPastPullRequests(hosted, pullRequests);
            out.printf("the history names %d merged pull requests%n", found);
            boolean passed = found > 0;
            for (int number = 1; number <= runs; number++) {
                long begin = System.nanoTime();
                Backfill.Request request = new Backfill.Request(
                        LocalWorkspace.SLUG,
                        Optional.of("history"),
                        Backfill.Which.MERGED,
                        Optional.empty(),
                        false,
                        "run-" + number);
                passed &= new BackfillRun(world.settings().load(GatewayConfig.class), Duration.ofSeconds(patience), out)
                        .run(request, number == 1 ? Optional.empty() : Optional.of("run-1"));
                out.printf(
                        "took %d s%n",
                        Duration.ofNanos(System.nanoTime() - begin).toSeconds());
                out.flush();
            }
            long comments = world.bitbucket().pullRequests(hosted).stream()
                    .filter(pullRequest ->
                            !world.bitbucket().comments(pullRequest).isEmpty())
                    .count();
            out.printf("%d of them were commented%n", comments);
            out.flush();
            return passed && comments == 0 ? ExitCode.PASSED : ExitCode.FOUND;
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("removing the folder " + folder, e);
        }
    }
}
