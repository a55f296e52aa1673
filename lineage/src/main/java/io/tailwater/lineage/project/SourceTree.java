package io.tailwater.lineage.project;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The regular files of a revision as texts, and a record of which reader took which. */
public final class SourceTree {
    private static final int MOST_BYTES = 4_000_000;

    private final RepositoryFiles files;
    private final TreeMap<String, FileEntry> entries = new TreeMap<>();
    private final Map<String, String> problems = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    private final RepositoryConfig config;
    private final BooleanSupplier outOfTime;

    private SourceTree(RepositoryFiles files, RepositoryConfig config, BooleanSupplier outOfTime) {
        this.files = files;
        this.config = config;
        this.outOfTime = outOfTime;
        for (FileEntry entry : files.entries()) {
            if (entry.kind() == FileKind.REGULAR && !config.ignores(entry.path())) {
                entries.put(entry.path(), entry);
            }
        }
    }

    /** The files of a revision, none taken yet, under the configuration that the revision itself has. */
    public static SourceTree of(RepositoryFiles files) {
        return of(files, RepositoryConfig.of(files));
    }

    /** The files of a revision that the configuration does not ignore, none taken yet. */
    public static SourceTree of(RepositoryFiles files, RepositoryConfig config) {
        return of(files, config, () -> false);
    }

    /** As {@link #of(RepositoryFiles, RepositoryConfig)}, as long as there is time. */
    public static SourceTree of(RepositoryFiles files, RepositoryConfig config, BooleanSupplier outOfTime) {
        return new SourceTree(files, config, outOfTime);
    }

    /**
     * To be asked before everything that takes time.
     *
     * @throws TimeLimitReached when the time for reading the revision is over
     */
    public void checkTime() {
        if (outOfTime.getAsBoolean()) {
            throw new TimeLimitReached("limit hit: the time for reading revision " + files.revision() + " of "
                    + files.repository() + " was over before all of it was read, so nothing is told of it");
        }
    }

    /** What the repository's people tell the analysis. */
    public RepositoryConfig config() {
        return config;
    }

    /** Name of the repository. */
    public String repository() {
        return files.repository();
    }

    /** Paths that satisfy the condition, in order. */
    public List<String> paths(Predicate<String> condition) {
        return entries.keySet().stream().filter(condition).toList();
    }

    /** Paths inside a folder ({@code ""} for all) whose name ends with one of the endings, in order. */
    public List<String> pathsIn(String folder, String... endings) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return entries.tailMap(prefix, true).keySet().stream()
                .takeWhile(path -> path.startsWith(prefix))
                .filter(path -> {
                    for (String ending : endings) {
                        if (path.endsWith(ending)) {
                            return true;
                        }
                    }
                    return false;
                })
                .toList();
    }

    /** Whether there is such a file. */
    public boolean has(String path) {
        return entries.containsKey(path);
    }

    /** Id of a file's content. */
    public String blobId(String path) {
        FileEntry entry = entries.get(path);
        return entry == null ? "" : entry.blobId();
    }

    /** The text of a file without a byte-order mark; null if there is none, see {@link #problem}. */
    public @Nullable String text(String path) {
        checkTime();
        return switch (files.read(path, MOST_BYTES)) {
            case ReadOutcome.Content content -> decode(path, content.bytes());
            case ReadOutcome.TooLarge large ->
                failed(path, "the file has " + large.size() + " bytes, more than the limit of " + MOST_BYTES);
            case ReadOutcome.Missing missing -> failed(path, missing.reason());
            case ReadOutcome.LfsPointer pointer ->
                failed(path, "the file is a Git LFS pointer, its content is stored elsewhere");
        };
    }

    private @Nullable String decode(String path, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private @Nullable String failed(String path, String reason) {
        problems.put(path, reason);
        return null;
    }

    /** Why a file has no text; only to be asked after {@link #text} gave null. */
    public String problem(String path) {
        return problems.getOrDefault(path, "the file cannot be read");
    }

    /** Marks a file as understood, so that later readers leave it alone. */
    public void take(String path) {
        taken.add(path);
    }

    /** Whether an earlier reader took the file. */
    public boolean isTaken(String path) {
        return taken.contains(path);
    }
}
