package io.tailwater.simulator.fault;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** Records every request and lets planned faults happen to them. */
public final class Interference implements AutoCloseable {

    private static final String PENDING = "tailwater.fault";
    private static final int MOST_RECORDED = 20_000;

    private final FaultPlan plan;
    private final Clock clock;
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Faults come from this plan. */
    public Interference(FaultPlan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /** Adds handlers that run before and after every request. */
    public void register(RoutesConfig routes) {
        routes.before(this::before);
        routes.after(Interference::after);
    }

    /** Requests so far, oldest first. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Forgets the requests so far. */
    public void forget() {
        requests.clear();
    }

    private void before(Context ctx) {
        String path = ctx.req().getRequestURI();
        if (requests.size() < MOST_RECORDED) {
            requests.add(new RecordedRequest(
                    clock.instant(), ctx.method().name(), path, ctx.queryString(), scheme(ctx), jsonBody(ctx)));
        }
        Optional<Fault> fault = plan.take(ctx.method().name(), path);
        if (fault.isEmpty()) {
            return;
        }
        switch (fault.get()) {
            case Fault.Answer answer -> {
                ctx.status(answer.status()).contentType("application/json").result(answer.body());
                answer.headers().forEach(ctx::header);
                ctx.skipRemainingHandlers();
            }
            case Fault.Hang hang -> {
                waitFor(hang);
                cut(ctx);
                ctx.skipRemainingHandlers();
            }
            case Fault.AnswerAfterEffect after -> ctx.attribute(PENDING, after);
            case Fault.LostAnswer lost -> ctx.attribute(PENDING, lost);
        }
    }

    private static void after(Context ctx) {
        Fault pending = ctx.attribute(PENDING);
        if (pending instanceof Fault.AnswerAfterEffect after) {
            Fault.Answer answer = Fault.Answer.status(after.status());
            ctx.status(answer.status()).contentType("application/json").result(answer.body());
        } else if (pending instanceof Fault.LostAnswer) {
            cut(ctx);
        }
    }

    private void waitFor(Fault.Hang hang) {
        try {
            closed.await(hang.time().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cut(Context ctx) {
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    private static @Nullable String scheme(Context ctx) {
        String header = ctx.header("Authorization");
        return header == null ? null : header.split(" ", 2)[0];
    }

    private static @Nullable String jsonBody(Context ctx) {
        String type = ctx.contentType();
        return type != null && type.startsWith("application/json")
                ? new String(ctx.bodyAsBytes(), StandardCharsets.UTF_8)
                : null;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
