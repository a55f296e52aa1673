package io.tailwater.simulator.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SymbolicRef;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A repository that the stand-in serves: a Git directory, and branches laid over it.
 *
 * <p>A directory of someone else is never written to. Branches that exist only here (an exposed revision of a
 * read-only directory) are kept in memory and shown beside the real ones. Remote-tracking branches and other refs of
 * the directory are not shown. Safe for use by several threads.
 */
public final class HostedRepository {

    private final RepositoryName name;
    private final Repository git;
    private final boolean writable;
    private final Map<String, ObjectId> exposed = new HashMap<>();
    private Map<String, String> announcedTips = Map.of();
    private volatile Instant updated = Instant.EPOCH;

    HostedRepository(RepositoryName name, Repository git, boolean writable) {
        this.name = name;
        this.git = git;
        this.writable = writable;
    }

    /** Where it lives. */
    public RepositoryName name() {
        return name;
    }

    /** When it was added, or a push to it was last noticed. */
    public Instant updated() {
        return updated;
    }

    void touch(Instant when) {
        updated = when;
    }

    /** Its id in braces, the same in every run. */
    public String uuid() {
        return StableId.of("repository", name.fullName());
    }

    /** The Git repository behind it; callers must not write to it unless {@link #writable()}. */
    public Repository git() {
        return git;
    }

    /** Whether pushes and merges may write to the directory. */
    public boolean writable() {
        return writable;
    }

    /**
     * Shows a revision of the directory as a branch, without writing anything to the directory.
     *
     * @param branch name without {@code refs/heads/}
     * @param revision anything Git resolves to a commit, e.g. {@code origin/feature} or a hash
     * @throws Refusal when the revision does not exist
     */
    public synchronized void expose(String branch, String revision) {
        if (!Repository.isValidRefName(Constants.R_HEADS + branch)) {
            throw new Refusal(Refusal.Kind.BAD_REQUEST, "not a branch name: " + branch);
        }
        exposed.put(branch, commit(revision));
    }

    /** Branch names with the commits they point at, sorted by name. */
    public synchronized Map<String, ObjectId> branches() {
        Map<String, ObjectId> all = new TreeMap<>();
        try {
            for (Ref ref : git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                ObjectId id = ref.getObjectId();
                if (id != null) {
                    all.put(ref.getName().substring(Constants.R_HEADS.length()), id);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading branches of " + name.fullName(), e);
        }
        all.putAll(exposed);
        return all;
    }

    /** The commit a branch points at. */
    public Optional<ObjectId> tip(String branch) {
        return Optional.ofNullable(branches().get(branch));
    }

    /** The branch that HEAD names, or {@code main} where HEAD names none that exists. */
    public String mainBranch() {
        Map<String, ObjectId> branches = branches();
        try {
            String head = git.getFullBranch();
            if (head != null && head.startsWith(Constants.R_HEADS)) {
                String branch = head.substring(Constants.R_HEADS.length());
                if (branches.containsKey(branch) || branches.isEmpty()) {
                    return branch;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading HEAD of " + name.fullName(), e);
        }
        return branches.containsKey("main") || branches.isEmpty()
                ? "main"
                : branches.containsKey("master")
                        ? "master"
                        : branches.keySet().iterator().next();
    }

    /** The refs a Git client is shown: HEAD, branches and tags. */
    public Map<String, Ref> advertisedRefs() {
        Map<String, Ref> refs = new LinkedHashMap<>();
        branches().forEach((branch, id) -> {
            String ref = Constants.R_HEADS + branch;
            refs.put(ref, new ObjectIdRef.PeeledNonTag(Ref.Storage.LOOSE, ref, id));
        });
        Ref main = refs.get(Constants.R_HEADS + mainBranch());
        if (main != null) {
            refs.put(Constants.HEAD, new SymbolicRef(Constants.HEAD, main));
        }
        try {
            for (Ref tag : git.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
                refs.put(tag.getName(), git.getRefDatabase().peel(tag));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading tags of " + name.fullName(), e);
        }
        return refs;
    }

    /**
     * Resolves a branch name, a full or an abbreviated hash to a commit.
     *
     * @throws Refusal when there is no such commit
     */
    public ObjectId commit(String revision) {
        ObjectId known = branches().get(revision);
        try (RevWalk walk = new RevWalk(git)) {
            ObjectId id = known != null ? known : git.resolve(revision);
            if (id == null) {
                throw new Refusal(Refusal.Kind.NOT_FOUND, "Commit not found");
            }
            return walk.parseCommit(id).getId();
        } catch (IOException | org.eclipse.jgit.errors.RevisionSyntaxException e) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "Commit not found");
        }
    }

    /** Lets every branch count as new, as if nothing had been announced yet. */
    public synchronized void forgetAnnouncements() {
        announcedTips = Map.of();
    }

    /** Forgets the difference between branches as they are and as they were last announced, and returns it. */
    synchronized List<BranchChange> takeChanges() {
        Map<String, String> now = new TreeMap<>();
        branches().forEach((branch, id) -> now.put(branch, id.name()));
        List<BranchChange> changes = new ArrayList<>();
        now.forEach((branch, after) -> {
            String before = announcedTips.get(branch);
            if (!Objects.equals(before, after)) {
                changes.add(new BranchChange(branch, before, after));
            }
        });
        announcedTips.forEach((branch, before) -> {
            if (!now.containsKey(branch)) {
                changes.add(new BranchChange(branch, before, null));
            }
        });
        announcedTips = now;
        return changes;
    }

    @Override
    public String toString() {
        return name.fullName();
    }
}
