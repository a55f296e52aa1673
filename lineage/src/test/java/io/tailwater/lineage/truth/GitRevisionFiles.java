package io.tailwater.lineage.truth;

import io.tailwater.lineage.project.FileEntry;
import io.tailwater.lineage.project.FileKind;
import io.tailwater.lineage.project.ReadOutcome;
import io.tailwater.lineage.project.RepositoryFiles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A revision of a local Git directory, read through the {@code git} command; for trying lineage on real repositories. */
final class GitRevisionFiles implements RepositoryFiles, AutoCloseable {
    private final String repository;
    private final String revision;
    private final List<FileEntry> entries = new ArrayList<>();
    private final Map<String, FileEntry> byPath = new HashMap<>();
    private final Process batch;
    private final DataInputStream answers;
    private final OutputStream questions;

    GitRevisionFiles(Path gitDirectory, String repository, String revision) throws IOException {
        this.repository = repository;
        this.revision = revision;
        Process list = new ProcessBuilder("git", "ls-tree", "-r", "-z", "-l", revision)
                .directory(gitDirectory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String listing = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        for (String line : listing.split("\0")) {
            if (!line.isEmpty()) {
                add(line);
            }
        }
        batch = new ProcessBuilder("git", "cat-file", "--batch")
                .directory(gitDirectory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new DataInputStream(new BufferedInputStream(batch.getInputStream()));
        questions = batch.getOutputStream();
    }

    private void add(String line) {
        int tab = line.indexOf('\t');
        String[] facts = line.substring(0, tab).trim().split("\\s+");
        FileKind kind = switch (facts[0]) {
            case "120000" -> FileKind.SYMLINK;
            case "160000" -> FileKind.GITLINK;
            default -> FileKind.REGULAR;
        };
        long size = facts[3].matches("\\d+") ? Long.parseLong(facts[3]) : -1;
        FileEntry entry = new FileEntry(line.substring(tab + 1), facts[2], size, kind);
        entries.add(entry);
        byPath.put(entry.path(), entry);
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
        return entries;
    }

    @Override
    public ReadOutcome read(String path, int limit) {
        FileEntry entry = byPath.get(path);
        if (entry == null) {
            return new ReadOutcome.Missing(path + " is not in revision " + revision);
        }
        if (entry.size() > limit) {
            return new ReadOutcome.TooLarge(entry.size());
        }
        try {
            questions.write((entry.blobId() + "\n").getBytes(StandardCharsets.UTF_8));
            questions.flush();
            StringBuilder head = new StringBuilder();
            for (int c = answers.read(); c >= 0 && c != '\n'; c = answers.read()) {
                head.append((char) c);
            }
            if (head.toString().endsWith("missing")) {
                return new ReadOutcome.Missing("the content of " + path + " is not in this clone");
            }
            byte[] content = new byte[Integer.parseInt(head.substring(head.lastIndexOf(" ") + 1))];
            answers.readFully(content);
            answers.read();
            return new ReadOutcome.Content(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        questions.close();
        batch.destroy();
    }
}
