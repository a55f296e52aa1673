package io.tailwater.console.signin;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one who signs in where no OpenID Connect provider is configured. The password is kept as an Argon2id hash in a file that
 * only its owner can read; removing the file lets a new one be set, with a new one-time link.
 */
public final class Administrator {

    /** Name of the administrator in the audit record. */
    public static final String NAME = "administrator";

    /** Fewest characters of a password (NIST SP 800-63B asks for at least 8 and advises 15). */
    public static final int SHORTEST = 12;

    /** Most characters of a password. */
    public static final int LONGEST = 200;

    /** 19 MiB, 2 passes, 1 lane: the first choice of OWASP's Password Storage Cheat Sheet. */
    private static final Argon2Function HASH = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private static final int SALT_BYTES = 16;
    private static final int LARGEST_FILE = 1_000;

    private final Path file;
    private final String oneTimeKey = RandomText.next();

    /**
     * The administrator of an installation.
     *
     * @param file where the hash is kept; need not exist
     */
    public Administrator(Path file) {
        this.file = file;
    }

    /** What opens the page that sets the password, while none is set; another one in every process. */
    public Optional<String> oneTimeKey() {
        return isSet() ? Optional.empty() : Optional.of(oneTimeKey);
    }

    /** Whether this key opens the page that sets the password now. */
    public boolean mayBeSetWith(String key) {
        return !isSet() && RandomText.same(oneTimeKey, key);
    }

    /** Whether a password was set. */
    public boolean isSet() {
        return Files.exists(file);
    }

    /** What is wrong with a new password, as a sentence; empty when it can be used. */
    public static Optional<String> objection(String password, String repeated) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            return Optional.of("The password needs at least " + SHORTEST + " characters.");
        }
        if (length > LONGEST) {
            return Optional.of("The password may have at most " + LONGEST + " characters.");
        }
        return password.equals(repeated) ? Optional.empty() : Optional.of("The two passwords differ.");
    }

    /**
     * Sets the password, once.
     *
     * @return false when one was set meanwhile
     * @throws UncheckedIOException when it cannot be kept
     */
    public boolean set(String password) {
        String hash =
                Password.hash(password).addRandomSalt(SALT_BYTES).with(HASH).getResult();
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path written = Files.createTempFile(folder, "administrator", ".new", ownerOnly);
            try {
                Files.writeString(written, hash + "\n");
                // A hard link fails where the name is taken, so of two at once only one sets the password.
                Files.createLink(file, written);
            } finally {
                Files.delete(written);
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("keeping the administrator's password in " + file, e);
        }
    }

    /** Whether this is the password; takes as long when there is none. */
    public boolean accepts(String password) {
        String hash = read();
        String given = password.codePointCount(0, password.length()) > LONGEST ? "" : password;
        if (hash == null || given.isEmpty()) {
            Password.hash("to take as long").addRandomSalt(SALT_BYTES).with(HASH);
            return false;
        }
        return Password.check(given, hash).with(Argon2Function.getInstanceFromHash(hash));
    }

    private @Nullable String read() {
        try {
            if (!Files.exists(file) || Files.size(file) > LARGEST_FILE) {
                return null;
            }
            String hash = Files.readString(file).strip();
            return hash.startsWith("$argon2") ? hash : null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading the administrator's password hash from " + file, e);
        }
    }
}
