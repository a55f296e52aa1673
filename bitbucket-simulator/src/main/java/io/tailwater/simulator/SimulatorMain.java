package io.tailwater.simulator;

import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the stand-in as a process of its own. */
@Command(
        name = "bitbucket-simulator",
        mixinStandardHelpOptions = true,
        description = "Serves local Git repositories as Bitbucket Cloud would, on 127.0.0.1.")
public final class SimulatorMain implements Callable<Integer> {

    static final String TOKEN_VARIABLE = "SIMULATOR_TOKEN";
    static final String SECRET_VARIABLE = "SIMULATOR_WEBHOOK_SECRET";

    private static final List<String> EVENTS = List.of(
            "pullrequest:created",
            "pullrequest:updated",
            "pullrequest:fulfilled",
            "pullrequest:rejected",
            "pullrequest:comment_created",
            "repo:push");

    private final Map<String, String> environment;

    @Option(names = "--port", defaultValue = "0", description = "port on 127.0.0.1, 0 for a free one")
    private int port;

    @Option(names = "--workspace", defaultValue = "acme", description = "slug of the workspace (${DEFAULT-VALUE})")
    private String workspace = "acme";

    @Option(
            names = "--repository",
            required = true,
            description = "slug=directory of a Git repository; may be repeated; never written to")
    private Map<String, Path> repositories = Map.of();

    @Option(names = "--webhook", description = "address that all events go to")
    private @Nullable URI webhook;

    @Option(names = "--pull-request", description = "slug:source:destination, opened at the start; may be repeated")
    private List<String> pullRequests = List.of();

    SimulatorMain(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Starts and stays until the process is ended. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SimulatorMain(System.getenv())).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        String token = environment.get(TOKEN_VARIABLE);
        if (token == null || token.isEmpty()) {
            System.err.println("Set " + TOKEN_VARIABLE + " to the access token that shall be let in.");
            return CommandLine.ExitCode.USAGE;
        }
        CountDownLatch ended = new CountDownLatch(1);
        try (BitbucketSimulator simulator =
                BitbucketSimulator.start(SimulatorOptions.defaults().withPort(port))) {
            Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
            serve(simulator, token);
            System.out.println(simulator.address());
            ended.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private void serve(BitbucketSimulator simulator, String token) {
        simulator.addToken(AccessToken.ofWorkspace(workspace, "Tailwater", token));
        if (webhook != null) {
            simulator.addHook(workspace, null, webhook, EVENTS, environment.get(SECRET_VARIABLE));
        }
        Map<String, HostedRepository> hosted = new java.util.TreeMap<>();
        repositories.forEach(
                (slug, directory) -> hosted.put(slug, simulator.addRepository(workspace, slug, directory)));
        for (String text : pullRequests) {
            String[] parts = text.split(":");
            HostedRepository repository = hosted.get(parts[0]);
            if (parts.length != 3 || repository == null) {
                throw new IllegalArgumentException("not slug:source:destination of a served repository: " + text);
            }
            PullRequest opened =
                    simulator.openPullRequest(repository, parts[1] + " into " + parts[2], "", parts[1], parts[2]);
            System.out.println(simulator.page(opened));
        }
    }
}
