package io.tailwater.simulator.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.simulator.state.BranchChange;
import io.tailwater.simulator.state.Happening;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.Hosting;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Webhook bodies: pull request events carry 12-digit hashes, pushes 40, as on Bitbucket. */
public final class EventBodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A push lists at most this many commits and says {@code truncated} beyond. */
    private static final int COMMITS_PER_CHANGE = 5;

    private final Hosting hosting;
    private final Payloads payloads;

    /** Bodies for what happens in this hosting. */
    public EventBodies(Hosting hosting, Payloads payloads) {
        this.hosting = hosting;
        this.payloads = payloads;
    }

    /** The body that tells of one happening. */
    public ObjectNode of(Happening happening) {
        ObjectNode body = JSON.objectNode();
        body.set("repository", payloads.repositoryInEvent(happening.repository()));
        body.set("actor", payloads.person(happening.actor()));
        switch (happening) {
            case Happening.Pushed pushed -> body.putObject("push").set("changes", changes(pushed));
            case Happening.PullRequestChanged changed ->
                body.set(
                        "pullrequest",
                        payloads.pullRequestWithPeople(
                                changed.repository(), changed.pullRequest(), commentCount(changed)));
            case Happening.CommentChanged changed -> {
                int count = hosting.comments(
                                changed.repository().name(),
                                changed.pullRequest().number())
                        .size();
                body.set(
                        "pullrequest",
                        payloads.pullRequestWithPeople(changed.repository(), changed.pullRequest(), count));
                body.set("comment", payloads.comment(changed.pullRequest(), changed.comment()));
            }
        }
        return body;
    }

    private int commentCount(Happening.PullRequestChanged changed) {
        return hosting.comments(
                        changed.repository().name(), changed.pullRequest().number())
                .size();
    }

    private ArrayNode changes(Happening.Pushed pushed) {
        ArrayNode changes = JSON.arrayNode();
        try (RevWalk walk = new RevWalk(pushed.repository().git())) {
            for (BranchChange change : pushed.changes()) {
                changes.add(change(pushed.repository(), change, walk));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading pushed commits of " + pushed.repository(), e);
        }
        return changes;
    }

    private ObjectNode change(HostedRepository repository, BranchChange change, RevWalk walk) throws IOException {
        RevCommit before = parse(walk, change.before());
        RevCommit after = parse(walk, change.after());
        ObjectNode node = JSON.objectNode();
        node.set("old", branchOrNull(repository, change.branch(), before));
        node.set("new", branchOrNull(repository, change.branch(), after));
        node.put("created", before == null);
        node.put("closed", after == null);
        node.put("forced", before != null && after != null && !walk.isMergedInto(before, after));
        ArrayNode commits = node.putArray("commits");
        node.put("truncated", after != null && !listNewCommits(repository, before, after, commits));
        node.set("links", changeLinks(repository, change));
        return node;
    }

    /** Adds the newest commits and returns whether they were all. */
    private boolean listNewCommits(
            HostedRepository repository, @Nullable RevCommit before, RevCommit after, ArrayNode commits)
            throws IOException {
        try (RevWalk fresh = new RevWalk(repository.git())) {
            fresh.markStart(fresh.parseCommit(after));
            ObjectId uninteresting = before;
            if (uninteresting == null) {
                uninteresting = repository.tip(repository.mainBranch()).orElse(null);
            }
            if (uninteresting != null && !uninteresting.equals(after)) {
                fresh.markUninteresting(fresh.parseCommit(uninteresting));
            }
            for (RevCommit commit : fresh) {
                if (commits.size() == COMMITS_PER_CHANGE) {
                    return false;
                }
                commits.add(payloads.commit(repository, commit));
            }
            return true;
        }
    }

    private JsonNode branchOrNull(HostedRepository repository, String name, @Nullable RevCommit target) {
        return target == null ? JSON.nullNode() : payloads.branch(repository, name, target);
    }

    private ObjectNode changeLinks(HostedRepository repository, BranchChange change) {
        ObjectNode node = JSON.objectNode();
        String api = payloads.links().api(repository.name());
        String page = payloads.links().page(repository.name());
        if (change.before() != null && change.after() != null) {
            String range = change.after() + ".." + change.before();
            node.set("html", Links.link(page + "/branches/compare/" + range));
            node.set("diff", Links.link(api + "/diff/" + range));
        }
        node.set("commits", Links.link(api + "/commits?include=" + change.after() + "&exclude=" + change.before()));
        return node;
    }

    private static @Nullable RevCommit parse(RevWalk walk, @Nullable String hash) throws IOException {
        return hash == null ? null : walk.parseCommit(ObjectId.fromString(hash));
    }
}
