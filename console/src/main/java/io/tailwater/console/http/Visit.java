package io.tailwater.console.http;

import io.javalin.http.Context;
import io.tailwater.console.activity.Who;
import io.tailwater.console.model.ConnectionRow;
import io.tailwater.console.signin.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request for a page: who asks, and how they are answered. */
final class Visit {

    /** How long before its expiry people are reminded of a token. */
    private static final Duration REMINDER = Duration.ofDays(14);

    private static final String FLASH = "flash";
    private static final String ATTRIBUTE = "visit";

    private final Context context;
    private final Session session;
    private final ConsoleParts parts;
    private final Templates templates;

    /** Something said once, on the next page. */
    private record Flash(String text, String tone) {}

    Visit(Context context, Session session, ConsoleParts parts, Templates templates) {
        this.context = context;
        this.session = session;
        this.parts = parts;
        this.templates = templates;
        context.attribute(ATTRIBUTE, this);
    }

    /** The visit that the gate has let in. */
    static Visit of(Context context) {
        Visit visit = context.attribute(ATTRIBUTE);
        if (visit == null) {
            throw new IllegalStateException("a page was asked for past the gate");
        }
        return visit;
    }

    Context context() {
        return context;
    }

    Session session() {
        return session;
    }

    Who who() {
        return new Who(session.actor().orElse(""), context.ip());
    }

    /** A field of the form, without blanks around it; empty when missing. */
    String field(String name) {
        String value = context.formParam(name);
        return value == null ? "" : value.strip();
    }

    /** A field as it was typed. */
    String exactField(String name) {
        String value = context.formParam(name);
        return value == null ? "" : value;
    }

    /** A parameter of the address; empty when missing. */
    String parameter(String name) {
        String value = context.queryParam(name);
        return value == null ? "" : value.strip();
    }

    /** The number of the page of a list; 1 for what is none. */
    int page() {
        String page = parameter("page");
        return page.matches("[1-9]\\d{0,6}") ? Integer.parseInt(page) : 1;
    }

    /** Has something said on the next page. */
    void say(String text, String tone) {
        session.keep(FLASH, new Flash(text, tone));
    }

    /**
     * Answers with a page.
     *
     * @param section entry of the navigation it belongs to
     */
    void show(int status, String template, String section, Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put("section", section);
        all.put("formToken", session.formToken());
        all.put("actor", session.actor().orElse(""));
        Optional<Flash> flash = session.take(FLASH, Flash.class);
        all.put("flash", flash.map(Flash::text).orElse(""));
        all.put("flashTone", flash.map(Flash::tone).orElse("plain"));
        List<ConnectionRow> connections =
                session.actor().isPresent() ? parts.model().connections().all() : List.of();
        all.put("needToken", connections.stream().filter(Visit::needsToken).toList());
        all.put("expiring", connections.stream().filter(this::expiresSoon).toList());
        context.status(status).html(templates.render(template, all));
    }

    void show(String template, String section, Map<String, Object> values) {
        show(200, template, section, values);
    }

    private static boolean needsToken(ConnectionRow connection) {
        return connection.state().equals("NEEDS_NEW_TOKEN");
    }

    private boolean expiresSoon(ConnectionRow connection) {
        Instant soon = parts.clock().instant().plus(REMINDER);
        return !needsToken(connection)
                && connection.tokenExpiresAt().filter(soon::isAfter).isPresent();
    }

    /** Sends the browser to one of our pages, by GET. */
    void goTo(String path) {
        context.status(303).header("Location", path);
    }

    /** The address of one of our pages as browsers know it. */
    URI address(String path) {
        URI base = parts.publicUrl().orElseGet(() -> URI.create(context.scheme() + "://" + context.host()));
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    /** Says that there is nothing of this name. */
    void notFound(String what) {
        show(404, "problem", "", Map.of("title", "Not found", "text", what));
    }
}
