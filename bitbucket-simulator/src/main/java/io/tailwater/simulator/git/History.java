package io.tailwater.simulator.git;

import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.Merger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Reads one repository's history for REST answers, and merges. */
public final class History {

    private static final int RENAME_LIMIT = 2000;
    private static final int MAX_FILE_BYTES = 32 * 1024 * 1024;

    private final HostedRepository repository;

    /** Reads this repository. */
    public History(HostedRepository repository) {
        this.repository = repository;
    }

    /**
     * One file of a comparison.
     *
     * @param status {@code added}, {@code removed}, {@code modified} or {@code renamed}
     * @param oldPath path before, or null when added
     * @param newPath path after, or null when removed
     * @param added lines added, 0 for binary files
     * @param removed lines removed, 0 for binary files
     */
    public record FileChange(
            String status,
            @Nullable String oldPath,
            @Nullable String newPath,
            int added,
            int removed) {}

    /**
     * One entry of a directory.
     *
     * @param path path from the root
     * @param directory whether it is a directory
     * @param size bytes, 0 for directories
     */
    public record Entry(String path, boolean directory, long size) {}

    /** The commit with this id, parsed. */
    public RevCommit commit(ObjectId id) {
        try (RevWalk walk = new RevWalk(repository.git())) {
            RevCommit commit = walk.parseCommit(id);
            walk.parseBody(commit);
            return commit;
        } catch (IOException e) {
            throw failed("a commit", e);
        }
    }

    /** One best common ancestor; empty for unrelated histories. */
    public Optional<RevCommit> mergeBase(ObjectId one, ObjectId other) {
        try (RevWalk walk = new RevWalk(repository.git())) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            RevCommit base = walk.next();
            return base == null ? Optional.empty() : Optional.of(commit(base));
        } catch (IOException e) {
            throw failed("a merge base", e);
        }
    }

    /** Commits reachable from one and not from the other, newest first, at most so many. */
    public List<RevCommit> commits(ObjectId from, @Nullable ObjectId without, int limit) {
        try (RevWalk walk = new RevWalk(repository.git())) {
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(from));
            if (without != null) {
                walk.markUninteresting(walk.parseCommit(without));
            }
            List<RevCommit> found = new ArrayList<>();
            for (RevCommit commit : walk) {
                if (found.size() == limit) {
                    break;
                }
                found.add(commit);
            }
            return found;
        } catch (IOException e) {
            throw failed("commits", e);
        }
    }

    /** Files that differ; a null {@code before} stands for the empty tree. */
    public List<FileChange> changes(@Nullable ObjectId before, ObjectId after) {
        try (DiffFormatter formatter = formatter(OutputStream.nullOutputStream())) {
            List<FileChange> changes = new ArrayList<>();
            for (DiffEntry entry : scan(formatter, before, after)) {
                int added = 0;
                int removed = 0;
                for (Edit edit : formatter.toFileHeader(entry).toEditList()) {
                    added += edit.getLengthB();
                    removed += edit.getLengthA();
                }
                changes.add(change(entry, added, removed));
            }
            return changes;
        } catch (IOException e) {
            throw failed("a diffstat", e);
        }
    }

    /** Writes the unified diff; a null {@code before} stands for the empty tree. */
    public void writeDiff(@Nullable ObjectId before, ObjectId after, OutputStream out) {
        try (DiffFormatter formatter = formatter(out)) {
            formatter.format(scan(formatter, before, after));
            formatter.flush();
        } catch (IOException e) {
            throw failed("a diff", e);
        }
    }

    private DiffFormatter formatter(OutputStream out) {
        DiffFormatter formatter = new DiffFormatter(out);
        formatter.setRepository(repository.git());
        formatter.setDetectRenames(true);
        formatter.getRenameDetector().setRenameLimit(RENAME_LIMIT);
        return formatter;
    }

    private List<DiffEntry> scan(DiffFormatter formatter, @Nullable ObjectId before, ObjectId after)
            throws IOException {
        return formatter.scan(tree(before), tree(after));
    }

    private AbstractTreeIterator tree(@Nullable ObjectId commit) throws IOException {
        if (commit == null) {
            return new EmptyTreeIterator();
        }
        try (RevWalk walk = new RevWalk(repository.git())) {
            CanonicalTreeParser parser = new CanonicalTreeParser();
            parser.reset(walk.getObjectReader(), walk.parseCommit(commit).getTree());
            return parser;
        }
    }

    private static FileChange change(DiffEntry entry, int added, int removed) {
        return switch (entry.getChangeType()) {
            case ADD -> new FileChange("added", null, entry.getNewPath(), added, removed);
            case COPY -> new FileChange("added", null, entry.getNewPath(), added, removed);
            case DELETE -> new FileChange("removed", entry.getOldPath(), null, added, removed);
            case MODIFY -> new FileChange("modified", entry.getOldPath(), entry.getNewPath(), added, removed);
            case RENAME -> new FileChange("renamed", entry.getOldPath(), entry.getNewPath(), added, removed);
        };
    }

    /**
     * The bytes of a file.
     *
     * @return empty when the path does not exist or is not a file
     * @throws Refusal when the file is larger than the stand-in reads
     */
    public Optional<byte[]> file(ObjectId commit, String path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try (TreeWalk walk =
                TreeWalk.forPath(repository.git(), path, commit(commit).getTree())) {
            if (walk == null || walk.getFileMode(0).getObjectType() != Constants.OBJ_BLOB) {
                return Optional.empty();
            }
            ObjectLoader loader = repository.git().open(walk.getObjectId(0));
            if (loader.getSize() > MAX_FILE_BYTES) {
                throw new Refusal(Refusal.Kind.BAD_REQUEST, path + " is larger than " + MAX_FILE_BYTES + " bytes");
            }
            return Optional.of(loader.getBytes(MAX_FILE_BYTES));
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /**
     * What a directory holds, without what lies deeper.
     *
     * @param path path from the root, empty for the root
     * @return empty when the path does not exist or is not a directory
     */
    public Optional<List<Entry>> directory(ObjectId commit, String path) {
        try (TreeWalk walk = new TreeWalk(repository.git())) {
            if (path.isEmpty()) {
                walk.addTree(commit(commit).getTree());
            } else {
                try (TreeWalk at =
                        TreeWalk.forPath(repository.git(), path, commit(commit).getTree())) {
                    if (at == null || at.getFileMode(0) != FileMode.TREE) {
                        return Optional.empty();
                    }
                    walk.addTree(at.getObjectId(0));
                }
            }
            List<Entry> entries = new ArrayList<>();
            String prefix = path.isEmpty() ? "" : path + "/";
            while (walk.next()) {
                boolean directory = walk.getFileMode(0) == FileMode.TREE;
                boolean file = walk.getFileMode(0).getObjectType() == Constants.OBJ_BLOB;
                long size = file ? walk.getObjectReader().getObjectSize(walk.getObjectId(0), Constants.OBJ_BLOB) : 0;
                entries.add(new Entry(prefix + walk.getPathString(), directory, size));
            }
            return Optional.of(entries);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /**
     * Merges a pull request's branches into the destination branch with a merge commit.
     *
     * @return the merge commit, 40 digits
     * @throws Refusal when the repository is read-only, the change conflicts, or the branch moved meanwhile
     */
    public String merge(PullRequest pullRequest, String committer, java.time.Instant when) {
        if (!repository.writable()) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, repository + " is served read-only and cannot be merged into");
        }
        ObjectId destination = repository.commit(pullRequest.destinationBranch());
        ObjectId source = repository.commit(pullRequest.sourceBranch());
        try (ObjectInserter inserter = repository.git().newObjectInserter()) {
            Merger merger = MergeStrategy.RECURSIVE.newMerger(repository.git(), true);
            if (!merger.merge(destination, source)) {
                throw new Refusal(Refusal.Kind.CONFLICT, "The branches conflict.");
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(merger.getResultTreeId());
            commit.setParentIds(destination, source);
            PersonIdent ident = new PersonIdent(committer, "simulator@example.invalid", when, java.time.ZoneOffset.UTC);
            commit.setAuthor(ident);
            commit.setCommitter(ident);
            commit.setMessage("Merged in " + pullRequest.sourceBranch() + " (pull request #" + pullRequest.number()
                    + ")\n\n" + pullRequest.title() + "\n");
            ObjectId merged = inserter.insert(commit);
            inserter.flush();
            move(pullRequest.destinationBranch(), destination, merged);
            return merged.name();
        } catch (IOException e) {
            throw failed("a merge", e);
        }
    }

    private void move(String branch, ObjectId from, ObjectId to) throws IOException {
        RefUpdate update = repository.git().updateRef("refs/heads/" + branch);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.FAST_FORWARD && result != RefUpdate.Result.NEW) {
            throw new Refusal(Refusal.Kind.CONFLICT, "branch " + branch + " was not moved: " + result);
        }
    }

    private UncheckedIOException failed(String what, IOException cause) {
        return new UncheckedIOException("reading " + what + " of " + repository, cause);
    }
}
