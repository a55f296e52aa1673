package io.tailwater.pranalyzer.work;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where one stream task keeps track of its work: what is ready, what waits for a time, what waits for a token, what is
 * with the pool. Holds names only, so that a long backlog costs little; the requests themselves stand in the task's
 * store, from which the desk is laid out again after a restart. All methods but {@link #lay} belong to the task's thread.
 *
 * @param <R> result of the work
 */
public final class Desk<R> {

    private record Slot(Priority priority, long order, String id) {}

    private record Delayed(long until, Slot slot) {}

    private record Parked(Slot slot, String connection, String refused) {}

    private static final Comparator<Slot> FIRST =
            Comparator.comparing(Slot::priority).thenComparingLong(Slot::order).thenComparing(Slot::id);

    private final WorkPool pool;
    private final int mostWithPool;
    private final TreeSet<Slot> ready = new TreeSet<>(FIRST);
    private final TreeSet<Delayed> delayed =
            new TreeSet<>(Comparator.comparingLong(Delayed::until).thenComparing(Delayed::slot, FIRST));
    private final Map<String, Parked> parked = new HashMap<>();
    private final Map<String, Slot> slots = new HashMap<>();
    private final Set<String> withPool = new HashSet<>();
    private final ConcurrentLinkedQueue<Done<R>> done = new ConcurrentLinkedQueue<>();

    /**
     * An empty desk.
     *
     * @param pool does the work
     * @param mostWithPool how many tickets the pool holds of this desk at most
     */
    public Desk(WorkPool pool, int mostWithPool) {
        this.pool = pool;
        this.mostWithPool = mostWithPool;
    }

    /** This may be worked on now; replaces whatever was known under the id. */
    public void ready(String id, Priority priority, long order) {
        ready.add(slot(id, priority, order));
    }

    /** This may be worked on from that time on, in milliseconds as the task's clock counts them. */
    public void delay(String id, Priority priority, long order, long until) {
        delayed.add(new Delayed(until, slot(id, priority, order)));
    }

    /**
     * This may be worked on once the connection has another token.
     *
     * @param refused tells the refused token from others; kept in memory only
     */
    public void park(String id, Priority priority, long order, String connection, String refused) {
        parked.put(id, new Parked(slot(id, priority, order), connection, refused));
    }

    /** There is nothing to do under this id any more. */
    public void forget(String id) {
        Slot old = slots.remove(id);
        if (old != null) {
            ready.remove(old);
            delayed.removeIf(waiting -> waiting.slot().id().equals(id));
        }
        parked.remove(id);
        if (withPool.remove(id)) {
            pool.withdraw(this, id);
        }
    }

    /** How many wait for a token. */
    public int parkedCount() {
        return parked.size();
    }

    /** How many are known and not finished, parked ones included. */
    public int openCount() {
        return slots.size();
    }

    /** Hands what is due to the pool. */
    public void handOut(long now, Function<String, Optional<Ticket<R>>> ticketOf) {
        while (!delayed.isEmpty() && delayed.first().until() <= now) {
            Delayed due = delayed.pollFirst();
            if (due != null) {
                ready.add(due.slot());
            }
        }
        while (!ready.isEmpty() && hasRoom(ready.first())) {
            Slot next = ready.pollFirst();
            if (next == null) {
                return;
            }
            ticketOf.apply(next.id())
                    .ifPresentOrElse(
                            ticket -> {
                                withPool.add(next.id());
                                pool.submit(this, ticket);
                            },
                            () -> slots.remove(next.id()));
        }
    }

    /** Live work is handed out also while the pool holds as much as usual of this desk: there it goes before the rest. */
    private boolean hasRoom(Slot next) {
        int most = next.priority() == Priority.LIVE ? 2 * mostWithPool : mostWithPool;
        return withPool.size() < most;
    }

    /**
     * Makes ready what waits for a token and may have got one.
     *
     * @param tokenOf what tells a connection's present token from others; null when it has none
     */
    public void unpark(Function<String, @Nullable String> tokenOf) {
        for (Parked waiting : List.copyOf(parked.values())) {
            String token = tokenOf.apply(waiting.connection());
            if (token == null && !waiting.refused().isEmpty()) {
                // there was a time without a token: whichever comes after it was put there, or found good, since
                parked.put(waiting.slot().id(), new Parked(waiting.slot(), waiting.connection(), ""));
            }
            if (token != null && !token.equals(waiting.refused())) {
                parked.remove(waiting.slot().id());
                ready.add(waiting.slot());
            }
        }
    }

    /** Takes what is finished. Results of replaced tickets may be among them: compare the version. */
    public List<Done<R>> takeFinished() {
        List<Done<R>> taken = new ArrayList<>();
        for (Done<R> next = done.poll(); next != null; next = done.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** Gives up everything; what is being done is done in vain. */
    public void clear() {
        pool.withdrawAll(this);
        ready.clear();
        delayed.clear();
        parked.clear();
        slots.clear();
        withPool.clear();
        done.clear();
    }

    /** Lays a result here; called by the pool. */
    void lay(Done<R> result) {
        done.add(result);
    }

    private Slot slot(String id, Priority priority, long order) {
        forget(id);
        Slot slot = new Slot(priority, order, id);
        slots.put(id, slot);
        return slot;
    }
}
