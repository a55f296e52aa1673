package io.tailwater.launcher.command;

import io.tailwater.launcher.demo.DemoRun;
import io.tailwater.launcher.demo.DemoWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything in one process against a local stand-in for Bitbucket. */
@Command(
        name = "demo",
        description =
                "Runs everything in one process against a local stand-in for Bitbucket, opens pull requests and shows the comments.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every expected comment stands", "1:one is missing or wrong", "2:wrong arguments or input"})
public final class DemoCommand implements Callable<Integer> {

    /** A repository of the user's instead of the examples. */
    static final class OwnRepository {
        @Option(
                names = "--repository",
                paramLabel = "GITDIR",
                required = true,
                description = "Git repository to serve; it is only read.")
        private Path directory = Path.of(".");

        @Option(
                names = "--source-branch",
                paramLabel = "B",
                required = true,
                description = "What is proposed: a branch or any revision.")
        private String source = "";

        @Option(
                names = "--destination-branch",
                paramLabel = "A",
                required = true,
                description = "Where it is to go: a branch or any revision.")
        private String destination = "";
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--exit", description = "End once the comments stand instead of keeping the pages up.")
    private boolean exit;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait for each pull request (default: ${DEFAULT-VALUE}).")
    private int patience = 120;

    @Option(
            names = "--data-folder",
            paramLabel = "DIR",
            description =
                    "Keep topics, mirrors and repositories here instead of in a folder that is removed; must be empty.")
    private @Nullable Path dataFolder;

    @ArgGroup(exclusive = false)
    private @Nullable OwnRepository repository;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder =
                dataFolder == null ? Files.createTempDirectory("tailwater-demo") : Files.createDirectories(dataFolder);
        try (Shutdown shutdown = Shutdown.listen();
                DemoWorld world = DemoWorld.start(folder, configuration.read(), step -> progress(out, step))) {
            DemoRun run = new DemoRun(world, out, Duration.ofSeconds(patience));
            boolean passed = repository == null
                    ? run.examples(folder.resolve("repositories"))
                    : run.repository(repository.directory, repository.source, repository.destination);
            if (!exit) {
                out.printf(
                        "%nThe pull requests are at %s; stop with Ctrl-C%n",
                        world.bitbucket().address());
                world.welcome().forEach(out::println);
                out.flush();
                shutdown.await();
            }
            return passed ? ExitCode.PASSED : ExitCode.FOUND;
        } finally {
            if (dataFolder == null) {
                remove(folder);
            }
        }
    }

    private static void progress(PrintWriter out, String step) {
        out.println(step + " …");
        out.flush();
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("removing the demo's folder " + folder, e);
        }
    }
}
