package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.project.TimeLimitReached;
import io.tailwater.pranalyzer.git.GitException;
import io.tailwater.pranalyzer.git.GitMirrors;
import io.tailwater.pranalyzer.git.RemoteRepository;
import io.tailwater.pranalyzer.git.WantedCommit;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.event.PullRequestSide;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.service.Secret;
import java.time.ZoneOffset;
import java.util.Optional;

/** Fetches both sides of a pull request into a mirror and compares them. */
public final class GitPullRequestAnalysis implements PullRequestAnalysis {

    private final GitMirrors mirrors;
    private final Tokens tokens;
    private final LineageEngine lineage;

    /** Over mirrors, with tokens of connections. */
    public GitPullRequestAnalysis(GitMirrors mirrors, Tokens tokens, LineageEngine lineage) {
        this.mirrors = mirrors;
        this.tokens = tokens;
        this.lineage = lineage;
    }

    @Override
    public AnalysisResult analyse(PullRequestEvent event) {
        return switch (tokens.of(event.getConnectionId())) {
            case TokenLookup.Usable usable -> analyse(event, usable);
            case TokenLookup.Missing missing ->
                new AnalysisResult.Hindered(new Obstacle.NeedsToken(missing.reason(), ""));
            case TokenLookup.StillLoading loading ->
                new AnalysisResult.Hindered(new Obstacle.Unavailable("The connections have not been read yet"));
        };
    }

    private AnalysisResult analyse(PullRequestEvent event, TokenLookup.Usable usable) {
        PullRequestSide head = event.getHead();
        PullRequestSide base = event.getBase();
        if (head == null || base == null) {
            return new AnalysisResult.Hindered(new Obstacle.NothingToDo("A side of the pull request is gone"));
        }
        // the destination by the slugs of the pull request, which are what the connection is for
        PullRequestRef pullRequest = event.getPullRequest();
        String destination = pullRequest.getWorkspaceSlug() + "/" + pullRequest.getRepositorySlug();
        try {
            Optional<Comparison> comparison = mirrors.use(
                    PullRequestKey.of(pullRequest).repository(),
                    mirror -> mirror.pullRequest(
                                    wanted(head, head.getRepositoryFullName(), usable.token()),
                                    wanted(base, destination, usable.token()))
                            .map(found -> lineage.comparison(
                                    found.base(),
                                    found.mergeBase(),
                                    found.head(),
                                    found.mergeBases(),
                                    event.getUpdatedOn().atZone(ZoneOffset.UTC).toLocalDate())));
            return comparison
                    .<AnalysisResult>map(
                            found -> new AnalysisResult.Compared(ComparisonSize.fit(found, ComparisonSize.MOST_BYTES)))
                    .orElseGet(() -> new AnalysisResult.Hindered(
                            new Obstacle.NothingToDo("Head and destination share no history")));
        } catch (GitException e) {
            return new AnalysisResult.Hindered(GitObstacles.of(e, destination, usable.fingerprint()));
        } catch (TimeLimitReached e) {
            return new AnalysisResult.Hindered(new Obstacle.Terminal(String.valueOf(e.getMessage())));
        }
    }

    private static WantedCommit wanted(PullRequestSide side, String fullName, Secret token) {
        return new WantedCommit(new RemoteRepository(fullName, token), side.getCommit(), side.getBranch());
    }
}
