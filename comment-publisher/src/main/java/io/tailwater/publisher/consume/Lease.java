package io.tailwater.publisher.consume;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether a partition is ours, and how many threads act on that. Once given up it stays so. */
final class Lease {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private boolean held = true;
    private int acting;

    /** Whether the partition is ours now. */
    boolean isHeld() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** Begins to act; false when the partition is ours no more. Each true is followed by {@link #leave}. */
    boolean enter() {
        lock.lock();
        try {
            acting += held ? 1 : 0;
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** Ends to act. */
    void leave() {
        lock.lock();
        try {
            acting--;
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody begin any more. */
    void giveUp() {
        lock.lock();
        try {
            held = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nobody acts; false when that took too long. */
    boolean awaitQuiet(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (acting > 0 && left > 0) {
                left = quiet.awaitNanos(left);
            }
            return acting == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return acting == 0;
        } finally {
            lock.unlock();
        }
    }
}
