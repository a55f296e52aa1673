package io.tailwater.simulator.payload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.simulator.state.BuildStatus;
import io.tailwater.simulator.state.Comment;
import io.tailwater.simulator.state.Hook;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.Person;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.StableId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Builds Bitbucket's JSON objects; field names and nesting follow its contract and recorded deliveries. */
public final class Payloads {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private final Links links;

    /** Builds objects that link to each other below these addresses. */
    public Payloads(Links links) {
        this.links = links;
    }

    /** The addresses used in objects. */
    public Links links() {
        return links;
    }

    /** A time as Bitbucket writes it. */
    public static String time(Instant instant) {
        return TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** Encodes one path segment, so that braces, blanks and slashes survive. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A user, or an app user for a token. */
    public ObjectNode person(Person person) {
        ObjectNode node = JSON.objectNode();
        node.put("display_name", person.displayName());
        ObjectNode of = node.putObject("links");
        of.set("self", Links.link(links.base() + "/2.0/users/" + segment(person.uuid())));
        of.set("html", Links.link(links.base() + "/" + segment(person.uuid()) + "/"));
        of.set("avatar", Links.link(links.base() + "/avatar/" + segment(person.uuid())));
        node.put("type", person.token() ? "app_user" : "user");
        node.put("uuid", person.uuid());
        node.put("account_id", person.accountId());
        if (person.token()) {
            node.put("kind", "repository_access_token");
        } else {
            node.put("nickname", person.nickname());
        }
        return node;
    }

    /** The few fields by which other objects name a repository. */
    public ObjectNode repositoryReference(HostedRepository repository) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "repository");
        node.put("full_name", repository.name().fullName());
        node.put("name", repository.name().slug());
        node.put("uuid", repository.uuid());
        ObjectNode of = node.putObject("links");
        of.set("self", Links.link(links.api(repository.name())));
        of.set("html", Links.link(links.page(repository.name())));
        of.set("avatar", Links.link(links.base() + "/avatar/" + segment(repository.uuid())));
        return node;
    }

    /** A repository as in an event: no slug, no clone links. */
    public ObjectNode repositoryInEvent(HostedRepository repository) {
        ObjectNode node = repositoryReference(repository);
        node.put("scm", "git");
        node.put("website", "");
        node.put("is_private", true);
        node.set("workspace", workspace(repository.name().workspace()));
        node.set("owner", owner(repository.name().workspace()));
        node.set("project", project(repository.name().workspace()));
        node.putNull("parent");
        return node;
    }

    /** A repository as in a REST answer. */
    public ObjectNode repository(HostedRepository repository) {
        ObjectNode node = repositoryInEvent(repository);
        node.put("slug", repository.name().slug());
        node.put("updated_on", time(repository.updated()));
        node.put("description", "");
        node.put("fork_policy", "no_public_forks");
        node.put("language", "sql");
        node.put("has_issues", false);
        node.put("has_wiki", false);
        node.put("size", 0);
        node.set("mainbranch", JSON.objectNode().put("type", "branch").put("name", repository.mainBranch()));
        String api = links.api(repository.name());
        ObjectNode of = (ObjectNode) node.get("links");
        for (String part : List.of("pullrequests", "commits", "forks", "watchers", "downloads", "hooks")) {
            of.set(part, Links.link(api + "/" + part));
        }
        ObjectNode https = Links.link(links.page(repository.name()) + ".git");
        of.putArray("clone").add(https.put("name", "https"));
        return node;
    }

    /** A workspace as named by other objects. */
    public ObjectNode workspace(String slug) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "workspace");
        node.put("uuid", StableId.workspace(slug));
        node.put("name", slug);
        node.put("slug", slug);
        ObjectNode of = node.putObject("links");
        of.set("self", Links.link(links.base() + "/2.0/workspaces/" + slug));
        of.set("html", Links.link(links.base() + "/" + slug + "/"));
        of.set("avatar", Links.link(links.base() + "/workspaces/" + slug + "/avatar/"));
        return node;
    }

    private ObjectNode owner(String workspace) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "team");
        node.put("display_name", workspace);
        node.put("username", workspace);
        node.put("uuid", StableId.workspace(workspace));
        ObjectNode of = node.putObject("links");
        of.set("self", Links.link(links.base() + "/2.0/workspaces/" + workspace));
        of.set("html", Links.link(links.base() + "/" + workspace + "/"));
        of.set("avatar", Links.link(links.base() + "/workspaces/" + workspace + "/avatar/"));
        return node;
    }

    private ObjectNode project(String workspace) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "project");
        node.put("key", "DATA");
        node.put("uuid", StableId.of("project", workspace + "/DATA"));
        node.put("name", "Data");
        ObjectNode of = node.putObject("links");
        of.set("self", Links.link(links.base() + "/2.0/workspaces/" + workspace + "/projects/DATA"));
        of.set("html", Links.link(links.base() + "/" + workspace + "/workspace/projects/DATA"));
        of.set("avatar", Links.link(links.base() + "/workspaces/" + workspace + "/avatar/"));
        return node;
    }

    /** A pull request as in events and lists; hashes have 12 digits, reviewers and participants are left out. */
    public ObjectNode pullRequest(HostedRepository repository, PullRequest pullRequest, int commentCount) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "pullrequest");
        node.put("id", pullRequest.number());
        node.put("title", pullRequest.title());
        node.put("description", pullRequest.description());
        node.set("summary", rendered(pullRequest.description()));
        node.put("state", pullRequest.state().name());
        node.put("draft", false);
        node.put("queued", false);
        node.set("author", person(pullRequest.author()));
        node.set("source", endpoint(repository, pullRequest.sourceBranch(), pullRequest.sourceHash()));
        node.set("destination", endpoint(repository, pullRequest.destinationBranch(), pullRequest.destinationHash()));
        String merge = pullRequest.mergeHash();
        node.set("merge_commit", merge == null ? JSON.nullNode() : shortCommit(repository, merge));
        Person closedBy = pullRequest.closedBy();
        node.set("closed_by", closedBy == null ? JSON.nullNode() : person(closedBy));
        node.put("close_source_branch", false);
        node.put("comment_count", commentCount);
        node.put("task_count", 0);
        node.put("reason", "");
        node.put("created_on", time(pullRequest.created()));
        node.put("updated_on", time(pullRequest.updated()));
        node.set("links", pullRequestLinks(pullRequest));
        return node;
    }

    /** A single pull request as answered by REST: with reviewers and participants. */
    public ObjectNode pullRequestWithPeople(HostedRepository repository, PullRequest pullRequest, int commentCount) {
        ObjectNode node = pullRequest(repository, pullRequest, commentCount);
        node.putArray("reviewers");
        node.putArray("participants");
        return node;
    }

    private ObjectNode pullRequestLinks(PullRequest pullRequest) {
        ObjectNode node = JSON.objectNode();
        String api = links.api(pullRequest);
        node.set("self", Links.link(api));
        node.set("html", Links.link(links.page(pullRequest)));
        for (String part : List.of(
                "commits", "approve", "diff", "diffstat", "comments", "activity", "merge", "decline", "statuses")) {
            node.set(part, Links.link(api + "/" + part));
        }
        return node;
    }

    private ObjectNode endpoint(HostedRepository repository, String branch, String hash) {
        ObjectNode node = JSON.objectNode();
        node.set("branch", JSON.objectNode().put("name", branch));
        node.set("commit", shortCommit(repository, hash));
        node.set("repository", repositoryReference(repository));
        return node;
    }

    private ObjectNode shortCommit(HostedRepository repository, String hash) {
        String twelve = hash.substring(0, 12);
        ObjectNode node = JSON.objectNode().put("type", "commit").put("hash", twelve);
        node.set("links", commitLinks(repository, twelve));
        return node;
    }

    private ObjectNode commitLinks(HostedRepository repository, String hash) {
        ObjectNode node = JSON.objectNode();
        node.set("self", Links.link(links.api(repository.name()) + "/commit/" + hash));
        node.set("html", Links.link(links.page(repository.name()) + "/commits/" + hash));
        return node;
    }

    /** A commit with its 40 digits, author and parents. */
    public ObjectNode commit(HostedRepository repository, RevCommit commit) {
        ObjectNode node = commitReference(repository, commit.name());
        PersonIdent author = commit.getAuthorIdent();
        node.put("date", DATE.format(author.getWhenAsInstant().atZone(author.getZoneId())));
        node.put("message", commit.getFullMessage());
        node.set("summary", rendered(commit.getFullMessage()));
        ObjectNode who = node.putObject("author");
        who.put("type", "author");
        who.put("raw", author.getName() + " <" + author.getEmailAddress() + ">");
        who.set("user", person(Person.named(author.getName())));
        ArrayNode parents = node.putArray("parents");
        for (RevCommit parent : commit.getParents()) {
            parents.add(commitReference(repository, parent.name()));
        }
        node.set("repository", repositoryReference(repository));
        return node;
    }

    /** The few fields by which other objects name a commit. */
    public ObjectNode commitReference(HostedRepository repository, String hash) {
        ObjectNode node = JSON.objectNode().put("type", "commit").put("hash", hash);
        node.set("links", commitLinks(repository, hash));
        return node;
    }

    /** A branch with the commit it points at. */
    public ObjectNode branch(HostedRepository repository, String name, RevCommit target) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "branch");
        node.put("name", name);
        node.set("target", commit(repository, target));
        node.put("default_merge_strategy", "merge_commit");
        node.putArray("merge_strategies").add("merge_commit");
        ObjectNode of = node.putObject("links");
        of.set("self", Links.link(links.api(repository.name()) + "/refs/branches/" + name));
        of.set("commits", Links.link(links.api(repository.name()) + "/commits/" + name));
        of.set("html", Links.link(links.page(repository.name()) + "/branch/" + name));
        return node;
    }

    /** A comment with the pull request it belongs to. */
    public ObjectNode comment(PullRequest pullRequest, Comment comment) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "pullrequest_comment");
        node.put("id", comment.id());
        node.put("created_on", time(comment.created()));
        node.put("updated_on", time(comment.updated()));
        node.set("content", rendered(comment.raw()));
        node.set("user", person(comment.author()));
        node.put("deleted", comment.deleted());
        node.put("pending", false);
        Long parent = comment.parent();
        if (parent != null) {
            node.putObject("parent").put("type", "pullrequest_comment").put("id", parent);
        }
        if (comment.inline() != null) {
            node.set("inline", inline(comment.inline()));
        }
        ObjectNode of = node.putObject("links");
        of.set("self", Links.link(links.api(pullRequest) + "/comments/" + comment.id()));
        of.set("html", Links.link(links.page(pullRequest) + "/_/diff#comment-" + comment.id()));
        ObjectNode owner = node.putObject("pullrequest");
        owner.put("type", "pullrequest");
        owner.put("id", pullRequest.number());
        owner.put("title", pullRequest.title());
        ObjectNode ownerLinks = owner.putObject("links");
        ownerLinks.set("self", Links.link(links.api(pullRequest)));
        ownerLinks.set("html", Links.link(links.page(pullRequest)));
        return node;
    }

    private static ObjectNode inline(Comment.Inline inline) {
        ObjectNode node = JSON.objectNode().put("path", inline.path());
        node.put("from", inline.from());
        node.put("to", inline.to());
        if (inline.startFrom() != null || inline.startTo() != null) {
            node.put("start_from", inline.startFrom());
            node.put("start_to", inline.startTo());
        }
        return node;
    }

    /** A build status on a commit. */
    public ObjectNode status(HostedRepository repository, BuildStatus status) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "build");
        node.put("key", status.key());
        node.put("state", status.state());
        node.put("name", status.name());
        node.put("description", status.description());
        node.put("url", status.url());
        if (status.refname() != null) {
            node.put("refname", status.refname());
        }
        node.put("created_on", time(status.created()));
        node.put("updated_on", time(status.updated()));
        node.set("commit", commitReference(repository, status.hash()));
        ObjectNode of = node.putObject("links");
        String commit = links.api(repository.name()) + "/commit/" + status.hash();
        of.set("self", Links.link(commit + "/statuses/build/" + segment(status.key())));
        of.set("commit", Links.link(commit));
        return node;
    }

    /** A hook; its secret is never shown, only whether there is one. */
    public ObjectNode hook(Hook hook) {
        ObjectNode node = JSON.objectNode();
        String repository = hook.repository();
        node.put("type", "webhook_subscription");
        node.put("uuid", hook.uuid());
        node.put("url", hook.url().toString());
        node.put("description", hook.description());
        node.put("subject_type", repository == null ? "workspace" : "repository");
        ObjectNode subject = node.putObject("subject");
        subject.put("type", repository == null ? "workspace" : "repository");
        subject.put("slug", repository == null ? hook.workspace() : repository);
        node.put("active", hook.active());
        node.put("created_at", time(hook.created()));
        hook.events().forEach(node.putArray("events")::add);
        node.put("secret_set", hook.secret() != null);
        String owner = repository == null
                ? "/2.0/workspaces/" + hook.workspace()
                : "/2.0/repositories/" + hook.workspace() + "/" + repository;
        node.putObject("links").set("self", Links.link(links.base() + owner + "/hooks/" + segment(hook.uuid())));
        return node;
    }

    private static ObjectNode rendered(String raw) {
        ObjectNode node = JSON.objectNode();
        node.put("type", "rendered");
        node.put("raw", raw);
        node.put("markup", "markdown");
        node.put("html", Markdown.toHtml(raw).strip());
        return node;
    }
}
