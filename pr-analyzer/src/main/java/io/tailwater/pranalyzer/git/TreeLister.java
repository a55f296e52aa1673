package io.tailwater.pranalyzer.git;

import io.tailwater.lineage.project.FileEntry;
import io.tailwater.lineage.project.FileKind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Lists the paths of a tree, checking every tree object on the way: JGit cannot check a fetch that leaves file contents
 * out, so names such as {@code ..} or {@code .git} are refused here.
 */
final class TreeLister {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_PATH = 4096;
    private static final long MAX_TREE_BYTES = 64L << 20;

    private final ObjectReader reader;
    private final int limit;
    private final ObjectChecker checker = RemoteSession.checker();
    private final Map<String, FileEntry> entries = new HashMap<>();

    private TreeLister(ObjectReader reader, int limit) {
        this.reader = reader;
        this.limit = limit;
    }

    /**
     * Every path except folders.
     *
     * @throws GitException.TooLarge when there are more than the limit, or nesting has no reasonable end
     * @throws CorruptObjectException when a tree is not valid
     */
    static Map<String, FileEntry> list(ObjectReader reader, ObjectId tree, int limit) throws GitException, IOException {
        TreeLister lister = new TreeLister(reader, limit);
        lister.run(tree);
        return lister.entries;
    }

    private void run(ObjectId root) throws GitException, IOException {
        Deque<Folder> open = new ArrayDeque<>(List.of(new Folder("", root, 0)));
        while (!open.isEmpty()) {
            Folder folder = open.removeLast();
            for (Folder inner : read(folder)) {
                if (inner.depth() > MAX_DEPTH) {
                    throw new GitException.TooLarge("Folders are nested deeper than " + MAX_DEPTH);
                }
                open.addLast(inner);
            }
        }
    }

    private List<Folder> read(Folder folder) throws GitException, IOException {
        ObjectLoader loader = reader.open(folder.tree(), Constants.OBJ_TREE);
        if (loader.getSize() > MAX_TREE_BYTES) {
            throw new GitException.TooLarge("The folder \"" + folder.path() + "\" has too many entries");
        }
        byte[] bytes = loader.getBytes();
        checker.checkTree(folder.tree(), bytes);
        List<Folder> inner = new ArrayList<>();
        CanonicalTreeParser parser = new CanonicalTreeParser();
        for (parser.reset(bytes); !parser.eof(); parser.next()) {
            String path = folder.path() + parser.getEntryPathString();
            FileMode mode = parser.getEntryFileMode();
            if (FileMode.TREE.equals(mode)) {
                inner.add(new Folder(path + "/", parser.getEntryObjectId(), folder.depth() + 1));
            } else {
                add(path, parser.getEntryObjectId(), kind(mode));
            }
        }
        return inner;
    }

    private void add(String path, ObjectId id, FileKind kind) throws GitException {
        if (entries.size() >= limit) {
            throw new GitException.TooLarge("The revision has more than " + limit + " files");
        }
        if (path.length() > MAX_PATH) {
            throw new GitException.TooLarge("A path is longer than " + MAX_PATH + " characters");
        }
        entries.put(path, new FileEntry(path, id.name(), -1, kind));
    }

    private static FileKind kind(FileMode mode) {
        if (FileMode.SYMLINK.equals(mode)) {
            return FileKind.SYMLINK;
        }
        return FileMode.GITLINK.equals(mode) ? FileKind.GITLINK : FileKind.REGULAR;
    }

    private record Folder(String path, ObjectId tree, int depth) {}
}
