package io.tailwater.lineage.project;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A revision held in memory: for tests, and for callers whose files do not come from Git. */
public final class InMemoryRepositoryFiles implements RepositoryFiles {
    private final String repository;
    private final String revision;
    private final Map<String, byte[]> contents;

    private InMemoryRepositoryFiles(String repository, String revision, Map<String, byte[]> contents) {
        this.repository = repository;
        this.revision = revision;
        this.contents = contents;
    }

    /** A revision with the given texts by path, stored as UTF-8. */
    public static InMemoryRepositoryFiles ofTexts(String repository, String revision, Map<String, String> texts) {
        Map<String, byte[]> contents = new TreeMap<>();
        texts.forEach((path, text) -> contents.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return new InMemoryRepositoryFiles(repository, revision, contents);
    }

    /** A revision with the given bytes by path; the arrays are copied. */
    public static InMemoryRepositoryFiles ofBytes(String repository, String revision, Map<String, byte[]> bytes) {
        Map<String, byte[]> contents = new TreeMap<>();
        bytes.forEach((path, content) -> contents.put(path, content.clone()));
        return new InMemoryRepositoryFiles(repository, revision, contents);
    }

    @Override
    public String repository() {
        return repository;
    }

    @Override
    public String revision() {
        return revision;
    }

    @Override
    public List<FileEntry> entries() {
        return contents.entrySet().stream()
                .map(file -> new FileEntry(
                        file.getKey(), contentId(file.getValue()), file.getValue().length, FileKind.REGULAR))
                .toList();
    }

    @Override
    public ReadOutcome read(String path, int limit) {
        byte[] content = contents.get(path);
        if (content == null) {
            return new ReadOutcome.Missing(path + " is not in revision " + revision);
        }
        return content.length > limit ? new ReadOutcome.TooLarge(content.length) : new ReadOutcome.Content(content);
    }

    private static String contentId(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
