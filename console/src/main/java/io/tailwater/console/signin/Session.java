package io.tailwater.console.signin;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One browser's visit: who it is once signed in, and what it is in the middle of. Kept in memory only. */
public final class Session {

    private static final int MOST_NOTES = 16;

    private final String id;
    private final String formToken = RandomText.next();
    private final Optional<String> actor;
    private final Instant startedAt;
    private final Map<String, Object> notes = new ConcurrentHashMap<>();
    private volatile Instant seenAt;

    Session(String id, Optional<String> actor, Instant startedAt) {
        this.id = id;
        this.actor = actor;
        this.startedAt = startedAt;
        this.seenAt = startedAt;
    }

    /** What the browser's cookie holds. */
    public String id() {
        return id;
    }

    /** What every form must bring back, so that no other site can send it (protection against request forgery). */
    public String formToken() {
        return formToken;
    }

    /** Name of who signed in; empty before that. */
    public Optional<String> actor() {
        return actor;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant seenAt() {
        return seenAt;
    }

    void seen(Instant now) {
        seenAt = now;
    }

    /** Keeps something for a later request of this visit. */
    public void keep(String name, Object note) {
        if (notes.size() < MOST_NOTES || notes.containsKey(name)) {
            notes.put(name, note);
        }
    }

    /** What was kept under a name, if it is of this type. */
    public <T> Optional<T> kept(String name, Class<T> type) {
        return Optional.ofNullable(notes.get(name)).filter(type::isInstance).map(type::cast);
    }

    /** Forgets what was kept under a name, and gives it back if it is of this type. */
    public <T> Optional<T> take(String name, Class<T> type) {
        return Optional.ofNullable(notes.remove(name)).filter(type::isInstance).map(type::cast);
    }
}
