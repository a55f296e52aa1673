package io.tailwater.console.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The visits of this process. They end after a time without request, after a time in all, and with the process. */
public final class Sessions {

    private static final int MOST = 10_000;

    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final Duration idle;
    private final Duration lifetime;
    private final InstantSource clock;

    /**
     * No visits yet.
     *
     * @param idle longest time between two requests
     * @param lifetime longest time from sign-in
     * @param clock tells the time
     */
    public Sessions(Duration idle, Duration lifetime, InstantSource clock) {
        this.idle = idle;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** The visit a cookie names; empty when it is over or was never. Counts as a request. */
    public Optional<Session> find(String id) {
        Instant now = clock.instant();
        Session session = byId.get(id);
        if (session == null) {
            return Optional.empty();
        }
        if (isOver(session, now)) {
            byId.remove(id);
            return Optional.empty();
        }
        session.seen(now);
        return Optional.of(session);
    }

    /** A visit of someone not signed in. */
    public Session begin() {
        return add(Optional.empty());
    }

    /** The visit after signing in: under a new id, so that one known before is of no use. */
    public Session signIn(Session before, String actor) {
        byId.remove(before.id());
        return add(Optional.of(actor));
    }

    /** Ends a visit. */
    public void end(Session session) {
        byId.remove(session.id());
    }

    private Session add(Optional<String> actor) {
        Instant now = clock.instant();
        if (byId.size() >= MOST) {
            makeRoom(now);
        }
        Session session = new Session(RandomText.next(), actor, now);
        byId.put(session.id(), session);
        return session;
    }

    /** Visits that are over go, then those not signed in, longest unseen first, down to nine tenths. */
    private synchronized void makeRoom(Instant now) {
        byId.values().removeIf(session -> isOver(session, now));
        byId.values().stream()
                .filter(session -> session.actor().isEmpty())
                .sorted(Comparator.comparing(Session::seenAt))
                .limit(Math.max(0, byId.size() - MOST * 9 / 10))
                .toList()
                .forEach(session -> byId.remove(session.id()));
    }

    private boolean isOver(Session session, Instant now) {
        return session.seenAt().plus(idle).isBefore(now)
                || session.startedAt().plus(lifetime).isBefore(now);
    }
}
