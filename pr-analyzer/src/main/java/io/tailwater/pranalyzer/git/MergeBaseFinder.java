package io.tailwater.pranalyzer.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/**
 * Finds the merge base of two commits. Criss-cross history has several; then the one with the newest commit time is
 * taken, and of equal times the one with the smallest id, so that every run takes the same. Git's own recursive merge of
 * several bases is no commit anyone could look up, so it is not used.
 */
final class MergeBaseFinder {

    /** What was found. */
    sealed interface Found {

        /**
         * A merge base.
         *
         * @param commit the one to use
         * @param candidates how many there were
         */
        record MergeBase(ObjectId commit, int candidates) implements Found {}

        /** The history at hand ends before the answer is certain. */
        record NeedsMoreHistory() implements Found {}

        /** Both histories are whole and share nothing. */
        record Unrelated() implements Found {}
    }

    /** Most commits looked at for one side; beyond that, history is taken for needing more, and the caller gives up. */
    private static final int MAX_COMMITS = 1_000_000;

    private MergeBaseFinder() {}

    static Found find(Repository repository, AnyObjectId head, AnyObjectId base) throws IOException {
        List<RevCommit> candidates = candidates(repository, head, base);
        Set<ObjectId> shallow = repository.getObjectDatabase().getShallowCommits();
        if (!shallow.isEmpty() && touchesShallowEdge(repository, head, base, candidates, shallow)) {
            return new Found.NeedsMoreHistory();
        }
        return candidates.stream()
                .max(Comparator.<RevCommit>comparingInt(RevCommit::getCommitTime)
                        .thenComparing(Comparator.<RevCommit>naturalOrder().reversed()))
                .<Found>map(chosen -> new Found.MergeBase(chosen.copy(), candidates.size()))
                .orElseGet(Found.Unrelated::new);
    }

    private static List<RevCommit> candidates(Repository repository, AnyObjectId head, AnyObjectId base)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(head));
            walk.markStart(walk.parseCommit(base));
            List<RevCommit> found = new ArrayList<>();
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                found.add(commit);
            }
            return found;
        }
    }

    /**
     * Whether a path that does not go through a found merge base ends where fetched history ends: behind that end there
     * might be a better one.
     */
    private static boolean touchesShallowEdge(
            Repository repository,
            AnyObjectId head,
            AnyObjectId base,
            List<RevCommit> candidates,
            Set<ObjectId> shallow)
            throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(head));
            walk.markStart(walk.parseCommit(base));
            for (RevCommit candidate : candidates) {
                walk.markUninteresting(walk.parseCommit(candidate));
            }
            int seen = 0;
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (shallow.contains(commit) || ++seen > MAX_COMMITS) {
                    return true;
                }
            }
            return false;
        }
    }
}
