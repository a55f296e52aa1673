package io.tailwater.simulator;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.tailwater.simulator.delivery.DeliveryRecord;
import io.tailwater.simulator.delivery.WebhookDelivery;
import io.tailwater.simulator.fault.FaultPlan;
import io.tailwater.simulator.fault.Interference;
import io.tailwater.simulator.fault.RecordedRequest;
import io.tailwater.simulator.git.GitHttp;
import io.tailwater.simulator.git.GitRules;
import io.tailwater.simulator.git.PastPullRequests;
import io.tailwater.simulator.page.Pages;
import io.tailwater.simulator.payload.EventBodies;
import io.tailwater.simulator.payload.Links;
import io.tailwater.simulator.payload.Payloads;
import io.tailwater.simulator.rest.Merging;
import io.tailwater.simulator.rest.RestApi;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.BranchChange;
import io.tailwater.simulator.state.BuildStatus;
import io.tailwater.simulator.state.BuildStatuses;
import io.tailwater.simulator.state.Comment;
import io.tailwater.simulator.state.Hook;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.Hosting;
import io.tailwater.simulator.state.Person;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.RepositoryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jgit.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * A local Bitbucket Cloud on one loopback port: Git at {@code /workspace/slug.git}, REST below {@code /2.0}, pages for
 * people at {@code /}.
 *
 * <p>Everything it remembers is in memory and gone when it is closed. All methods may be called from any thread.
 */
public final class BitbucketSimulator implements AutoCloseable {

    private static final Person VISITOR = Person.named("Mara Lindqvist");

    private final SimulatorOptions options;
    private final Hosting hosting;
    private final BuildStatuses statuses = new BuildStatuses();
    private final FaultPlan faults = new FaultPlan();
    private final Interference interference;
    private final GitHttp git;
    private final WebhookDelivery delivery;
    private final Payloads payloads = new Payloads(new Links(this::address));
    private final Javalin server;
    private @Nullable Path ownRepositories;
    private volatile @Nullable URI address;

    private BitbucketSimulator(SimulatorOptions options) {
        this.options = options;
        this.hosting = new Hosting(options.clock());
        this.interference = new Interference(faults, options.clock());
        this.git = new GitHttp(hosting, options.git());
        this.delivery = new WebhookDelivery(hosting, new EventBodies(hosting, payloads), options.delivery());
        this.server = createServer();
        hosting.listen(delivery::accept);
    }

    private Javalin createServer() {
        RestApi rest = new RestApi(
                hosting,
                payloads,
                statuses,
                options.clock(),
                options.requestsPerHour(),
                options.maxCommentCharacters());
        Pages pages = new Pages(hosting, statuses);
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.UNSAFE));
            config.jetty.modifyServletContextHandler(
                    handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
            interference.register(config.routes);
            rest.register(config.routes);
            git.register(config.routes);
            pages.register(config.routes);
        });
    }

    /** Starts on 127.0.0.1 and returns once it answers. */
    public static BitbucketSimulator start(SimulatorOptions options) {
        BitbucketSimulator simulator = new BitbucketSimulator(options);
        simulator.server.start("127.0.0.1", options.port());
        simulator.address = URI.create("http://127.0.0.1:" + simulator.server.port());
        return simulator;
    }

    /** The base address of Git, REST and pages alike, without a slash at its end. */
    public URI address() {
        URI known = address;
        if (known == null) {
            throw new IllegalStateException("the simulator is not started");
        }
        return known;
    }

    /** Address of a pull request's page. */
    public URI page(PullRequest pullRequest) {
        return URI.create(payloads.links().page(pullRequest));
    }

    /** Lets a token in. */
    public void addToken(AccessToken token) {
        hosting.addToken(token);
    }

    /** Revokes a token, as when it is deleted on Bitbucket. */
    public void revokeToken(AccessToken token) {
        hosting.revokeToken(token.text());
    }

    /**
     * Serves a Git directory in place and never writes to it.
     *
     * @param directory a bare repository or a work tree with its full history
     */
    public HostedRepository addRepository(String workspace, String slug, Path directory) {
        return hosting.add(new RepositoryName(workspace, slug), directory, false);
    }

    /** Serves a Git directory in place; pushes and merges write to it. */
    public HostedRepository addWritableRepository(String workspace, String slug, Path directory) {
        return hosting.add(new RepositoryName(workspace, slug), directory, true);
    }

    /** Makes an empty repository that can be pushed to; it vanishes with the simulator. */
    public synchronized HostedRepository createRepository(String workspace, String slug) {
        RepositoryName name = new RepositoryName(workspace, slug);
        try {
            if (ownRepositories == null) {
                ownRepositories = Files.createTempDirectory("bitbucket-simulator");
            }
            Path directory = ownRepositories.resolve(workspace).resolve(slug + ".git");
            Files.createDirectories(directory.getParent());
            Hosting.initialise(directory);
            return hosting.add(name, directory, true);
        } catch (IOException e) {
            throw new UncheckedIOException("creating the repository " + name.fullName(), e);
        }
    }

    /**
     * Keeps the pull requests that the history of the main branch tells of as merged ones, without telling hooks.
     *
     * @param most the newest so many
     * @return how many were found
     */
    public int addPastPullRequests(HostedRepository repository, int most) {
        List<PullRequest> past = PastPullRequests.of(repository, most);
        past.forEach(hosting::record);
        return past.size();
    }

    /** Opens a pull request as a person of the simulator's. */
    public PullRequest openPullRequest(
            HostedRepository repository, String title, String description, String source, String destination) {
        return openPullRequest(repository, title, description, source, destination, VISITOR);
    }

    /** Opens a pull request, which sends {@code pullrequest:created}. */
    public PullRequest openPullRequest(
            HostedRepository repository,
            String title,
            String description,
            String source,
            String destination,
            Person author) {
        return hosting.open(repository.name(), title, description, source, destination, author);
    }

    /**
     * Looks which branches moved since last time, and tells hooks of it as after a push. Call it after writing to the
     * Git directory by other means than pushing to the simulator, and after {@link HostedRepository#expose}.
     *
     * @return the branches that moved
     */
    public List<BranchChange> notifyPush(HostedRepository repository) {
        return hosting.noticePush(repository.name(), VISITOR);
    }

    /** Changes title, description or destination of a pull request; null keeps what is there. */
    public PullRequest edit(
            PullRequest pullRequest,
            @Nullable String title,
            @Nullable String description,
            @Nullable String destination) {
        return hosting.edit(pullRequest.repository(), pullRequest.number(), title, description, destination, VISITOR);
    }

    /** Merges with a merge commit; only for writable repositories. */
    public PullRequest merge(PullRequest pullRequest) {
        return Merging.merge(hosting, hosting.repository(pullRequest.repository()), pullRequest.number(), VISITOR);
    }

    /** Declines a pull request. */
    public PullRequest decline(PullRequest pullRequest) {
        return hosting.close(pullRequest.repository(), pullRequest.number(), null, VISITOR);
    }

    /** Writes a comment as a person, which sends {@code pullrequest:comment_created}. */
    public Comment comment(PullRequest pullRequest, String raw) {
        return hosting.addComment(pullRequest.repository(), pullRequest.number(), raw, null, null, VISITOR);
    }

    /** The repository that a pull request belongs to. */
    public HostedRepository repository(PullRequest pullRequest) {
        return hosting.repository(pullRequest.repository());
    }

    /** All repositories, sorted by name. */
    public List<HostedRepository> repositories() {
        return hosting.repositories();
    }

    /** All pull requests of a repository, oldest first. */
    public List<PullRequest> pullRequests(HostedRepository repository) {
        return hosting.pullRequests(repository.name());
    }

    /** The pull request as it is now. */
    public PullRequest current(PullRequest pullRequest) {
        return hosting.pullRequest(pullRequest.repository(), pullRequest.number());
    }

    /** Comments that stand, oldest first; deleted ones are left out. */
    public List<Comment> comments(PullRequest pullRequest) {
        return hosting.comments(pullRequest.repository(), pullRequest.number()).stream()
                .filter(comment -> !comment.deleted())
                .toList();
    }

    /** Build statuses of a commit. */
    public List<BuildStatus> statuses(RepositoryName name, String hash) {
        return statuses.of(name, hash);
    }

    /**
     * Adds a hook without REST.
     *
     * @param repository slug, or null for a hook of the workspace
     * @param secret key of the signature, or null for an unsigned hook
     */
    public Hook addHook(
            String workspace, @Nullable String repository, URI url, List<String> events, @Nullable String secret) {
        return hosting.put(
                new Hook(hosting.newHookId(), workspace, repository, url, "", true, events, secret, hosting.tick()));
    }

    /** Removes a hook, as a person would. */
    public void removeHook(Hook hook) {
        hosting.removeHook(hook.uuid());
    }

    /** Puts a hook in the place of the one with its uuid, as a person would who edits it. */
    public void changeHook(Hook hook) {
        hosting.put(hook);
    }

    /** Hooks as they are now. */
    public List<Hook> hooks() {
        return List.copyOf(hosting.hooks());
    }

    /** Faults to let happen. */
    public FaultPlan faults() {
        return faults;
    }

    /** Changes what the Git server allows. */
    public void gitRules(GitRules rules) {
        git.rules(rules);
    }

    /** Requests so far, oldest first. */
    public List<RecordedRequest> requests() {
        return interference.requests();
    }

    /** Forgets the requests so far. */
    public void forgetRequests() {
        interference.forget();
    }

    /** Attempts at delivering webhooks so far, oldest first. */
    public List<DeliveryRecord> deliveries() {
        return delivery.log();
    }

    /** Stops serving, ends deliveries, and removes the repositories it made itself. */
    @Override
    public synchronized void close() {
        interference.close();
        server.stop();
        delivery.close();
        hosting.close();
        if (ownRepositories != null) {
            try {
                FileUtils.delete(ownRepositories.toFile(), FileUtils.RECURSIVE | FileUtils.RETRY);
            } catch (IOException e) {
                throw new UncheckedIOException("removing " + ownRepositories, e);
            }
        }
    }
}
