package io.tailwater.pranalyzer.work;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of all stream tasks of a process with a bounded number of threads: by priority, then by age, and never
 * two pieces of one lane at a time. Holds nothing that could be lost: what it is given stands in a store of the task
 * that gave it. Thread-safe.
 */
public final class WorkPool {

    private static final Logger LOG = LoggerFactory.getLogger(WorkPool.class);

    private record Entry<R>(Desk<R> desk, Ticket<R> ticket, long arrival) {

        /** Does the work on the calling thread and lays the result on the desk. */
        void run() {
            R result;
            try {
                result = ticket.work().get();
            } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                // hostile input may reach any of these; the other pieces of work go on
                LOG.atWarn().setCause(e).addKeyValue("work", ticket.id()).log("work ended abnormally");
                result = ticket.onFailure().apply(e);
            }
            desk.lay(new Done<>(ticket.id(), ticket.version(), result));
        }
    }

    private static final Comparator<Entry<?>> FIRST = Comparator.<Entry<?>, Priority>comparing(
                    entry -> entry.ticket().priority())
            .thenComparingLong(entry -> entry.ticket().order())
            .thenComparingLong(Entry::arrival);

    private final Executor executor;
    private final int workers;
    private final AtomicLong arrivals = new AtomicLong();
    private final TreeSet<Entry<?>> waiting = new TreeSet<>(FIRST);
    private final Set<String> busyLanes = new HashSet<>();
    private int running;

    /**
     * A pool.
     *
     * @param executor runs what it is given, on threads that may block for minutes
     * @param workers most pieces of work at a time
     */
    public WorkPool(Executor executor, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("no workers: " + workers);
        }
        this.executor = executor;
        this.workers = workers;
    }

    /** Pieces of work that wait in the pool. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Pieces of work being done. */
    public synchronized int running() {
        return running;
    }

    <R> void submit(Desk<R> desk, Ticket<R> ticket) {
        synchronized (this) {
            waiting.removeIf(
                    entry -> entry.desk() == desk && entry.ticket().id().equals(ticket.id()));
            waiting.add(new Entry<>(desk, ticket, arrivals.getAndIncrement()));
        }
        dispatch();
    }

    synchronized void withdraw(Desk<?> desk, String id) {
        waiting.removeIf(entry -> entry.desk() == desk && entry.ticket().id().equals(id));
    }

    synchronized void withdrawAll(Desk<?> desk) {
        waiting.removeIf(entry -> entry.desk() == desk);
    }

    private void dispatch() {
        for (Entry<?> next = next(); next != null; next = next()) {
            Entry<?> taken = next;
            try {
                executor.execute(() -> run(taken));
            } catch (RejectedExecutionException e) {
                // the process is stopping; the request stands in its store
                return;
            }
        }
    }

    private void run(Entry<?> entry) {
        try {
            entry.run();
        } finally {
            synchronized (this) {
                busyLanes.remove(entry.ticket().lane());
                running--;
            }
            dispatch();
        }
    }

    private synchronized @Nullable Entry<?> next() {
        if (running >= workers) {
            return null;
        }
        for (Iterator<Entry<?>> entries = waiting.iterator(); entries.hasNext(); ) {
            Entry<?> entry = entries.next();
            if (busyLanes.add(entry.ticket().lane())) {
                entries.remove();
                running++;
                return entry;
            }
        }
        return null;
    }
}
