package io.tailwater.console.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.console.activity.Activities;
import io.tailwater.console.signin.Administrator;
import io.tailwater.console.signin.OpenIdConnect;
import io.tailwater.console.signin.Session;
import io.tailwater.console.signin.SignInRefused;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Signing in and out, and setting the administrator's password. */
final class SignInPages {

    private static final String STARTED = "sign-in";
    private static final String NEXT = "next";
    private static final String HOME = "/";

    private final ConsoleParts parts;
    private final Gate gate;

    SignInPages(ConsoleParts parts, Gate gate) {
        this.parts = parts;
        this.gate = gate;
    }

    void register(RoutesConfig routes) {
        routes.get("/sign-in", this::show);
        routes.post("/sign-in", this::withPassword);
        routes.get("/sign-in/provider", this::toProvider);
        routes.get("/sign-in/return", this::fromProvider);
        routes.post("/sign-out", this::signOut);
        routes.get("/setup", this::showSetup);
        routes.post("/setup", this::setUp);
    }

    private void show(Context context) {
        Visit visit = Visit.of(context);
        if (visit.session().actor().isPresent()) {
            visit.goTo(HOME);
            return;
        }
        visit.session().keep(NEXT, ours(visit.parameter("next")));
        show(visit, 200, "");
    }

    private void show(Visit visit, int status, String problem) {
        visit.show(
                status,
                "sign-in",
                "",
                Map.of(
                        "problem",
                        problem,
                        "provider",
                        parts.openId().isPresent(),
                        "unset",
                        parts.openId().isEmpty() && !parts.administrator().isSet()));
    }

    /** A path of ours, or the first page: nobody is sent elsewhere after signing in. */
    private static String ours(String next) {
        return next.startsWith("/")
                        && !next.startsWith("//")
                        && next.indexOf('\\') < 0
                        && next.chars().allMatch(c -> c > 0x20 && c < 0x7f)
                ? next
                : HOME;
    }

    private void withPassword(Context context) {
        Visit visit = Visit.of(context);
        if (parts.openId().isPresent()) {
            visit.goTo("/sign-in");
            return;
        }
        Optional<Duration> wait = parts.throttle().attempt(context.ip());
        if (wait.isPresent()) {
            long minutes = Math.max(1, wait.get().plusSeconds(59).toMinutes());
            context.header("Retry-After", Long.toString(Math.max(1, wait.get().toSeconds())));
            show(
                    visit,
                    429,
                    "Too many tries. Wait " + minutes + (minutes == 1 ? " minute" : " minutes") + " and try again.");
            return;
        }
        if (!parts.administrator().accepts(visit.exactField("password"))) {
            note(visit, "sign-in", "", false, "wrong password");
            show(visit, 401, "This is not the password. Try again.");
            return;
        }
        parts.throttle().succeeded(context.ip());
        signedIn(visit, Administrator.NAME);
    }

    private void signedIn(Visit visit, String actor) {
        String next = visit.session().kept(NEXT, String.class).orElse(HOME);
        Session session = parts.sessions().signIn(visit.session(), actor);
        gate.hand(visit.context(), session);
        note(visit, "sign-in", actor, true, "");
        visit.goTo(next);
    }

    private void note(Visit visit, String action, String actor, boolean succeeded, String detail) {
        parts.activities()
                .add(Activities.of(visit.who(), action, parts.clock())
                        .setActor(actor)
                        .setSucceeded(succeeded)
                        .setDetail(detail)
                        .build());
    }

    private void toProvider(Context context) {
        Visit visit = Visit.of(context);
        if (parts.openId().isEmpty()) {
            visit.goTo("/sign-in");
            return;
        }
        try {
            OpenIdConnect.Started started = parts.openId().get().begin(visit.address("/sign-in/return"));
            visit.session().keep(STARTED, started);
            context.status(303).header("Location", started.address().toString());
        } catch (SignInRefused e) {
            show(visit, 502, e.sentence());
        }
    }

    private void fromProvider(Context context) {
        Visit visit = Visit.of(context);
        Optional<OpenIdConnect.Started> started = visit.session().take(STARTED, OpenIdConnect.Started.class);
        if (parts.openId().isEmpty() || started.isEmpty()) {
            show(visit, 400, "This sign-in was not begun here, or too long ago. Please try again.");
            return;
        }
        String query = context.queryString();
        URI answer = URI.create(started.get().returnTo() + "?" + (query == null ? "" : query));
        try {
            signedIn(visit, parts.openId().get().complete(started.get(), answer));
        } catch (SignInRefused e) {
            note(visit, "sign-in", "", false, e.sentence());
            show(visit, 403, e.sentence());
        }
    }

    private void signOut(Context context) {
        Visit visit = Visit.of(context);
        note(visit, "sign-out", visit.who().actor(), true, "");
        parts.sessions().end(visit.session());
        visit.goTo("/sign-in");
    }

    private void showSetup(Context context) {
        Visit visit = Visit.of(context);
        setup(visit, 200, visit.parameter("key"), "");
    }

    private void setup(Visit visit, int status, String key, String problem) {
        boolean open = parts.openId().isEmpty() && parts.administrator().mayBeSetWith(key);
        visit.show(
                open ? status : 404,
                "setup",
                "",
                Map.of(
                        "open",
                        open,
                        "key",
                        open ? key : "",
                        "problem",
                        problem,
                        "shortest",
                        Administrator.SHORTEST,
                        "longest",
                        Administrator.LONGEST));
    }

    private void setUp(Context context) {
        Visit visit = Visit.of(context);
        String key = visit.field("key");
        String password = visit.exactField("password");
        if (parts.openId().isPresent() || !parts.administrator().mayBeSetWith(key)) {
            setup(visit, 404, key, "");
            return;
        }
        Optional<String> objection = Administrator.objection(password, visit.exactField("repeated"));
        if (objection.isPresent()) {
            setup(visit, 422, key, objection.get());
            return;
        }
        if (!parts.administrator().set(password)) {
            setup(visit, 409, key, "");
            return;
        }
        note(visit, "administrator.password-set", Administrator.NAME, true, "");
        visit.session().keep(NEXT, "/connectors");
        signedIn(visit, Administrator.NAME);
    }
}
