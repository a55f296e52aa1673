package io.tailwater.publisher.consume;

import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Which offset of a partition may be committed: everything before it is done. For one thread. */
final class Offsets {

    private final NavigableSet<Long> unfinished = new TreeSet<>();
    private long next = -1;
    private long told = -1;

    /** A record was read. */
    void begin(long offset) {
        unfinished.add(offset);
        next = offset + 1;
    }

    /** A record is done. */
    void finish(long offset) {
        unfinished.remove(offset);
    }

    /** The offset to commit, when it is another than the last one given. */
    OptionalLong toCommit() {
        long offset = unfinished.isEmpty() ? next : unfinished.first();
        if (offset < 0 || offset == told) {
            return OptionalLong.empty();
        }
        told = offset;
        return OptionalLong.of(offset);
    }

    /** Forgets what was given last, after a commit that went wrong. */
    void forgetTold() {
        told = -1;
    }

    /** Records read and not done. */
    int pending() {
        return unfinished.size();
    }
}
