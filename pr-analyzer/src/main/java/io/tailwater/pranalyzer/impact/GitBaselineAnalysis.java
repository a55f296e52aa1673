package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.project.TimeLimitReached;
import io.tailwater.pranalyzer.git.DefaultBranch;
import io.tailwater.pranalyzer.git.GitException;
import io.tailwater.pranalyzer.git.GitMirror;
import io.tailwater.pranalyzer.git.GitMirrors;
import io.tailwater.pranalyzer.git.RemoteRepository;
import io.tailwater.pranalyzer.git.WantedCommit;
import io.tailwater.pranalyzer.state.BaselineState;
import io.tailwater.schemas.event.RepositoryEvent;
import io.tailwater.schemas.topic.RepositoryKey;
import java.util.List;
import java.util.Optional;

/** Reads a repository's default branch through its mirror. */
public final class GitBaselineAnalysis implements BaselineAnalysis {

    private final GitMirrors mirrors;
    private final Tokens tokens;
    private final LineageEngine lineage;

    /** Over mirrors, with tokens of connections. */
    public GitBaselineAnalysis(GitMirrors mirrors, Tokens tokens, LineageEngine lineage) {
        this.mirrors = mirrors;
        this.tokens = tokens;
        this.lineage = lineage;
    }

    @Override
    public BaselineResult read(RepositoryEvent event, Optional<BaselineState> standing) {
        return switch (tokens.of(event.getConnectionId())) {
            case TokenLookup.Usable usable -> read(event, standing, usable);
            case TokenLookup.Missing missing ->
                new BaselineResult.Hindered(new Obstacle.NeedsToken(missing.reason(), ""));
            case TokenLookup.StillLoading loading ->
                new BaselineResult.Hindered(new Obstacle.Unavailable("The connections have not been read yet"));
        };
    }

    private BaselineResult read(RepositoryEvent event, Optional<BaselineState> standing, TokenLookup.Usable usable) {
        RepositoryKey key = new RepositoryKey(event.getWorkspaceUuid(), event.getRepositoryUuid());
        String fullName = event.getWorkspaceSlug() + "/" + event.getRepositorySlug();
        RemoteRepository remote = new RemoteRepository(fullName, usable.token());
        try {
            return mirrors.use(key, mirror -> read(mirror, remote, key, standing));
        } catch (GitException e) {
            return new BaselineResult.Hindered(GitObstacles.of(e, fullName, usable.fingerprint()));
        } catch (TimeLimitReached e) {
            return new BaselineResult.Hindered(new Obstacle.Terminal(String.valueOf(e.getMessage())));
        }
    }

    private BaselineResult read(
            GitMirror mirror, RemoteRepository remote, RepositoryKey key, Optional<BaselineState> standing)
            throws GitException {
        Optional<DefaultBranch> found = mirror.defaultBranch(remote);
        if (found.isEmpty()) {
            return new BaselineResult.Extracted("", null, List.of());
        }
        DefaultBranch tip = found.get();
        boolean stands = standing.filter(known -> tip.commit().equals(known.commit())
                        && Rules.VERSION.equals(known.rules())
                        && remote.fullName().equals(known.repository()))
                .isPresent();
        if (stands) {
            return new BaselineResult.Unchanged(tip.branch());
        }
        return new BaselineResult.Extracted(
                tip.branch(),
                tip.commit(),
                AssetRecords.of(
                        key, lineage.read(mirror.revision(new WantedCommit(remote, tip.commit(), tip.branch())))));
    }
}
