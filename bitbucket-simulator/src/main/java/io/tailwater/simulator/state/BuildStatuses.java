package io.tailwater.simulator.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Build statuses of all commits. Safe for use by several threads. */
public final class BuildStatuses {

    private final List<BuildStatus> all = new ArrayList<>();

    /**
     * Adds a status, or replaces the one with the same key on the same commit.
     *
     * @return whether it is new
     * @throws Refusal when somebody else made the one it would replace
     */
    public synchronized boolean put(BuildStatus status) {
        Optional<BuildStatus> before = find(status.repository(), status.hash(), status.key());
        if (before.isEmpty()) {
            all.add(status);
            return true;
        }
        if (!before.get().creator().equals(status.creator())) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "Only the creator of a build status may change it.");
        }
        all.replaceAll(old -> old.equals(before.get()) ? status : old);
        return false;
    }

    /** The status with this key on a commit. */
    public synchronized Optional<BuildStatus> find(RepositoryName name, String hash, String key) {
        return of(name, hash).stream()
                .filter(status -> status.key().equals(key))
                .findFirst();
    }

    /** All statuses of a commit, oldest first. */
    public synchronized List<BuildStatus> of(RepositoryName name, String hash) {
        return all.stream()
                .filter(status ->
                        status.repository().equals(name) && status.hash().equals(hash))
                .toList();
    }
}
