package io.tailwater.pranalyzer.cache;

import io.tailwater.lineage.extract.LineageCodec;
import io.tailwater.schemas.report.Comparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Which code works results out, as a digest of that code and of the names and sizes of the libraries it runs with:
 * results of any other build are never taken for this one's, without anybody having to raise a number.
 */
final class EngineVersion {
    private static final String DIGEST = compute();

    private EngineVersion() {}

    /** The digest in hexadecimal digits. */
    static String digest() {
        return DIGEST;
    }

    private static String compute() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Class<?> type : List.of(LineageCodec.class, EngineVersion.class, Comparison.class)) {
                CodeSource source = type.getProtectionDomain().getCodeSource();
                add(digest, Path.of(source.getLocation().toURI()));
            }
            addLibraries(digest);
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the program's own code", e);
        } catch (URISyntaxException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Libraries carry their version in the file name; reading them would cost more than it tells. */
    private static void addLibraries(MessageDigest digest) throws IOException {
        List<String> libraries = new ArrayList<>();
        for (String element : System.getProperty("java.class.path", "").split(System.getProperty("path.separator"))) {
            Path library = Path.of(element);
            if (Files.isRegularFile(library)) {
                libraries.add(library.getFileName() + " " + Files.size(library));
            }
        }
        libraries.stream().sorted().forEach(library -> add(digest, library));
    }

    private static void add(MessageDigest digest, Path code) throws IOException {
        if (Files.isDirectory(code)) {
            try (var files = Files.walk(code)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    add(digest, code.relativize(file).toString());
                    digest.update(Files.readAllBytes(file));
                }
            }
            return;
        }
        try (ZipFile archive = new ZipFile(code.toFile())) {
            for (Enumeration<? extends ZipEntry> all = archive.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                add(digest, entry.getName());
                digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(entry.getCrc())
                        .putLong(entry.getSize())
                        .array());
            }
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
