package io.tailwater.launcher.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
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
import org.eclipse.jgit.patch.Patch;
import org.eclipse.jgit.patch.PatchApplier;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Builds the demo's repositories as bare Git repositories: {@code main} from the files among the resources, and one
 * branch for each {@link DemoScenario} from its patch. Equal in every run, down to the commit ids.
 */
public final class DemoRepositories {

    /** Slugs of the repositories: the shop's application, the dbt project behind it, the dashboards on top. */
    public static final List<String> SLUGS = List.of("storefront", "warehouse", "looker");

    /** Slugs of those whose datasets others read: their default branches must be known before a pull request is opened. */
    static final List<String> READ_BY_OTHERS = List.of("warehouse");

    private static final Instant START = Instant.parse("2026-09-07T08:00:00Z");

    private DemoRepositories() {}

    /**
     * Builds all of them.
     *
     * @param folder an empty folder; each repository becomes {@code slug.git} below it
     * @return the directories by slug
     * @throws IOException when the folder cannot be written
     */
    public static Map<String, Path> build(Path folder) throws IOException {
        Map<String, Path> directories = new TreeMap<>();
        for (String slug : SLUGS) {
            Path directory = folder.resolve(slug + ".git");
            try (Repository repository = new FileRepositoryBuilder()
                            .setGitDir(directory.toFile())
                            .build();
                    ObjectInserter inserter = repository.newObjectInserter()) {
                repository.create(true);
                repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
                fill(repository, inserter, slug);
            }
            directories.put(slug, directory);
        }
        return directories;
    }

    private static void fill(Repository repository, ObjectInserter inserter, String slug) throws IOException {
        Map<String, byte[]> files = files(slug);
        ObjectId start =
                commit(inserter, tree(inserter, files), null, "Mara Lindqvist", "Take over what runs today", 0);
        inserter.flush();
        int day = 1;
        for (DemoScenario scenario : DemoScenarios.all()) {
            if (scenario.repository().equals(slug)) {
                ObjectId tree = patched(repository, inserter, start, slug, scenario.branch());
                point(
                        repository,
                        scenario.branch(),
                        commit(inserter, tree, start, scenario.author(), scenario.title(), day++));
            }
        }
        // main goes on after the branches were made, so that merge base and base differ
        files.put("CHANGELOG.md", "September: nothing yet.\n".getBytes(StandardCharsets.UTF_8));
        ObjectId later = commit(inserter, tree(inserter, files), start, "Tuva Berg", "Begin a changelog", day);
        inserter.flush();
        point(repository, "main", later);
    }

    private static ObjectId tree(ObjectInserter inserter, Map<String, byte[]> files) throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
            builder.add(entry);
        }
        builder.finish();
        return index.writeTree(inserter);
    }

    private static ObjectId patched(
            Repository repository, ObjectInserter inserter, ObjectId start, String slug, String branch)
            throws IOException {
        Patch patch = new Patch();
        String resource = slug + "/pull-requests/" + branch + ".patch";
        try (InputStream in =
                Objects.requireNonNull(DemoRepositories.class.getResourceAsStream("/demo/" + resource), resource)) {
            patch.parse(in);
        }
        try (RevWalk walk = new RevWalk(repository)) {
            PatchApplier.Result result =
                    new PatchApplier(repository, walk.parseTree(start), inserter).applyPatch(patch);
            inserter.flush();
            if (!patch.getErrors().isEmpty()
                    || !result.getErrors().isEmpty()
                    || result.getPaths().isEmpty()) {
                throw new IOException(
                        "the patch " + resource + " does not apply: " + patch.getErrors() + " " + result.getErrors());
            }
            return result.getTreeId();
        }
    }

    private static ObjectId commit(
            ObjectInserter inserter,
            ObjectId tree,
            @org.jspecify.annotations.Nullable ObjectId parent,
            String author,
            String message,
            int day)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        if (parent != null) {
            commit.setParentId(parent);
        }
        String mail = author.toLowerCase(Locale.ROOT).replace(' ', '.') + "@fernweh.example";
        PersonIdent ident = new PersonIdent(author, mail, START.plus(Duration.ofDays(day)), ZoneOffset.UTC);
        commit.setAuthor(ident);
        commit.setCommitter(ident);
        commit.setMessage(message + "\n");
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        return id;
    }

    private static void point(Repository repository, String branch, ObjectId at) throws IOException {
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setNewObjectId(at);
        RefUpdate.Result result = update.update();
        if (result != RefUpdate.Result.NEW) {
            throw new IOException("branch " + branch + " was not made: " + result);
        }
    }

    /** The files of {@code main} by path; the resources may lie in a folder or in a jar. */
    private static Map<String, byte[]> files(String slug) throws IOException {
        try {
            URI root = Objects.requireNonNull(DemoRepositories.class.getResource("/demo/" + slug + "/main"), slug)
                    .toURI();
            if (root.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
                    return filesBelow(jar.provider().getPath(root));
                }
            }
            return filesBelow(Path.of(root));
        } catch (URISyntaxException e) {
            throw new IOException("the resources of " + slug + " have no readable address", e);
        }
    }

    private static Map<String, byte[]> filesBelow(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
