package io.tailwater.pranalyzer.git;

import io.tailwater.lineage.project.FileEntry;
import io.tailwater.lineage.project.FileKind;
import io.tailwater.lineage.project.ReadOutcome;
import io.tailwater.lineage.project.RepositoryFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * One commit as files to read. Nothing is checked out: paths are data, links are not followed, submodules and LFS
 * contents are not fetched. Contents that are not at hand are brought in lots, all of one file name extension at once,
 * so that a repository costs a handful of requests.
 */
final class GitRepositoryFiles implements RepositoryFiles, AutoCloseable {

    private static final Pattern LFS_POINTER = Pattern.compile(
            "\\Aversion https://git-lfs\\.github\\.com/spec/v1\\r?\\n(?s:.*?)^size (\\d{1,18})$", Pattern.MULTILINE);
    private static final int LFS_POINTER_BYTES = 1024;

    private final String repositoryName;
    private final ObjectId commit;
    private final ObjectReader reader;
    private final Map<String, FileEntry> entries;
    private final BlobSource source;
    private final int blobBytes;
    private final Set<String> broughtExtensions = new HashSet<>();

    private GitRepositoryFiles(
            String repositoryName,
            ObjectId commit,
            ObjectReader reader,
            Map<String, FileEntry> entries,
            BlobSource source,
            int blobBytes) {
        this.repositoryName = repositoryName;
        this.commit = commit;
        this.reader = reader;
        this.entries = entries;
        this.source = source;
        this.blobBytes = blobBytes;
    }

    /** Lists the commit's files; contents are read when asked for. */
    static GitRepositoryFiles open(
            String repositoryName, Repository repository, ObjectId commit, BlobSource source, GitLimits limits)
            throws GitException, IOException {
        ObjectReader reader = repository.newObjectReader();
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit parsed = walk.parseCommit(commit);
            Map<String, FileEntry> entries =
                    TreeLister.list(reader, parsed.getTree().copy(), limits.files());
            return new GitRepositoryFiles(repositoryName, commit.copy(), reader, entries, source, limits.blobBytes());
        } catch (GitException | IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public String repository() {
        return repositoryName;
    }

    @Override
    public String revision() {
        return commit.name();
    }

    @Override
    public List<FileEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public ReadOutcome read(String path, int limit) {
        FileEntry entry = entries.get(path);
        if (entry == null) {
            return new ReadOutcome.Missing(path + " is not in revision " + commit.name());
        }
        return switch (entry.kind()) {
            case SYMLINK -> new ReadOutcome.Missing(path + " is a symbolic link, which is not followed");
            case GITLINK -> new ReadOutcome.Missing(path + " is a submodule, which is not fetched");
            case REGULAR -> readRegular(entry, Math.min(limit, blobBytes));
        };
    }

    @Override
    public void close() {
        reader.close();
    }

    private ReadOutcome readRegular(FileEntry entry, int limit) {
        ObjectId blob = ObjectId.fromString(entry.blobId());
        try {
            if (!reader.has(blob)) {
                bringAlike(entry.path());
            }
            long size = reader.getObjectSize(blob, Constants.OBJ_BLOB);
            if (size > limit) {
                return new ReadOutcome.TooLarge(size);
            }
            byte[] bytes = reader.open(blob, Constants.OBJ_BLOB).getBytes(limit);
            Matcher pointer = LFS_POINTER.matcher(
                    bytes.length > LFS_POINTER_BYTES ? "" : new String(bytes, StandardCharsets.UTF_8));
            return pointer.find()
                    ? new ReadOutcome.LfsPointer(Long.parseLong(pointer.group(1)))
                    : new ReadOutcome.Content(bytes);
        } catch (MissingObjectException e) {
            return new ReadOutcome.Missing("the content of " + entry.path() + " could not be fetched within limits");
        } catch (IOException e) {
            throw new GitReadException(
                    new GitException.Corrupt("Reading " + entry.path() + " of " + repositoryName, e));
        }
    }

    private void bringAlike(String path) throws IOException {
        String extension = extension(path);
        if (!broughtExtensions.add(extension)) {
            return;
        }
        Set<ObjectId> wanted = new LinkedHashSet<>();
        for (FileEntry entry : entries.values()) {
            if (entry.kind() == FileKind.REGULAR && extension(entry.path()).equals(extension)) {
                wanted.add(ObjectId.fromString(entry.blobId()));
            }
        }
        List<ObjectId> missing = new ArrayList<>();
        for (ObjectId blob : wanted) {
            if (!reader.has(blob)) {
                missing.add(blob);
            }
        }
        try {
            source.bring(missing);
        } catch (GitException e) {
            throw new GitReadException(e);
        }
    }

    /** The part after the last dot of the file's name; the whole name where there is no dot. */
    private static String extension(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
