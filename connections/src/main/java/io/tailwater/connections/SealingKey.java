package io.tailwater.connections;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;

/**
 * The key that seals credentials: a Tink keyset for AES-256-GCM. What is sealed is bound to its connection and to its kind,
 * so that a sealed value moved elsewhere does not open.
 *
 * <p>A keyset may hold several keys: the primary one seals, any of them unseals, which is how a key is replaced.
 */
public final class SealingKey {

    private static final int LARGEST_FILE = 64 * 1024;

    private static final byte[] NO_CONTEXT = {};

    private final KeysetHandle keyset;
    private final Aead aead;

    private SealingKey(KeysetHandle keyset) throws GeneralSecurityException {
        this.keyset = keyset;
        this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /**
     * The key these settings name.
     *
     * @throws SealException when it is missing or unusable
     */
    public static SealingKey from(ConnectionSettings settings) {
        Optional<WrappingKey> wrapping = settings.keyUri().map(WrappingKey::at);
        return settings.keyFile()
                .map(file -> read(file, wrapping))
                .orElseGet(() -> settings.key()
                        .map(text -> parse(text, wrapping))
                        .orElseThrow(() -> new SealException("no sealing key is configured")));
    }

    /**
     * Reads a key file that is not wrapped.
     *
     * @throws SealException as {@link #read(Path, Optional)}
     */
    public static SealingKey read(Path file) {
        return read(file, Optional.empty());
    }

    /**
     * Reads a key file.
     *
     * @param wrapping what it is wrapped with; empty when it is not
     * @throws SealException naming the file, when it is missing, unreadable or holds no key, or the key that wraps it cannot be
     *     used
     */
    public static SealingKey read(Path file, Optional<WrappingKey> wrapping) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new SealException("the sealing key file " + file + " is too large to be one");
            }
            return parse(Files.readString(file), wrapping, "the sealing key file " + file);
        } catch (IOException e) {
            throw new SealException("reading the sealing key file " + file + ": " + e);
        }
    }

    /**
     * Reads the text of a key.
     *
     * @throws SealException when it is none
     */
    public static SealingKey parse(Secret text, Optional<WrappingKey> wrapping) {
        return text.use(keyset -> parse(keyset, wrapping, "the value of connections.key"));
    }

    private static SealingKey parse(String text, Optional<WrappingKey> wrapping, String origin) {
        try {
            AeadConfig.register();
            return new SealingKey(
                    wrapping.isPresent()
                            ? TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
                                    text, wrapping.get().aead(), NO_CONTEXT)
                            : TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get()));
        } catch (SealException e) {
            throw e;
        } catch (GeneralSecurityException | RuntimeException e) {
            // The cause may quote the key.
            throw new SealException(origin + " is not a Tink keyset with an AEAD key"
                    + wrapping.map(key -> ", wrapped with " + key).orElse(""));
        }
    }

    /** Makes a new key. What was sealed with another one cannot be unsealed with it. */
    public static SealingKey generate() {
        try {
            AeadConfig.register();
            return new SealingKey(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("generating a sealing key", e);
        }
    }

    /**
     * Makes a new key and keeps it, unwrapped, in a new file.
     *
     * @throws SealException as {@link #generate(Path, Optional)}
     */
    public static SealingKey generate(Path file) {
        return generate(file, Optional.empty());
    }

    /**
     * Makes a new key and keeps it in a new file that only its owner can read. Never called to replace a lost key: that is
     * for a person to decide, since credentials sealed with the lost one must then be entered again.
     *
     * @param wrapping what to wrap it with; empty to keep it as it is
     * @throws SealException naming the file, when it exists already or cannot be written
     */
    public static SealingKey generate(Path file, Optional<WrappingKey> wrapping) {
        SealingKey generated = generate();
        try {
            write(file, generated.text(wrapping));
        } catch (FileAlreadyExistsException e) {
            throw new SealException("the sealing key file " + file + " exists already and is not overwritten");
        } catch (IOException e) {
            throw new SealException("writing the sealing key file " + file + ": " + e);
        }
        return generated;
    }

    private static void write(Path file, String keyset) throws IOException {
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            ByteBuffer text = StandardCharsets.UTF_8.encode(keyset);
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
    }

    /**
     * Puts a new key in front of those in a key file: it seals from now on, the earlier ones still unseal. The file is replaced
     * in one step. Services must be started anew, or given the new value, before anything is sealed with it.
     *
     * @param wrapping what the file is wrapped with; empty when it is not
     * @return the key as it is now
     * @throws SealException naming the file, when it is missing, holds no key, or cannot be written
     */
    public static SealingKey rotate(Path file, Optional<WrappingKey> wrapping) {
        SealingKey before = read(file, wrapping);
        try {
            KeysetHandle.Builder keys = KeysetHandle.newBuilder(before.keyset);
            for (int index = 0; index < keys.size(); index++) {
                keys.getAt(index).setStatus(KeyStatus.ENABLED);
            }
            keys.addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId()
                    .makePrimary());
            SealingKey rotated = new SealingKey(keys.build());
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(beside);
            write(beside, rotated.text(wrapping));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return rotated;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("rotating a sealing key", e);
        } catch (IOException e) {
            throw new SealException("writing the sealing key file " + file + ": " + e);
        }
    }

    private String text(Optional<WrappingKey> wrapping) {
        try {
            return wrapping.isPresent()
                    ? TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                            keyset, wrapping.get().aead(), NO_CONTEXT)
                    : TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("writing a sealing key", e);
        }
    }

    /** Seals a credential of a connection; the same input gives another result each time. */
    public byte[] seal(ConnectionId connection, Credential credential, Secret value) {
        byte[] plain = value.use(text -> text.getBytes(StandardCharsets.UTF_8));
        try {
            return aead.encrypt(plain, associatedData(connection, credential));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "sealing the " + credential.word() + " of connection " + connection.value(), e);
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws SealException naming the connection, when it was sealed with another key, for another connection or as
     *     another credential, or was altered
     */
    public Secret unseal(ConnectionId connection, Credential credential, byte[] sealed) {
        try {
            byte[] plain = aead.decrypt(sealed, associatedData(connection, credential));
            return Secret.of(new String(plain, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SealException("the " + credential.word() + " of connection " + connection.value()
                    + " was not sealed with the configured sealing key, or not for this connection");
        }
    }

    private static byte[] associatedData(ConnectionId connection, Credential credential) {
        return (connection.value() + "/" + credential.word()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "SealingKey[***]";
    }
}
