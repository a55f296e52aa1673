package io.tailwater.simulator.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.simulator.git.History;
import io.tailwater.simulator.payload.Markdown;
import io.tailwater.simulator.state.BuildStatus;
import io.tailwater.simulator.state.BuildStatuses;
import io.tailwater.simulator.state.Comment;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.Hosting;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.Refusal;
import io.tailwater.simulator.state.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** Pages that show repositories, pull requests with their comments, and files, without sign-in. */
public final class Pages {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm:ss", java.util.Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Hosting hosting;
    private final BuildStatuses statuses;

    /** Pages over one hosting. */
    public Pages(Hosting hosting, BuildStatuses statuses) {
        this.hosting = hosting;
        this.statuses = statuses;
    }

    /** Adds the addresses. */
    public void register(RoutesConfig routes) {
        routes.get("/", this::index);
        routes.get("/{workspace}/{slug}", this::repository);
        routes.get("/{workspace}/{slug}/pull-requests/{number}", this::pullRequest);
        routes.get("/{workspace}/{slug}/pull-requests/{number}/<rest>", this::pullRequest);
        routes.get("/{workspace}/{slug}/src/{commit}/<path>", this::file);
        routes.get("/{workspace}/{slug}/commits/{commit}", this::commit);
    }

    private void index(Context ctx) {
        StringBuilder body = new StringBuilder("<h1>Repositories and pull requests</h1>\n");
        for (HostedRepository repository : hosting.repositories()) {
            body.append("<h2>")
                    .append(Html.link(path(repository.name()), repository.name().fullName()))
                    .append("</h2>\n");
            appendPullRequests(body, repository.name());
        }
        show(ctx, "Repositories", body);
    }

    private void repository(Context ctx) {
        RepositoryName name = find(ctx).name();
        StringBuilder body = new StringBuilder("<p class=\"soft\">")
                .append(Html.link("/", "all repositories"))
                .append("</p><h1>")
                .append(Html.escape(name.fullName()))
                .append("</h1>\n");
        appendPullRequests(body, name);
        show(ctx, name.fullName(), body);
    }

    private void appendPullRequests(StringBuilder body, RepositoryName name) {
        List<PullRequest> all = hosting.pullRequests(name);
        if (all.isEmpty()) {
            body.append("<p class=\"soft\">No pull requests.</p>\n");
            return;
        }
        body.append("<ul>\n");
        for (PullRequest pullRequest : all) {
            long count = hosting.comments(name, pullRequest.number()).stream()
                    .filter(comment -> !comment.deleted())
                    .count();
            body.append("<li>")
                    .append(Html.link(path(pullRequest), "#" + pullRequest.number() + " " + pullRequest.title()))
                    .append(" <span class=\"state\">")
                    .append(pullRequest.state())
                    .append("</span> <span class=\"soft\">")
                    .append(count == 1 ? "1 comment" : count + " comments")
                    .append("</span></li>\n");
        }
        body.append("</ul>\n");
    }

    private void pullRequest(Context ctx) {
        HostedRepository repository = find(ctx);
        PullRequest pullRequest = hosting.pullRequest(repository.name(), number(ctx));
        StringBuilder body = new StringBuilder("<p class=\"soft\">")
                .append(Html.link(path(repository.name()), repository.name().fullName()))
                .append("</p><h1>")
                .append(Html.escape("#" + pullRequest.number() + " " + pullRequest.title()))
                .append("</h1>\n<p><span class=\"state\">")
                .append(pullRequest.state())
                .append("</span> <code>")
                .append(Html.escape(pullRequest.sourceBranch()))
                .append("</code> → <code>")
                .append(Html.escape(pullRequest.destinationBranch()))
                .append("</code> <span class=\"soft\">by ")
                .append(Html.escape(pullRequest.author().displayName()))
                .append(", head <code>")
                .append(pullRequest.sourceHash(), 0, 12)
                .append("</code></span></p>\n");
        body.append(Markdown.toHtml(pullRequest.description()));
        appendFiles(body, repository, pullRequest);
        appendStatuses(body, pullRequest);
        for (Comment comment : hosting.comments(repository.name(), pullRequest.number())) {
            appendComment(body, comment);
        }
        show(ctx, "#" + pullRequest.number() + " " + pullRequest.title(), body);
    }

    private static void appendFiles(StringBuilder body, HostedRepository repository, PullRequest pullRequest) {
        History history = new History(repository);
        ObjectId head = ObjectId.fromString(pullRequest.sourceHash());
        ObjectId base = history.mergeBase(head, ObjectId.fromString(pullRequest.destinationHash()))
                .map(commit -> (ObjectId) commit)
                .orElse(null);
        body.append("<ul class=\"soft\">\n");
        for (History.FileChange change : history.changes(base, head)) {
            String newPath = change.newPath();
            String oldPath = change.oldPath();
            body.append("<li>").append(change.status()).append(' ');
            if (newPath != null) {
                body.append(Html.link(
                        path(repository.name()) + "/src/" + pullRequest.sourceHash() + "/" + newPath, newPath));
            } else if (oldPath != null) {
                body.append(Html.escape(oldPath));
            }
            body.append(" +")
                    .append(change.added())
                    .append(" −")
                    .append(change.removed())
                    .append("</li>\n");
        }
        body.append("</ul>\n");
    }

    private void appendStatuses(StringBuilder body, PullRequest pullRequest) {
        for (BuildStatus status : statuses.of(pullRequest.repository(), pullRequest.sourceHash())) {
            body.append("<p><span class=\"state\">")
                    .append(Html.escape(status.state()))
                    .append("</span> ")
                    .append(Html.link(status.url(), status.name().isEmpty() ? status.key() : status.name()))
                    .append(' ')
                    .append(Html.escape(status.description()))
                    .append("</p>\n");
        }
    }

    private static void appendComment(StringBuilder body, Comment comment) {
        Comment.Inline inline = comment.inline();
        body.append("<article class=\"comment\" id=\"comment-")
                .append(comment.id())
                .append("\"><header><strong>");
        body.append(Html.escape(comment.author().displayName())).append("</strong> <span class=\"soft\">");
        body.append(TIME.format(comment.created()));
        if (comment.updated().isAfter(comment.created())) {
            body.append(", edited ").append(TIME.format(comment.updated()));
        }
        if (inline != null) {
            body.append(" on ").append(Html.escape(inline.path()));
        }
        body.append("</span></header><div>");
        body.append(
                comment.deleted() ? "<p class=\"soft\">This comment was deleted.</p>" : Markdown.toHtml(comment.raw()));
        body.append("</div></article>\n");
    }

    private void file(Context ctx) {
        HostedRepository repository = find(ctx);
        String path = ctx.pathParam("path");
        ObjectId commit = repository.commit(ctx.pathParam("commit"));
        byte[] bytes = new History(repository)
                .file(commit, path)
                .orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "No such file: " + path));
        StringBuilder body = new StringBuilder("<p class=\"soft\">")
                .append(Html.link(path(repository.name()), repository.name().fullName()))
                .append(" at <code>")
                .append(commit.name(), 0, 12)
                .append("</code></p><h1>")
                .append(Html.escape(path))
                .append("</h1>\n<table class=\"source\">\n");
        int line = 0;
        for (String text : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            line++;
            body.append("<tr id=\"lines-")
                    .append(line)
                    .append("\"><td>")
                    .append(line)
                    .append("</td><td>");
            body.append(Html.escape(text)).append("</td></tr>\n");
        }
        show(ctx, path, body.append("</table>"));
    }

    private void commit(Context ctx) {
        HostedRepository repository = find(ctx);
        ObjectId commit = repository.commit(ctx.pathParam("commit"));
        var parsed = new History(repository).commit(commit);
        StringBuilder body = new StringBuilder("<p class=\"soft\">")
                .append(Html.link(path(repository.name()), repository.name().fullName()))
                .append("</p><h1>")
                .append(Html.escape(parsed.getShortMessage()))
                .append("</h1><p><code>")
                .append(commit.name())
                .append("</code></p><pre>")
                .append(Html.escape(parsed.getFullMessage()))
                .append("</pre>");
        show(ctx, parsed.getShortMessage(), body);
    }

    private HostedRepository find(Context ctx) {
        try {
            return hosting.repository(new RepositoryName(ctx.pathParam("workspace"), ctx.pathParam("slug")));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "No such repository");
        }
    }

    private static int number(Context ctx) {
        try {
            return Integer.parseInt(ctx.pathParam("number"));
        } catch (NumberFormatException e) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "No such pull request");
        }
    }

    private static String path(RepositoryName name) {
        return "/" + name.fullName();
    }

    private static String path(PullRequest pullRequest) {
        return path(pullRequest.repository()) + "/pull-requests/" + pullRequest.number();
    }

    private static void show(Context ctx, String title, StringBuilder body) {
        ctx.status(200)
                .contentType("text/html; charset=utf-8")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src *")
                .result(Html.page(title, body.toString()));
    }
}
