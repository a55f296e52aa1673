package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.simulator.payload.Payloads;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.BuildStatus;
import io.tailwater.simulator.state.BuildStatuses;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.StableId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** What tools leave on commits: build statuses, and reports with annotations. */
final class CommitMarkCalls implements Calls {

    private static final Set<String> STATES = Set.of("INPROGRESS", "SUCCESSFUL", "FAILED", "STOPPED");
    private static final int LONGEST_KEY = 40;
    private static final int ANNOTATIONS_PER_CALL = 100;
    private static final int ANNOTATIONS_PER_REPORT = 1000;
    private static final String COMMIT = REPOSITORY + "/commit/{commit}";
    private static final String REPORT = COMMIT + "/reports/{report}";

    private record Report(ObjectNode content, List<ObjectNode> annotations) {}

    private final Gate gate;
    private final Payloads payloads;
    private final BuildStatuses statuses;
    private final Map<String, Report> reports = new ConcurrentSkipListMap<>();

    CommitMarkCalls(Gate gate, Payloads payloads, BuildStatuses statuses) {
        this.gate = gate;
        this.payloads = payloads;
        this.statuses = statuses;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(COMMIT + "/statuses", this::listStatuses);
        routes.post(
                COMMIT + "/statuses/build",
                ctx -> putStatus(ctx, Gate.body(ctx).path("key").asText("")));
        routes.put(COMMIT + "/statuses/build/{key}", ctx -> putStatus(ctx, ctx.pathParam("key")));
        routes.get(COMMIT + "/statuses/build/{key}", this::readStatus);
        routes.get(COMMIT + "/reports", this::listReports);
        routes.put(REPORT, this::putReport);
        routes.get(REPORT, ctx -> Gate.answer(ctx, 200, report(ctx).content()));
        routes.delete(REPORT, this::deleteReport);
        routes.post(REPORT + "/annotations", this::annotate);
        routes.get(
                REPORT + "/annotations",
                ctx -> Gate.answer(
                        ctx,
                        200,
                        Page.of(ctx, payloads.links().base(), report(ctx).annotations(), 100, 100)));
    }

    private record Target(AccessToken token, HostedRepository repository, String hash) {
        String key() {
            return repository.name().fullName() + "/" + hash + "/";
        }
    }

    private Target target(Context ctx) {
        AccessToken token = gate.admit(ctx, "repository");
        HostedRepository repository = gate.repository(ctx, token);
        return new Target(
                token,
                repository,
                Gate.commit(repository, ctx.pathParam("commit")).name());
    }

    private void listStatuses(Context ctx) {
        Target target = target(ctx);
        List<ObjectNode> found = statuses.of(target.repository().name(), target.hash()).stream()
                .map(status -> payloads.status(target.repository(), status))
                .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
    }

    private void readStatus(Context ctx) {
        Target target = target(ctx);
        BuildStatus found = statuses.find(target.repository().name(), target.hash(), ctx.pathParam("key"))
                .orElseThrow(() -> RestException.of(404, "Resource not found"));
        Gate.answer(ctx, 200, payloads.status(target.repository(), found));
    }

    private void putStatus(Context ctx, String key) {
        Target target = target(ctx);
        JsonNode body = Gate.body(ctx);
        if (key.isEmpty()) {
            throw RestException.field("key", "This field is required.");
        }
        if (key.length() > LONGEST_KEY) {
            throw RestException.field(
                    "key", "Ensure this value has at most 40 characters (it has " + key.length() + ").");
        }
        String state = body.path("state").asText("");
        if (!STATES.contains(state)) {
            throw RestException.field("state", "\"" + state + "\" is not a valid choice.");
        }
        Instant now = gate.hosting().tick();
        Instant created = statuses.find(target.repository().name(), target.hash(), key)
                .map(BuildStatus::created)
                .orElse(now);
        JsonNode refname = body.path("refname");
        BuildStatus status = new BuildStatus(
                target.repository().name(),
                target.hash(),
                key,
                state,
                body.path("name").asText(""),
                body.path("description").asText(""),
                validUrl(body.path("url")),
                refname.isTextual() ? refname.asText() : null,
                target.token().person(),
                created,
                now);
        boolean added = statuses.put(status);
        Gate.answer(ctx, added ? 201 : 200, payloads.status(target.repository(), status));
    }

    private static String validUrl(JsonNode node) {
        String text = node.asText("");
        String withoutTemplates = text.replaceAll("\\{[a-z_.]+}", "x");
        try {
            String scheme = URI.create(withoutTemplates).getScheme();
            if ("http".equals(scheme) || "https".equals(scheme)) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw RestException.field("url", "Enter a valid URL.");
    }

    private void listReports(Context ctx) {
        String prefix = target(ctx).key();
        List<ObjectNode> found = reports.entrySet().stream()
                .filter(report -> report.getKey().startsWith(prefix))
                .map(report -> report.getValue().content())
                .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
    }

    private void putReport(Context ctx) {
        Target target = target(ctx);
        String id = ctx.pathParam("report");
        ObjectNode content = Gate.body(ctx).deepCopy();
        if (content.path("data").size() > 10) {
            throw RestException.insights("A report can have at most 10 data elements.");
        }
        String now = Payloads.time(gate.hosting().tick());
        Report before = reports.get(target.key() + id);
        content.put("type", "report");
        content.put("external_id", id);
        content.put("uuid", StableId.of("report", target.key() + id));
        content.put(
                "created_on",
                before == null ? now : before.content().path("created_on").asText());
        content.put("updated_on", now);
        reports.put(target.key() + id, new Report(content, before == null ? new ArrayList<>() : before.annotations()));
        Gate.answer(ctx, 200, content);
    }

    private void deleteReport(Context ctx) {
        reports.remove(target(ctx).key() + ctx.pathParam("report"));
        ctx.status(204);
    }

    private void annotate(Context ctx) {
        Report report = report(ctx);
        List<ObjectNode> added = new ArrayList<>();
        JsonNode sent = Json.array(ctx.bodyAsBytes());
        if (sent.size() > ANNOTATIONS_PER_CALL) {
            throw RestException.insights("Bulk upload supports a maximum of /100 annotations.");
        }
        for (JsonNode annotation : sent) {
            if (annotation.path("summary").asText("").isBlank()) {
                throw RestException.insights("The summary of an annotation must not be empty.");
            }
            ObjectNode kept = annotation.deepCopy();
            kept.put("type", "report_annotation");
            added.add(kept);
        }
        synchronized (report) {
            if (report.annotations().size() + added.size() > ANNOTATIONS_PER_REPORT) {
                throw RestException.insights("A report can have at most 1000 annotations.");
            }
            report.annotations().addAll(added);
        }
        ctx.status(200).contentType("application/json").result(added.toString());
    }

    private Report report(Context ctx) {
        Report found = reports.get(target(ctx).key() + ctx.pathParam("report"));
        if (found == null) {
            throw RestException.of(404, "Report not found");
        }
        return found;
    }
}
