package io.tailwater.pranalyzer.git;

import io.tailwater.lineage.project.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A repository on this machine, read as it is: nothing is fetched, written, checked out or run. Not thread-safe. */
public final class LocalRepository implements AutoCloseable {

    /** What was asked for cannot be read; the message names the directory or the revision. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final List<String> USUAL_BASES = List.of(
            "refs/remotes/origin/HEAD",
            "refs/remotes/origin/main",
            "refs/remotes/origin/master",
            "refs/heads/main",
            "refs/heads/master");

    private final Path directory;
    private final Repository repository;
    private final GitLimits limits;

    private LocalRepository(Path directory, Repository repository, GitLimits limits) {
        this.directory = directory;
        this.repository = repository;
        this.limits = limits;
    }

    /**
     * Opens a work tree, a folder inside one, or a bare repository.
     *
     * @throws Unreadable when there is none
     */
    public static LocalRepository open(Path directory, GitLimits limits) throws Unreadable {
        IsolatedGit.ensure();
        if (!Files.isDirectory(directory)) {
            throw new Unreadable(directory + " is not a directory");
        }
        FileRepositoryBuilder builder = new FileRepositoryBuilder()
                .findGitDir(directory.toAbsolutePath().toFile());
        if (builder.getGitDir() == null) {
            throw new Unreadable(directory + " is not in a Git repository");
        }
        try {
            Repository repository = builder.setMustExist(true).build();
            return new LocalRepository(directory, repository, limits);
        } catch (IOException | IllegalArgumentException e) {
            throw new Unreadable("Opening the Git repository of " + directory + ": " + e.getMessage(), e);
        }
    }

    /** A name for people: the name of the folder that holds the repository. */
    public String name() {
        Path git = repository.getDirectory().toPath().toAbsolutePath().normalize();
        Path named = repository.isBare()
                ? git
                : repository.getWorkTree().toPath().toAbsolutePath().normalize();
        Path last = named.getFileName();
        return last == null ? "repository" : last.toString().replaceFirst("\\.git$", "");
    }

    /** The revision that changes most likely go to: the remote's default branch, or main, or master. */
    public Optional<String> usualBase() {
        for (String name : USUAL_BASES) {
            try {
                if (repository.resolve(name + "^{commit}") != null) {
                    return Optional.of(name);
                }
            } catch (IOException | RevisionSyntaxException e) {
                // not this one
            }
        }
        return Optional.empty();
    }

    /**
     * Both sides of a change.
     *
     * @param base any revision Git understands
     * @param head likewise
     * @throws Unreadable when a revision is none, or when they share no history
     */
    public Sides compare(String base, String head) throws Unreadable {
        ObjectId baseId = commit(base);
        ObjectId headId = commit(head);
        try {
            return switch (MergeBaseFinder.find(repository, headId, baseId)) {
                case MergeBaseFinder.Found.MergeBase found ->
                    new Sides(files(baseId), files(found.commit()), files(headId), found.candidates());
                case MergeBaseFinder.Found.NeedsMoreHistory shallow ->
                    throw new Unreadable("The history of " + directory
                            + " is shallow and ends before the merge base of " + base + " and " + head
                            + "; fetch more of it, for example with: git fetch --unshallow");
                case MergeBaseFinder.Found.Unrelated unrelated ->
                    throw new Unreadable(base + " and " + head + " share no history in " + directory);
            };
        } catch (IOException | GitException e) {
            throw new Unreadable("Reading " + directory + ": " + e.getMessage(), e);
        }
    }

    /**
     * The files of one revision.
     *
     * @param revision any revision Git understands
     * @throws Unreadable when the revision is none
     */
    public RepositoryFiles at(String revision) throws Unreadable {
        ObjectId commit = commit(revision);
        try {
            return files(commit);
        } catch (IOException | GitException e) {
            throw new Unreadable("Reading " + directory + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    private GitRepositoryFiles files(ObjectId commit) throws GitException, IOException {
        return GitRepositoryFiles.open(name(), repository, commit, BlobSource.NONE, limits);
    }

    private ObjectId commit(String revision) throws Unreadable {
        try {
            ObjectId id = repository.resolve(revision + "^{commit}");
            if (id == null) {
                throw new Unreadable("\"" + revision + "\" is no revision of " + directory);
            }
            return id;
        } catch (AmbiguousObjectException e) {
            throw new Unreadable("\"" + revision + "\" could be several revisions of " + directory, e);
        } catch (IncorrectObjectTypeException e) {
            throw new Unreadable("\"" + revision + "\" is not a commit of " + directory, e);
        } catch (IOException | RevisionSyntaxException e) {
            throw new Unreadable("\"" + revision + "\" cannot be looked up in " + directory, e);
        }
    }

    /**
     * Two revisions to compare.
     *
     * @param base files of the base
     * @param mergeBase files of the before side
     * @param head files of the after side
     * @param mergeBases how many best common ancestors there were
     */
    public record Sides(RepositoryFiles base, RepositoryFiles mergeBase, RepositoryFiles head, int mergeBases) {}
}
