package io.tailwater.launcher.demo;

import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.report.PublicationStatus;
import io.tailwater.simulator.BitbucketSimulator;
import io.tailwater.simulator.state.Comment;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.Person;
import io.tailwater.simulator.state.PullRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens pull requests in a {@link DemoWorld}, waits for what Tailwater says, shows it, and holds it against what is expected. */
public final class DemoRun {

    private static final Duration BASELINE = Duration.ofMinutes(2);

    private final DemoWorld world;
    private final PrintWriter out;
    private final Duration patience;

    /**
     * A run.
     *
     * @param world where it takes place
     * @param out told what happens
     * @param patience how long to wait for each pull request
     */
    public DemoRun(DemoWorld world, PrintWriter out, Duration patience) {
        this.world = world;
        this.out = out;
        this.patience = patience;
    }

    /**
     * The example repositories and their pull requests.
     *
     * @param folder where the repositories are built
     * @return whether everything expected came, and nothing else
     */
    public boolean examples(Path folder) throws IOException, InterruptedException {
        Map<String, HostedRepository> repositories = new LinkedHashMap<>();
        for (Map.Entry<String, Path> built :
                DemoRepositories.build(Files.createDirectories(folder)).entrySet()) {
            repositories.put(
                    built.getKey(),
                    world.bitbucket().addRepository(LocalWorkspace.SLUG, built.getKey(), built.getValue()));
        }
        say("pushing %d repositories and reading their default branches", repositories.size());
        for (HostedRepository repository : repositories.values()) {
            repository.forgetAnnouncements();
            world.bitbucket().notifyPush(repository);
        }
        for (String slug : DemoRepositories.READ_BY_OTHERS) {
            HostedRepository repository = Objects.requireNonNull(repositories.get(slug));
            if (!world.awaitBaseline(repository, BASELINE)) {
                say("%s: no dataset became known within %d s", repository, BASELINE.toSeconds());
                return false;
            }
        }
        Map<DemoScenario, PullRequest> opened = new LinkedHashMap<>();
        for (DemoScenario scenario : DemoScenarios.all()) {
            HostedRepository repository = Objects.requireNonNull(repositories.get(scenario.repository()));
            opened.put(scenario, open(repository, scenario));
        }
        say("opened %d pull requests", opened.size());
        int wrong = 0;
        for (Map.Entry<DemoScenario, PullRequest> entry : opened.entrySet()) {
            String problem = show(entry.getValue(), entry.getKey());
            if (!problem.isEmpty()) {
                wrong++;
                out.println("  NOT AS EXPECTED: " + problem);
            }
            out.flush();
        }
        out.printf("%n%d of %d pull requests as expected%n", opened.size() - wrong, opened.size());
        out.flush();
        return wrong == 0;
    }

    /**
     * One pull request of a repository on this machine.
     *
     * @param directory work tree or bare repository; it is only read
     * @param source branch or other revision that is proposed
     * @param destination branch or other revision it is to go to
     * @return whether it was analysed and, where there is something to say, a comment stands
     */
    public boolean repository(Path directory, String source, String destination) throws InterruptedException {
        String slug =
                directory.toAbsolutePath().normalize().getFileName().toString().replaceAll("\\.git$", "");
        slug = slug.replaceAll("[^A-Za-z0-9._-]", "-");
        HostedRepository repository =
                world.bitbucket().addRepository(LocalWorkspace.SLUG, slug.isEmpty() ? "repository" : slug, directory);
        String sourceBranch = branch(repository, source, "proposed");
        String destinationBranch = branch(repository, destination, "destination");
        world.bitbucket().notifyPush(repository);
        PullRequest opened = world.bitbucket()
                .openPullRequest(repository, "Pull request from " + source, "", sourceBranch, destinationBranch);
        say("opened a pull request from %s to %s; analysing", source, destination);
        String problem = show(opened, null);
        if (!problem.isEmpty()) {
            out.println("  " + problem);
            out.flush();
        }
        return problem.isEmpty();
    }

    private static String branch(HostedRepository repository, String revision, String exposedAs) {
        if (repository.tip(revision).isPresent()) {
            return revision;
        }
        repository.expose(exposedAs, revision);
        return exposedAs;
    }

    private PullRequest open(HostedRepository repository, DemoScenario scenario) {
        return world.bitbucket()
                .openPullRequest(
                        repository,
                        scenario.title(),
                        scenario.description(),
                        scenario.branch(),
                        repository.mainBranch(),
                        Person.named(scenario.author()));
    }

    /** Waits for a pull request's outcome and prints it; returns what is wrong with it, or nothing. */
    private String show(PullRequest pullRequest, @Nullable DemoScenario scenario) throws InterruptedException {
        BitbucketSimulator bitbucket = world.bitbucket();
        Optional<Publication> publication = world.awaitPublication(pullRequest, patience);
        out.printf("%n──── %s%n     %s%n", pullRequest.title(), bitbucket.page(pullRequest));
        if (publication.isEmpty()) {
            return "nothing was recorded within " + patience.toSeconds() + " s";
        }
        List<Comment> comments = bitbucket.comments(pullRequest);
        if (comments.isEmpty()) {
            out.println("  no comment: " + publication.get().getReason());
        }
        for (Comment comment : comments) {
            comment.raw().lines().forEach(line -> out.println("  │ " + line));
        }
        if (comments.size() > 1) {
            return "more than one comment stands";
        }
        if (publication.get().getStatus() == PublicationStatus.REFUSED) {
            return "Bitbucket refused the comment: " + publication.get().getReason();
        }
        return scenario == null ? "" : compare(scenario, comments);
    }

    private static String compare(DemoScenario scenario, List<Comment> comments) {
        return switch (scenario.comment()) {
            case EXPECTED -> {
                if (comments.isEmpty()) {
                    yield "a comment was expected, since " + scenario.because();
                }
                List<String> missing =
                        scenario.namesMissingFrom(comments.getFirst().raw());
                yield missing.isEmpty() ? "" : "the comment does not name " + String.join(", ", missing);
            }
            case NONE -> comments.isEmpty() ? "" : "no comment was expected, since " + scenario.because();
            case OPTIONAL -> "";
        };
    }

    private void say(String format, Object... arguments) {
        out.println(format.formatted(arguments) + " …");
        out.flush();
    }
}
