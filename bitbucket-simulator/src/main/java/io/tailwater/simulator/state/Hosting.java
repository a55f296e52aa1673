package io.tailwater.simulator.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Everything the stand-in remembers, in memory.
 *
 * <p>All methods may be called from any thread. Listeners hear of happenings in order, on the thread that caused them,
 * and must not block.
 */
public final class Hosting implements AutoCloseable {

    private final Clock clock;
    private final Map<RepositoryName, HostedRepository> repositories = new TreeMap<>();
    private final Map<RepositoryName, TreeMap<Integer, PullRequest>> pullRequests = new TreeMap<>();
    private final Map<String, List<Comment>> comments = new TreeMap<>();
    private final Map<String, AccessToken> tokens = new TreeMap<>();
    private final Map<String, Hook> hooks = new TreeMap<>();
    private final List<Consumer<Happening>> listeners = new CopyOnWriteArrayList<>();
    private Instant lastInstant = Instant.EPOCH;
    private long lastCommentId = 498_930_000L;
    private int hooksMade;

    /** A store without anything in it. */
    public Hosting(Clock clock) {
        this.clock = clock;
    }

    /** Adds someone who wants to know what happens. */
    public void listen(Consumer<Happening> listener) {
        listeners.add(listener);
    }

    /**
     * Serves a Git directory.
     *
     * @param directory a bare repository, a work tree, or its {@code .git}
     * @param writable whether pushes and merges may write to it
     * @throws IllegalArgumentException when it is no repository, is shallow, or the name is taken
     */
    public synchronized HostedRepository add(RepositoryName name, Path directory, boolean writable) {
        if (repositories.containsKey(name)) {
            throw new IllegalArgumentException("there is a repository " + name.fullName() + " already");
        }
        HostedRepository hosted = new HostedRepository(name, open(directory), writable);
        hosted.takeChanges();
        hosted.touch(tick());
        repositories.put(name, hosted);
        pullRequests.put(name, new TreeMap<>());
        return hosted;
    }

    private static Repository open(Path directory) {
        try {
            FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
            if (java.nio.file.Files.exists(directory.resolve(".git"))) {
                builder.setWorkTree(directory.toFile());
            } else {
                builder.setGitDir(directory.toFile());
            }
            Repository repository = builder.build();
            if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
                repository.close();
                throw new IllegalArgumentException(
                        directory + " is a shallow clone; fetch its history first (git fetch --unshallow)");
            }
            return repository;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a Git repository: " + directory, e);
        }
    }

    /** The repository of this name, or a refusal that says it is not found. */
    public synchronized HostedRepository repository(RepositoryName name) {
        HostedRepository found = repositories.get(name);
        if (found == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "Repository " + name.fullName() + " not found");
        }
        return found;
    }

    /** All repositories, sorted by name. */
    public synchronized List<HostedRepository> repositories() {
        return List.copyOf(repositories.values());
    }

    /** The repository with this uuid (in braces). */
    public synchronized Optional<HostedRepository> repositoryByUuid(String uuid) {
        return repositories.values().stream()
                .filter(repository -> repository.uuid().equals(uuid))
                .findFirst();
    }

    /** Lets a token in. */
    public synchronized void addToken(AccessToken token) {
        tokens.put(token.text(), token);
    }

    /** Revokes a token; unknown ones are ignored. */
    public synchronized void revokeToken(String text) {
        tokens.remove(text);
    }

    /** The token with this text. */
    public synchronized Optional<AccessToken> token(String text) {
        return Optional.ofNullable(tokens.get(text));
    }

    /**
     * Opens a pull request.
     *
     * @throws Refusal when a branch does not exist or both are the same
     */
    public PullRequest open(
            RepositoryName name, String title, String description, String source, String destination, Person author) {
        HostedRepository repository = repository(name);
        PullRequest opened;
        synchronized (this) {
            if (source.equals(destination)) {
                throw new Refusal(Refusal.Kind.BAD_REQUEST, "source and destination are the same branch: " + source);
            }
            TreeMap<Integer, PullRequest> ofRepository = pullRequestsOf(name);
            int number = ofRepository.isEmpty() ? 1 : ofRepository.lastKey() + 1;
            Instant now = tick();
            opened = new PullRequest(
                    name,
                    number,
                    title,
                    description,
                    author,
                    source,
                    destination,
                    tipOf(repository, source),
                    tipOf(repository, destination),
                    PullRequest.State.OPEN,
                    now,
                    now,
                    null,
                    null);
            ofRepository.put(number, opened);
            comments.put(commentsKey(name, number), new ArrayList<>());
        }
        tell(new Happening.PullRequestChanged(repository, author, "pullrequest:created", opened));
        return opened;
    }

    /**
     * Keeps a pull request of the past, silently.
     *
     * @throws Refusal when its number is taken
     */
    public synchronized void record(PullRequest past) {
        if (pullRequestsOf(past.repository()).putIfAbsent(past.number(), past) != null) {
            throw new Refusal(Refusal.Kind.BAD_REQUEST, "there is a pull request " + past.number() + " already");
        }
        comments.put(commentsKey(past.repository(), past.number()), new ArrayList<>());
    }

    private static String tipOf(HostedRepository repository, String branch) {
        return repository
                .tip(branch)
                .orElseThrow(() -> new Refusal(Refusal.Kind.BAD_REQUEST, "branch not found: " + branch))
                .name();
    }

    /** The pull request as it is now, or a refusal that says it is not found. */
    public synchronized PullRequest pullRequest(RepositoryName name, int number) {
        PullRequest found = pullRequestsOf(name).get(number);
        if (found == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "Pull request " + number + " not found");
        }
        return found;
    }

    /** All pull requests of a repository, oldest first. */
    public synchronized List<PullRequest> pullRequests(RepositoryName name) {
        return List.copyOf(pullRequestsOf(name).values());
    }

    private TreeMap<Integer, PullRequest> pullRequestsOf(RepositoryName name) {
        TreeMap<Integer, PullRequest> found = pullRequests.get(name);
        if (found == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "Repository " + name.fullName() + " not found");
        }
        return found;
    }

    private List<Comment> commentsOf(RepositoryName name, int number) {
        List<Comment> found = comments.get(commentsKey(name, number));
        if (found == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "Pull request " + number + " not found");
        }
        return found;
    }

    private static String commentsKey(RepositoryName name, int number) {
        return name.fullName() + "#" + number;
    }

    /**
     * Changes title, description or destination; null keeps what is there.
     *
     * @throws Refusal when it is closed or the new destination does not exist
     */
    public PullRequest edit(
            RepositoryName name,
            int number,
            @Nullable String title,
            @Nullable String description,
            @Nullable String destination,
            Person actor) {
        HostedRepository repository = repository(name);
        PullRequest changed;
        synchronized (this) {
            PullRequest before = requireOpen(name, number);
            Instant now = tick();
            changed = before.withText(
                    title == null ? before.title() : title,
                    description == null ? before.description() : description,
                    now);
            if (destination != null) {
                changed = changed.withDestination(destination, tipOf(repository, destination), now);
            }
            pullRequestsOf(name).put(number, changed);
        }
        tell(new Happening.PullRequestChanged(repository, actor, "pullrequest:updated", changed));
        return changed;
    }

    /**
     * Closes a pull request.
     *
     * @param mergeHash the merge commit, or null when it is declined
     */
    public PullRequest close(RepositoryName name, int number, @Nullable String mergeHash, Person actor) {
        HostedRepository repository = repository(name);
        PullRequest closed;
        synchronized (this) {
            PullRequest.State state = mergeHash == null ? PullRequest.State.DECLINED : PullRequest.State.MERGED;
            closed = requireOpen(name, number).closed(state, mergeHash, actor, tick());
            pullRequestsOf(name).put(number, closed);
        }
        String eventKey = mergeHash == null ? "pullrequest:rejected" : "pullrequest:fulfilled";
        tell(new Happening.PullRequestChanged(repository, actor, eventKey, closed));
        return closed;
    }

    private PullRequest requireOpen(RepositoryName name, int number) {
        PullRequest found = pullRequest(name, number);
        if (!found.open()) {
            throw new Refusal(Refusal.Kind.BAD_REQUEST, "This pull request is already closed.");
        }
        return found;
    }

    /**
     * Notices which branches moved since last time: tells of one push, and of every open pull request whose source
     * branch moved. Those whose destination moved change silently, as on Bitbucket.
     *
     * @return what moved; empty when nothing did, and then nothing is told
     */
    public List<BranchChange> noticePush(RepositoryName name, Person actor) {
        HostedRepository repository = repository(name);
        List<BranchChange> changes;
        List<PullRequest> updated;
        synchronized (this) {
            changes = repository.takeChanges();
            updated = follow(repository, changes);
            if (!changes.isEmpty()) {
                repository.touch(tick());
            }
        }
        if (!changes.isEmpty()) {
            tell(new Happening.Pushed(repository, actor, changes));
        }
        updated.forEach(pullRequest ->
                tell(new Happening.PullRequestChanged(repository, actor, "pullrequest:updated", pullRequest)));
        return changes;
    }

    private List<PullRequest> follow(HostedRepository repository, List<BranchChange> changes) {
        List<PullRequest> updated = new ArrayList<>();
        Map<String, String> tips = new TreeMap<>();
        for (BranchChange change : changes) {
            if (change.after() != null) {
                tips.put(change.branch(), change.after());
            }
        }
        pullRequestsOf(repository.name()).replaceAll((number, before) -> {
            if (!before.open()) {
                return before;
            }
            String source = tips.getOrDefault(before.sourceBranch(), before.sourceHash());
            String destination = tips.getOrDefault(before.destinationBranch(), before.destinationHash());
            boolean sourceMoved = !source.equals(before.sourceHash());
            PullRequest after = before.withHashes(source, destination, sourceMoved ? tick() : before.updated());
            if (sourceMoved) {
                updated.add(after);
            }
            return after;
        });
        return updated;
    }

    /** Comments of a pull request, oldest first, deleted ones included. */
    public synchronized List<Comment> comments(RepositoryName name, int number) {
        return List.copyOf(commentsOf(name, number));
    }

    /** One comment, or a refusal that says it is not found. */
    public synchronized Comment comment(RepositoryName name, int number, long id) {
        return comments(name, number).stream()
                .filter(comment -> comment.id() == id)
                .findFirst()
                .orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "Comment " + id + " not found"));
    }

    /** Writes a comment. */
    public Comment addComment(
            RepositoryName name,
            int number,
            String raw,
            @Nullable Long parent,
            Comment.@Nullable Inline inline,
            Person author) {
        Comment added;
        synchronized (this) {
            List<Comment> others = commentsOf(name, number);
            if (parent != null) {
                comment(name, number, parent);
            }
            Instant now = tick();
            added = new Comment(++lastCommentId, raw, author, now, now, false, parent, inline);
            others.add(added);
        }
        tellComment(name, number, author, "pullrequest:comment_created", added);
        return added;
    }

    /**
     * Replaces the text of a comment.
     *
     * @throws Refusal when somebody else wrote it, or it is deleted
     */
    public Comment changeComment(RepositoryName name, int number, long id, String raw, Person actor) {
        Comment changed;
        synchronized (this) {
            changed = requireAuthor(name, number, id, actor).withRaw(raw, tick());
            replace(name, number, changed);
        }
        tellComment(name, number, actor, "pullrequest:comment_updated", changed);
        return changed;
    }

    /**
     * Deletes a comment; it stays listed as deleted.
     *
     * @throws Refusal when somebody else wrote it, or it is deleted already
     */
    public void deleteComment(RepositoryName name, int number, long id, Person actor) {
        Comment deleted;
        synchronized (this) {
            deleted = requireAuthor(name, number, id, actor).asDeleted(tick());
            replace(name, number, deleted);
        }
        tellComment(name, number, actor, "pullrequest:comment_deleted", deleted);
    }

    private Comment requireAuthor(RepositoryName name, int number, long id, Person actor) {
        Comment found = comment(name, number, id);
        if (found.deleted()) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "Comment " + id + " not found");
        }
        if (!found.author().equals(actor)) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "You are not allowed to change this comment.");
        }
        return found;
    }

    private void replace(RepositoryName name, int number, Comment comment) {
        commentsOf(name, number).replaceAll(old -> old.id() == comment.id() ? comment : old);
    }

    private void tellComment(RepositoryName name, int number, Person actor, String eventKey, Comment comment) {
        tell(new Happening.CommentChanged(repository(name), actor, eventKey, pullRequest(name, number), comment));
    }

    /** Adds or replaces a hook. */
    public synchronized Hook put(Hook hook) {
        hooks.put(hook.uuid(), hook);
        return hook;
    }

    /** A new id for a hook, in braces. */
    public synchronized String newHookId() {
        return StableId.of("hook", Integer.toString(++hooksMade));
    }

    /** Removes a hook; unknown ones are ignored. */
    public synchronized void removeHook(String uuid) {
        hooks.remove(uuid);
    }

    /** All hooks, of workspaces and repositories. */
    public synchronized Collection<Hook> hooks() {
        return List.copyOf(hooks.values());
    }

    /** The time now, to the microsecond and later than every earlier answer. */
    public synchronized Instant tick() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        lastInstant = now.isAfter(lastInstant) ? now : lastInstant.plus(1, ChronoUnit.MICROS);
        return lastInstant;
    }

    private void tell(Happening happening) {
        listeners.forEach(listener -> listener.accept(happening));
    }

    @Override
    public synchronized void close() {
        repositories.values().forEach(repository -> repository.git().close());
    }

    /** Makes an empty bare repository whose HEAD names {@code main}. */
    public static void initialise(Path directory) {
        try (Repository repository =
                new FileRepositoryBuilder().setGitDir(directory.toFile()).build()) {
            repository.create(true);
            repository.updateRef(org.eclipse.jgit.lib.Constants.HEAD).link("refs/heads/main");
        } catch (IOException e) {
            throw new UncheckedIOException("creating the repository " + directory, e);
        }
    }
}
