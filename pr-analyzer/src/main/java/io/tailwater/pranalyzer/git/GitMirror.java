package io.tailwater.pranalyzer.git;

import io.tailwater.lineage.project.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** One repository's mirror, held by the caller: fetches what is missing and opens revisions. Not thread-safe. */
public final class GitMirror implements AutoCloseable {

    private final MirrorFetch fetch;
    private final MirrorFolder mirror;
    private final GitLimits limits;
    private final List<GitRepositoryFiles> opened = new ArrayList<>();

    private GitMirror(MirrorFolder mirror, MirrorFetch fetch, GitLimits limits) {
        this.mirror = mirror;
        this.fetch = fetch;
        this.limits = limits;
    }

    static GitMirror open(Path folder, GitHost host, GitLimits limits, FetchAbilities abilities) throws IOException {
        IsolatedGit.ensure();
        MirrorFolder mirror = MirrorFolder.open(folder, abilities.of(host));
        return new GitMirror(
                mirror, new MirrorFetch(mirror, new RemoteSession(host, limits), host, limits, abilities), limits);
    }

    /**
     * Brings both sides of a pull request and their merge base.
     *
     * @return both sides; empty when their histories share nothing
     * @throws GitException when that cannot be done, classified
     */
    public Optional<PullRequestRevisions> pullRequest(WantedCommit head, WantedCommit base) throws GitException {
        try {
            ObjectId baseId = fetch.resolve(base);
            MirrorFetch.Side there = head(head, base);
            ObjectId headId = there.commit();
            MergeBaseFinder.Found found = fetch.withHistory(
                    List.of(new MirrorFetch.Side(base, baseId), there),
                    () -> MergeBaseFinder.find(mirror.repository(), headId, baseId));
            return switch (found) {
                case MergeBaseFinder.Found.MergeBase mergeBase ->
                    Optional.of(new PullRequestRevisions(
                            files(there.wanted().repository(), base.repository().fullName(), headId),
                            files(base.repository(), base.repository().fullName(), baseId),
                            files(base.repository(), base.repository().fullName(), mergeBase.commit()),
                            mergeBase.candidates()));
                case MergeBaseFinder.Found.Unrelated unrelated -> Optional.empty();
                case MergeBaseFinder.Found.NeedsMoreHistory more ->
                    throw new GitException.TooLarge("The history between head and base of "
                            + base.repository().fullName() + " is longer than can be looked through");
            };
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** A branch is mostly deleted once it is merged: then the head lies in the history of the destination. */
    private MirrorFetch.Side head(WantedCommit head, WantedCommit base) throws GitException, IOException {
        try {
            return new MirrorFetch.Side(head, fetch.resolve(head));
        } catch (GitException.NotFound e) {
            WantedCommit merged = new WantedCommit(base.repository(), head.commit(), base.branch());
            return new MirrorFetch.Side(merged, fetch.resolve(merged));
        }
    }

    /**
     * The default branch as the server names it now.
     *
     * @return its name and tip's id; empty when the repository has no commit yet
     */
    public Optional<DefaultBranch> defaultBranch(RemoteRepository remote) throws GitException {
        Map<String, Ref> references = fetch.references(remote);
        Ref head = references.get("HEAD");
        if (head == null || head.getObjectId() == null) {
            return Optional.empty();
        }
        String commit = head.getObjectId().name();
        if (head.isSymbolic()) {
            return Optional.of(
                    new DefaultBranch(Repository.shortenRefName(head.getTarget().getName()), commit));
        }
        // a server without symbolic references: the branch at the same commit, by usual names first
        return references.values().stream()
                .filter(reference -> reference.getName().startsWith("refs/heads/")
                        && head.getObjectId().equals(reference.getObjectId()))
                .map(reference -> Repository.shortenRefName(reference.getName()))
                .min(Comparator.comparingInt(GitMirror::unusual).thenComparing(name -> name))
                .map(name -> new DefaultBranch(name, commit));
    }

    /** Brings one commit and opens it. */
    public RepositoryFiles revision(WantedCommit wanted) throws GitException {
        try {
            ObjectId id = fetch.resolve(wanted);
            fetch.withHistory(List.of(new MirrorFetch.Side(wanted, id)), () -> new MergeBaseFinder.Found.Unrelated());
            return files(wanted.repository(), wanted.repository().fullName(), id);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() {
        opened.forEach(GitRepositoryFiles::close);
        mirror.close();
    }

    private GitRepositoryFiles files(RemoteRepository remote, String name, ObjectId commit)
            throws GitException, IOException {
        GitRepositoryFiles files =
                GitRepositoryFiles.open(name, mirror.repository(), commit, blobs -> fetch.blobs(remote, blobs), limits);
        opened.add(files);
        return files;
    }

    private static int unusual(String branch) {
        return switch (branch) {
            case "main" -> 0;
            case "master" -> 1;
            default -> 2;
        };
    }

    /** What a broken or full disk, or a mirror that was damaged, comes to. */
    private GitException damaged(IOException e) {
        return mirror.diskIsFull(e)
                ? new GitException.Unavailable("The disk that holds the mirrors is full", e)
                : new GitException.Corrupt("Reading the mirror of a repository", e);
    }
}
