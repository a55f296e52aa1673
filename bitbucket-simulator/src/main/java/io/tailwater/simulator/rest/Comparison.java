package io.tailwater.simulator.rest;

import io.tailwater.simulator.git.History;
import io.tailwater.simulator.state.HostedRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/**
 * Two sides of a comparison, in Bitbucket's order, which is the reverse of Git's.
 *
 * @param changed the side with the changes
 * @param compared the side compared to, or null for the first parent
 */
record Comparison(ObjectId changed, @Nullable ObjectId compared) {

    /**
     * Reads {@code A..B}, a single commit, or {@code workspace/repository:A\rB} as in redirects of pull requests.
     *
     * @throws RestException 404 when a commit does not exist
     */
    static Comparison parse(HostedRepository repository, String spec) {
        String prefix = repository.name().fullName() + ":";
        String plain = spec.startsWith(prefix) ? spec.substring(prefix.length()) : spec;
        int carriageReturn = plain.indexOf('\r');
        int dots = plain.indexOf("..");
        if (carriageReturn > 0) {
            return of(repository, plain.substring(0, carriageReturn), plain.substring(carriageReturn + 1));
        }
        if (dots > 0) {
            return of(repository, plain.substring(0, dots), plain.substring(dots + 2));
        }
        return new Comparison(Gate.commit(repository, plain), null);
    }

    private static Comparison of(HostedRepository repository, String changed, String compared) {
        return new Comparison(Gate.commit(repository, changed), Gate.commit(repository, compared));
    }

    /**
     * The commit whose tree is the old side.
     *
     * @param topic whether to start from the merge base (three dots) instead of the other tip (two dots)
     * @return null for the empty tree
     */
    @Nullable
    ObjectId before(HostedRepository repository, boolean topic) {
        History history = new History(repository);
        if (compared == null) {
            RevCommit commit = history.commit(changed);
            return commit.getParentCount() == 0 ? null : commit.getParent(0);
        }
        return topic ? history.mergeBase(changed, compared).orElse(null) : compared;
    }
}
