package io.tailwater.pranalyzer.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a mirror with as little as the server allows: commits by id with a bounded history and without file contents;
 * when that is refused, with contents; when that is refused, whole branches. What worked is remembered a server.
 */
final class MirrorFetch {

    /** One commit that is needed. */
    record Side(WantedCommit wanted, ObjectId commit) {}

    /** Looks for an answer in the history at hand. */
    interface HistoryQuestion {
        MergeBaseFinder.Found ask() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(MirrorFetch.class);

    private static final String COMMITS = "refs/tailwater/commits/";
    private static final String BRANCHES = "refs/tailwater/branches/";
    private static final int BLOBS_AT_ONCE = 500;
    private static final int DEEPER = 20;
    private static final int ALL_HISTORY = Integer.MAX_VALUE;
    private static final int MOST_MARKS = 500;

    private final MirrorFolder mirror;
    private final RemoteSession session;
    private final GitHost host;
    private final GitLimits limits;
    private final FetchAbilities abilities;
    private final Map<String, Map<String, Ref>> listed = new HashMap<>();

    MirrorFetch(MirrorFolder mirror, RemoteSession session, GitHost host, GitLimits limits, FetchAbilities abilities) {
        this.mirror = mirror;
        this.session = session;
        this.host = host;
        this.limits = limits;
        this.abilities = abilities;
    }

    /** The server's branches, asked for once a mirror is held. */
    Map<String, Ref> references(RemoteRepository remote) throws GitException {
        Map<String, Ref> known = listed.get(remote.fullName());
        if (known == null) {
            known = session.references(mirror.repository(), remote);
            listed.put(remote.fullName(), known);
        }
        return known;
    }

    /** The full id of a commit that may have been named by its first 12 digits. */
    ObjectId resolve(WantedCommit wanted) throws GitException, IOException {
        String name = wanted.commit();
        if (name.length() == Constants.OBJECT_ID_STRING_LENGTH) {
            return ObjectId.fromString(name);
        }
        Optional<ObjectId> known = only(mirror.repository().getRefDatabase().getRefsByPrefix(COMMITS + name).stream()
                .map(Ref::getObjectId));
        if (known.isPresent()) {
            return known.get();
        }
        Optional<ObjectId> tip = only(references(wanted.repository()).values().stream()
                .map(Ref::getObjectId)
                .filter(id -> id != null && id.name().startsWith(name)));
        return tip.isPresent() ? tip.get() : inBranch(wanted);
    }

    /**
     * Fetches the commits and asks; fetches more history as long as the answer needs more.
     *
     * @return the answer; {@link MergeBaseFinder.Found.NeedsMoreHistory} only when there is no more
     */
    MergeBaseFinder.Found withHistory(List<Side> sides, HistoryQuestion question) throws GitException, IOException {
        MergeBaseFinder.Found found = new MergeBaseFinder.Found.NeedsMoreHistory();
        if (sides.stream().allMatch(side -> isMarked(side.commit()))) {
            found = question.ask();
        }
        for (int depth : List.of(limits.firstDepth(), limits.firstDepth() * DEEPER, ALL_HISTORY)) {
            if (!(found instanceof MergeBaseFinder.Found.NeedsMoreHistory)) {
                break;
            }
            fetch(sides, depth);
            if (hasAll(sides)) {
                found = question.ask();
            }
        }
        if (!hasAll(sides)) {
            throw gone(sides);
        }
        return found;
    }

    /** Brings file contents; those beyond a limit stay missing. */
    void blobs(RemoteRepository remote, Collection<ObjectId> wanted) throws GitException {
        if (mirror.ability() != FetchAbility.COMMITS_WITHOUT_BLOBS) {
            return;
        }
        List<ObjectId> all = List.copyOf(wanted);
        for (int from = 0; from < all.size(); from += BLOBS_AT_ONCE) {
            bringOrSplit(remote, all.subList(from, Math.min(all.size(), from + BLOBS_AT_ONCE)));
        }
    }

    private void bringOrSplit(RemoteRepository remote, List<ObjectId> blobs) throws GitException {
        try {
            session.fetch(mirror.repository(), remote, new RemoteSession.Request(byId(blobs), null, false, false));
        } catch (GitException.TooLarge e) {
            if (blobs.size() == 1) {
                LOG.info(
                        "File content {} of {} is left out: {}",
                        blobs.get(0).name(),
                        remote.fullName(),
                        e.getMessage());
                return;
            }
            bringOrSplit(remote, blobs.subList(0, blobs.size() / 2));
            bringOrSplit(remote, blobs.subList(blobs.size() / 2, blobs.size()));
        } catch (RemoteSession.Refused e) {
            // gives commits by id, but no contents: from now on contents come with the commits
            abilities.remember(host, FetchAbility.COMMITS);
            throw new GitException.Corrupt("The mirror of " + remote.fullName() + " must be filled in another way", e);
        }
    }

    private void fetch(List<Side> sides, int depth) throws GitException, IOException {
        while (true) {
            try {
                fetchAll(sides, depth);
                if (hasAll(sides)) {
                    abilities.remember(host, mirror.ability());
                }
                return;
            } catch (RemoteSession.Refused refused) {
                Optional<FetchAbility> next = mirror.ability().next();
                if (next.isEmpty()) {
                    throw new GitException.Unavailable("The server refuses to give whole branches", refused);
                }
                mirror.restart(next.get());
            }
        }
    }

    private void fetchAll(List<Side> sides, int depth) throws GitException, RemoteSession.Refused, IOException {
        Map<String, List<Side>> byRemote = new LinkedHashMap<>();
        for (Side side : sides) {
            byRemote.computeIfAbsent(side.wanted().repository().fullName(), name -> new ArrayList<>())
                    .add(side);
        }
        for (List<Side> group : byRemote.values()) {
            switch (mirror.ability()) {
                case COMMITS_WITHOUT_BLOBS -> fetchCommits(group, depth, true);
                case COMMITS -> fetchCommits(group, depth, false);
                case BRANCHES -> fetchBranches(group);
            }
        }
        for (Side side : sides) {
            if (has(side.commit())) {
                mark(COMMITS + side.commit().name(), side.commit());
            }
        }
    }

    private boolean hasAll(List<Side> sides) throws IOException {
        for (Side side : sides) {
            if (!has(side.commit())) {
                return false;
            }
        }
        return true;
    }

    private GitException.NotFound gone(List<Side> sides) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Side side : sides) {
            if (!has(side.commit())) {
                missing.add(side.commit().abbreviate(12).name() + " of "
                        + side.wanted().repository().fullName());
            }
        }
        return new GitException.NotFound("The server no longer has commit " + String.join(", ", missing));
    }

    /**
     * Fetches commits by id. A server may give only tips by id, or may have lost a commit: then the tip of its branch is
     * fetched, and the commit found in its history or not at all.
     */
    private void fetchCommits(List<Side> sides, int depth, boolean withoutBlobs)
            throws GitException, RemoteSession.Refused {
        RemoteRepository remote = sides.get(0).wanted().repository();
        try {
            fetchById(remote, sides.stream().map(Side::commit).toList(), depth, withoutBlobs);
        } catch (RemoteSession.Refused refused) {
            listed.remove(remote.fullName());
            Map<String, Ref> references = references(remote);
            Set<ObjectId> tips = new LinkedHashSet<>();
            boolean onlyTips = true;
            for (Side side : sides) {
                boolean isTip = references.values().stream()
                        .anyMatch(reference -> side.commit().equals(reference.getObjectId()));
                onlyTips &= isTip;
                Ref branch = references.get(Constants.R_HEADS + side.wanted().branch());
                if (isTip) {
                    tips.add(side.commit());
                } else if (branch != null && branch.getObjectId() != null) {
                    tips.add(branch.getObjectId());
                }
            }
            if (onlyTips) {
                throw refused;
            }
            if (!tips.isEmpty()) {
                fetchById(remote, List.copyOf(tips), depth, withoutBlobs);
            }
        }
    }

    private void fetchById(RemoteRepository remote, List<ObjectId> ids, int depth, boolean withoutBlobs)
            throws GitException, RemoteSession.Refused {
        session.fetch(
                mirror.repository(),
                remote,
                new RemoteSession.Request(byId(ids.stream().distinct().toList()), depth, withoutBlobs, false));
    }

    private void fetchBranches(List<Side> sides) throws GitException, RemoteSession.Refused, IOException {
        RemoteRepository remote = sides.get(0).wanted().repository();
        listed.remove(remote.fullName());
        Map<String, Ref> references = references(remote);
        Set<String> named = sides.stream()
                .map(side -> Constants.R_HEADS + side.wanted().branch())
                .filter(references::containsKey)
                .collect(Collectors.toSet());
        fetchBranches(remote, named);
        for (Side side : sides) {
            if (!has(side.commit())) {
                fetchBranches(
                        remote,
                        references.keySet().stream()
                                .filter(name -> name.startsWith(Constants.R_HEADS))
                                .collect(Collectors.toSet()));
                return;
            }
        }
    }

    private void fetchBranches(RemoteRepository remote, Set<String> names) throws GitException, RemoteSession.Refused {
        if (names.isEmpty()) {
            return;
        }
        List<RefSpec> specs = names.stream()
                .map(name -> new RefSpec("+" + name + ":" + BRANCHES + MirrorName.of(remote.fullName() + " " + name)))
                .toList();
        session.fetch(mirror.repository(), remote, new RemoteSession.Request(specs, null, false, true));
    }

    /** A commit that is no tip: a newer push came meanwhile, so it lies in the branch's history. */
    private ObjectId inBranch(WantedCommit wanted) throws GitException, IOException {
        Ref branch = references(wanted.repository()).get(Constants.R_HEADS + wanted.branch());
        GitException.NotFound gone = new GitException.NotFound("Commit " + wanted.commit() + " is on no branch of "
                + wanted.repository().fullName() + " any more");
        if (branch == null || branch.getObjectId() == null) {
            throw gone;
        }
        ObjectId tip = branch.getObjectId();
        WantedCommit tipWanted = new WantedCommit(wanted.repository(), tip.name(), wanted.branch());
        List<Side> sides = List.of(new Side(tipWanted, tip));
        for (int depth : List.of(limits.firstDepth(), limits.firstDepth() * DEEPER)) {
            fetch(sides, depth);
            ObjectId found = search(tip, wanted.commit());
            if (found != null) {
                mark(COMMITS + found.name(), found);
                return found;
            }
        }
        throw gone;
    }

    private @Nullable ObjectId search(ObjectId tip, String prefix) throws IOException {
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(tip));
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (commit.name().startsWith(prefix)) {
                    return commit.copy();
                }
            }
            return null;
        }
    }

    /** Marked commits are what the server is told we have; too many of them would make every request long. */
    private void mark(String name, ObjectId commit) throws IOException {
        Repository repository = mirror.repository();
        List<Ref> marks = repository.getRefDatabase().getRefsByPrefix(COMMITS);
        if (marks.size() >= MOST_MARKS) {
            for (Ref mark : marks) {
                RefUpdate removal = repository.updateRef(mark.getName());
                removal.setForceUpdate(true);
                removal.delete();
            }
        }
        RefUpdate update = repository.updateRef(name);
        update.setNewObjectId(commit);
        update.disableRefLog();
        update.forceUpdate();
    }

    private boolean isMarked(ObjectId commit) {
        try {
            return mirror.repository().exactRef(COMMITS + commit.name()) != null && has(commit);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean has(ObjectId commit) throws IOException {
        return mirror.repository().getObjectDatabase().has(commit);
    }

    private static List<RefSpec> byId(List<ObjectId> ids) {
        return ids.stream().map(id -> new RefSpec(id.name())).toList();
    }

    private static Optional<ObjectId> only(Stream<ObjectId> ids) {
        List<ObjectId> distinct = ids.distinct().limit(2).toList();
        return distinct.size() == 1 ? Optional.of(distinct.get(0)) : Optional.empty();
    }
}
