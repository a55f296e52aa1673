package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.simulator.git.History;
import io.tailwater.simulator.payload.Payloads;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.HostedRepository;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Repositories and what Git says about them: commits, branches, files, comparisons, merge bases. */
final class RepositoryCalls implements Calls {

    private static final int MOST_COMMITS = 5000;
    private static final int DIFFSTAT_PAGE = 500;

    private final Gate gate;
    private final Payloads payloads;

    RepositoryCalls(Gate gate, Payloads payloads) {
        this.gate = gate;
        this.payloads = payloads;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get("/2.0/repositories/{workspace}", this::list);
        routes.get(REPOSITORY, ctx -> Gate.answer(ctx, 200, payloads.repository(repository(ctx))));
        routes.get(REPOSITORY + "/commit/{commit}", this::commit);
        routes.get(REPOSITORY + "/commits", ctx -> commits(ctx, null));
        routes.get(REPOSITORY + "/commits/<revision>", ctx -> commits(ctx, ctx.pathParam("revision")));
        routes.get(REPOSITORY + "/refs/branches", this::branches);
        routes.get(REPOSITORY + "/refs/branches/<name>", this::branch);
        routes.get(REPOSITORY + "/merge-base/<spec>", this::mergeBase);
        routes.get(REPOSITORY + "/diffstat/<spec>", this::diffstat);
        routes.get(REPOSITORY + "/diff/<spec>", this::diff);
        routes.get(REPOSITORY + "/src/{commit}", ctx -> source(ctx, ""));
        routes.get(REPOSITORY + "/src/{commit}/<path>", ctx -> source(ctx, ctx.pathParam("path")));
    }

    private HostedRepository repository(Context ctx) {
        return gate.repository(ctx, gate.admit(ctx, "repository"));
    }

    private void list(Context ctx) {
        AccessToken token = gate.admit(ctx, "repository");
        gate.workspace(ctx, token);
        List<ObjectNode> found = gate.hosting().repositories().stream()
                .filter(repository -> token.reaches(repository.name()))
                .map(payloads::repository)
                .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
    }

    private void commit(Context ctx) {
        HostedRepository repository = repository(ctx);
        ObjectId id = Gate.commit(repository, ctx.pathParam("commit"));
        Gate.answer(ctx, 200, payloads.commit(repository, new History(repository).commit(id)));
    }

    private void commits(Context ctx, @Nullable String revision) {
        HostedRepository repository = repository(ctx);
        String include = ctx.queryParam("include");
        String exclude = ctx.queryParam("exclude");
        String start = revision != null ? revision : include != null ? include : repository.mainBranch();
        ObjectId without = exclude == null ? null : Gate.commit(repository, exclude);
        List<ObjectNode> found = new History(repository)
                .commits(Gate.commit(repository, start), without, MOST_COMMITS).stream()
                        .map(commit -> payloads.commit(repository, commit))
                        .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
    }

    private void branches(Context ctx) {
        HostedRepository repository = repository(ctx);
        History history = new History(repository);
        List<ObjectNode> found = repository.branches().entrySet().stream()
                .map(branch -> payloads.branch(repository, branch.getKey(), history.commit(branch.getValue())))
                .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
    }

    private void branch(Context ctx) {
        HostedRepository repository = repository(ctx);
        String name = ctx.pathParam("name");
        ObjectId tip = repository
                .tip(name)
                .orElseThrow(() -> RestException.of(404, "Branch \"" + name + "\" does not exist."));
        Gate.answer(ctx, 200, payloads.branch(repository, name, new History(repository).commit(tip)));
    }

    private void mergeBase(Context ctx) {
        HostedRepository repository = repository(ctx);
        Comparison spec = Comparison.parse(repository, ctx.pathParam("spec"));
        ObjectId other = spec.compared();
        if (other == null) {
            throw RestException.of(400, "Two revisions are needed, as in A..B");
        }
        RevCommit base = new History(repository)
                .mergeBase(spec.changed(), other)
                .orElseThrow(() -> RestException.of(404, "No common ancestor"));
        Gate.answer(ctx, 200, payloads.commit(repository, base));
    }

    private void diffstat(Context ctx) {
        HostedRepository repository = repository(ctx);
        Comparison spec = Comparison.parse(repository, ctx.pathParam("spec"));
        List<ObjectNode> rows = new History(repository)
                .changes(spec.before(repository, topic(ctx, false)), spec.changed()).stream()
                        .map(DiffstatRow::of)
                        .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), rows, DIFFSTAT_PAGE, DIFFSTAT_PAGE));
    }

    private void diff(Context ctx) {
        HostedRepository repository = repository(ctx);
        Comparison spec = Comparison.parse(repository, ctx.pathParam("spec"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new History(repository).writeDiff(spec.before(repository, topic(ctx, true)), spec.changed(), out);
        ctx.status(200).contentType("text/plain").result(out.toByteArray());
    }

    private static boolean topic(Context ctx, boolean otherwise) {
        String topic = ctx.queryParam("topic");
        return topic == null ? otherwise : topic.equalsIgnoreCase("true");
    }

    private void source(Context ctx, String rawPath) {
        HostedRepository repository = repository(ctx);
        ObjectId commit = Gate.commit(repository, ctx.pathParam("commit"));
        String path = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
        History history = new History(repository);
        boolean meta = "meta".equals(ctx.queryParam("format"));
        Optional<byte[]> file = history.file(commit, path);
        if (file.isPresent()) {
            if (meta) {
                History.Entry entry = new History.Entry(path, false, file.get().length);
                Gate.answer(ctx, 200, entry(repository, commit, entry));
            } else {
                ctx.status(200).contentType("application/octet-stream").result(file.get());
            }
            return;
        }
        List<History.Entry> entries = history.directory(commit, path)
                .orElseThrow(() -> RestException.of(404, "No such file or directory: " + path));
        if (meta) {
            Gate.answer(ctx, 200, entry(repository, commit, new History.Entry(path, true, 0)));
        } else {
            List<ObjectNode> found = entries.stream()
                    .map(entry -> entry(repository, commit, entry))
                    .toList();
            Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
        }
    }

    private ObjectNode entry(HostedRepository repository, ObjectId commit, History.Entry entry) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        String self = payloads.links().api(repository.name()) + "/src/" + commit.name() + "/" + entry.path()
                + (entry.directory() ? "/" : "");
        node.put("type", entry.directory() ? "commit_directory" : "commit_file");
        node.put("path", entry.path());
        node.set("commit", payloads.commitReference(repository, commit.name()));
        if (!entry.directory()) {
            node.put("size", entry.size());
            node.putArray("attributes");
        }
        ObjectNode links = node.putObject("links");
        links.putObject("self").put("href", self);
        links.putObject("meta").put("href", self + "?format=meta");
        return node;
    }
}
