package io.tailwater.pranalyzer.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A mirror on disk: a bare repository and how it was filled. A mirror filled in one way is not gone on with in another,
 * since Git takes a commit that we have for one whose files we have, too.
 */
final class MirrorFolder implements AutoCloseable {

    /** A fetch adds a pack; from so many on, starting anew is cheaper than searching them all. */
    private static final int MAX_PACKS = 300;

    private static final long ROOM_BYTES = 1L << 20;

    private final Path folder;
    private FetchAbility ability;
    private Repository repository;

    private MirrorFolder(Path folder, FetchAbility ability, Repository repository) {
        this.folder = folder;
        this.ability = ability;
        this.repository = repository;
        neverRepack(repository);
    }

    /** A mirror lacks contents on purpose, which packing anew takes for damage; also one made by an earlier version. */
    private static void neverRepack(Repository repository) {
        repository.getConfig().setInt("gc", null, "auto", 0);
        repository.getConfig().setInt("gc", null, "autoPackLimit", 0);
    }

    static MirrorFolder open(Path folder, FetchAbility ability) throws IOException {
        if (!isUsable(folder, ability)) {
            delete(folder);
        }
        return new MirrorFolder(folder, ability, openOrCreate(folder, ability));
    }

    Repository repository() {
        return repository;
    }

    FetchAbility ability() {
        return ability;
    }

    /** Starts anew, to be filled in another way. */
    void restart(FetchAbility with) throws IOException {
        repository.close();
        delete(folder);
        ability = with;
        repository = openOrCreate(folder, with);
        neverRepack(repository);
    }

    /** Whether the disk has no room left, which explains nearly any failure. */
    boolean diskIsFull(IOException failure) {
        String message = failure.getMessage();
        if (message != null && message.contains("No space left")) {
            return true;
        }
        try {
            return Files.getFileStore(folder).getUsableSpace() < ROOM_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    static void delete(Path folder) throws IOException {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path visited, @org.jspecify.annotations.Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // gone already
        }
    }

    private static boolean isUsable(Path folder, FetchAbility ability) {
        try {
            return Files.readString(abilityFile(folder)).strip().equals(ability.label()) && packs(folder) <= MAX_PACKS;
        } catch (IOException e) {
            return false;
        }
    }

    private static long packs(Path folder) throws IOException {
        Path packs = gitFolder(folder).resolve("objects").resolve("pack");
        if (!Files.isDirectory(packs)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(packs)) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }

    private static Repository openOrCreate(Path folder, FetchAbility ability) throws IOException {
        Files.createDirectories(folder);
        Repository repository = new FileRepositoryBuilder()
                .setGitDir(gitFolder(folder).toFile())
                .setBare()
                .build();
        if (!Files.exists(gitFolder(folder).resolve("config"))) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            // a token must never follow a redirect
            config.setString("http", null, "followRedirects", "false");
            // JGit would tidy up in the background, beside our locks, and cannot where contents are left out
            config.setInt("gc", null, "auto", 0);
            config.setBoolean("gc", null, "autoDetach", false);
            config.save();
        }
        Files.writeString(abilityFile(folder), ability.label() + "\n");
        return repository;
    }

    private static Path gitFolder(Path folder) {
        return folder.resolve("repository.git");
    }

    private static Path abilityFile(Path folder) {
        return folder.resolve("filled-with");
    }
}
