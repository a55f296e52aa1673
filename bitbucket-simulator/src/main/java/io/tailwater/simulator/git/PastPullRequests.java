package io.tailwater.simulator.git;

import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.Person;
import io.tailwater.simulator.state.PullRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Merged pull requests as a main branch remembers them: merge commits, and single commits into which a pull request was
 * squashed, whose message names its number as Bitbucket and GitHub write it.
 */
public final class PastPullRequests {

    private static final Pattern NUMBER =
            Pattern.compile("(?:^Merge pull request #|\\(pull request #|\\(#)(\\d{1,7})\\b");

    private PastPullRequests() {}

    /**
     * The newest of them. The head of a squashed one is the squashed commit itself, since its own branch is not kept.
     *
     * @param most how many at most
     */
    public static List<PullRequest> of(HostedRepository repository, int most) {
        List<PullRequest> found = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        ObjectId tip = repository.tip(repository.mainBranch()).orElse(null);
        if (tip == null) {
            return found;
        }
        try (RevWalk walk = new RevWalk(repository.git())) {
            walk.setFirstParent(true);
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(tip));
            for (RevCommit commit = walk.next(); commit != null && found.size() < most; commit = walk.next()) {
                Matcher named = NUMBER.matcher(commit.getShortMessage());
                if (commit.getParentCount() > 0 && named.find()) {
                    int number = Integer.parseInt(named.group(1));
                    if (number > 0 && numbers.add(number)) {
                        found.add(past(repository, number, commit));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "reading the history of " + repository.name().fullName(), e);
        }
        return found;
    }

    private static PullRequest past(HostedRepository repository, int number, RevCommit commit) {
        ObjectId head = commit.getParentCount() > 1 ? commit.getParent(1) : commit;
        Instant when = Instant.ofEpochSecond(commit.getCommitTime());
        Person author = Person.named(commit.getAuthorIdent().getName());
        return new PullRequest(
                repository.name(),
                number,
                commit.getShortMessage(),
                "",
                author,
                "pull-request-" + number,
                repository.mainBranch(),
                head.name(),
                commit.getParent(0).name(),
                PullRequest.State.MERGED,
                when,
                when,
                commit.name(),
                author);
    }
}
