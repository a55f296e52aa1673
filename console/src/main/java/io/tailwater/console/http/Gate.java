package io.tailwater.console.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import io.tailwater.console.signin.RandomText;
import io.tailwater.console.signin.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Stands before every page: security headers, the visit, sign-in, and the token that every form must bring back. */
final class Gate {

    static final String FORM_TOKEN = "form-token";

    /** Header that brings a form's token where there is no form. */
    static final String FORM_TOKEN_HEADER = "X-Form-Token";

    private static final String COOKIE = "tailwater_session";
    private static final Set<String> OPEN = Set.of("/sign-in", "/sign-in/provider", "/sign-in/return", "/setup");
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()",
            "Cache-Control",
            "no-store");

    private final ConsoleParts parts;
    private final Templates templates;

    Gate(ConsoleParts parts, Templates templates) {
        this.parts = parts;
        this.templates = templates;
    }

    /** Lets a request through, or answers it. */
    void enter(Context context) {
        HEADERS.forEach(context::header);
        if (isSecure()) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        String path = context.path();
        if (path.startsWith("/assets/") || path.startsWith("/health/") || path.equals("/metrics")) {
            return;
        }
        if (path.equals("/api/v1") || path.startsWith("/api/")) {
            enterApi(context);
            return;
        }
        Session session = session(context).orElseGet(() -> begin(context));
        Visit visit = new Visit(context, session, parts, templates);
        if (!READING.contains(context.method())
                && !RandomText.same(session.formToken(), visit.exactField(FORM_TOKEN))) {
            visit.show(
                    403,
                    "problem",
                    "",
                    Map.of(
                            "title",
                            "This form is too old",
                            "text",
                            "Nothing was done. You were signed out meanwhile, or the form did not come from this page. Go back,"
                                    + " reload the page and send the form again."));
            context.skipRemainingHandlers();
        } else if (session.actor().isEmpty() && !OPEN.contains(path)) {
            String next = context.method() == HandlerType.GET && !path.equals("/")
                    ? "?next=" + URLEncoder.encode(withQuery(context), StandardCharsets.UTF_8)
                    : "";
            visit.goTo("/sign-in" + next);
            context.skipRemainingHandlers();
        }
    }

    private static String withQuery(Context context) {
        String query = context.queryString();
        return context.path() + (query == null ? "" : "?" + query);
    }

    private void enterApi(Context context) {
        if (context.path().equals("/api/v1/openapi.json")) {
            return;
        }
        String authorization = context.header("Authorization");
        boolean withKey = authorization != null
                && authorization.startsWith("Bearer ")
                && parts.apiKey().isPresent()
                && RandomText.same(
                        parts.apiKey().get().use(Function.identity()), authorization.substring("Bearer ".length()));
        if (withKey) {
            Api.enter(context, "api");
            return;
        }
        Optional<Session> session =
                session(context).filter(found -> found.actor().isPresent());
        String token = context.header(FORM_TOKEN_HEADER);
        if (session.isPresent()
                && (READING.contains(context.method())
                        || token != null && RandomText.same(session.get().formToken(), token))) {
            Api.enter(context, session.get().actor().orElseThrow());
            return;
        }
        context.header("WWW-Authenticate", "Bearer realm=\"tailwater\"");
        Api.problem(
                context,
                401,
                "unauthorized",
                "Send the API key as \"Authorization: Bearer …\"; it is the setting" + " console.api-key.");
        context.skipRemainingHandlers();
    }

    private Optional<Session> session(Context context) {
        return Optional.ofNullable(context.cookie(COOKIE)).flatMap(parts.sessions()::find);
    }

    private Session begin(Context context) {
        Session session = parts.sessions().begin();
        hand(context, session);
        return session;
    }

    /** Gives the browser the cookie of a visit. */
    void hand(Context context, Session session) {
        Cookie cookie = new Cookie(COOKIE, session.id(), "/", -1, isSecure(), true, null, SameSite.LAX);
        context.cookie(cookie);
    }

    private boolean isSecure() {
        return parts.publicUrl().filter(url -> "https".equals(url.getScheme())).isPresent();
    }
}
