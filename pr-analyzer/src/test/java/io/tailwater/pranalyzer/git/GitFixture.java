package io.tailwater.pranalyzer.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A bare repository made commit by commit; time moves one second a commit. */
public final class GitFixture implements AutoCloseable {

    /** Content of a commit under construction. */
    public static final class Content {
        private final Map<String, byte[]> files = new LinkedHashMap<>();
        private final Map<String, FileMode> modes = new LinkedHashMap<>();

        public Content file(String path, String text) {
            return file(path, text.getBytes(UTF_8));
        }

        public Content file(String path, byte[] bytes) {
            files.put(path, bytes);
            modes.put(path, FileMode.REGULAR_FILE);
            return this;
        }

        public Content link(String path, String target) {
            files.put(path, target.getBytes(UTF_8));
            modes.put(path, FileMode.SYMLINK);
            return this;
        }

        public Content submodule(String path) {
            files.put(path, new byte[0]);
            modes.put(path, FileMode.GITLINK);
            return this;
        }
    }

    private final Repository repository;
    private long time = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

    private GitFixture(Repository repository) {
        this.repository = repository;
    }

    public static GitFixture bare(Path folder) throws IOException {
        Repository repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        repository.create(true);
        RefUpdate head = repository.updateRef(Constants.HEAD, false);
        head.link("refs/heads/main");
        return new GitFixture(repository);
    }

    public static Content files() {
        return new Content();
    }

    public static Content files(String path, String text) {
        return new Content().file(path, text);
    }

    public Repository repository() {
        return repository;
    }

    /** Lets a server of this repository give commits by id, with or without leaving contents out. */
    public GitFixture allow(boolean byId, boolean filter) throws IOException {
        StoredConfig config = repository.getConfig();
        config.setBoolean("uploadpack", null, "allowAnySHA1InWant", byId);
        config.setBoolean("uploadpack", null, "allowFilter", filter);
        config.save();
        return this;
    }

    public ObjectId commit(Content content, ObjectId... parents) throws IOException {
        return commitAt(time++, content, parents);
    }

    public ObjectId commitAt(long seconds, Content content, ObjectId... parents) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            for (Map.Entry<String, byte[]> file : content.files.entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                FileMode mode = content.modes.get(file.getKey());
                entry.setFileMode(mode);
                entry.setObjectId(
                        FileMode.GITLINK.equals(mode)
                                ? ObjectId.fromString("1".repeat(40))
                                : inserter.insert(Constants.OBJ_BLOB, file.getValue()));
                builder.add(entry);
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setParentIds(parents);
            PersonIdent person =
                    new PersonIdent("Ada", "ada@example.org", Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("change");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    /** A commit whose tree is exactly these bytes, valid or not. */
    public ObjectId commitOfTree(byte[] tree, ObjectId... parents) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(Constants.OBJ_TREE, tree));
            commit.setParentIds(parents);
            PersonIdent person =
                    new PersonIdent("Ada", "ada@example.org", Instant.ofEpochSecond(time++), ZoneOffset.UTC);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("change");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    public ObjectId blob(String text) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8));
            inserter.flush();
            return id;
        }
    }

    public GitFixture branch(String name, ObjectId commit) throws IOException {
        RefUpdate update = repository.updateRef(Constants.R_HEADS + name);
        update.setNewObjectId(commit);
        update.forceUpdate();
        return this;
    }

    public void deleteBranch(String name) throws IOException {
        RefUpdate update = repository.updateRef(Constants.R_HEADS + name);
        update.setForceUpdate(true);
        update.delete();
    }

    @Override
    public void close() {
        repository.close();
    }
}
