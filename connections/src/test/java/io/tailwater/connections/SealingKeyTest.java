package io.tailwater.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingKeyTest {

    private static final ConnectionId ACME = new ConnectionId("acme");
    private static final Secret TOKEN = Secret.of("ATCTT-very-hidden");

    private final SealingKey key = SealingKey.generate();

    @TempDir
    Path folder;

    @Test
    void opensWhatItSealed() {
        byte[] sealed = key.seal(ACME, Credential.ACCESS_TOKEN, TOKEN);

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("very-hidden");
        assertThat(plain(key.unseal(ACME, Credential.ACCESS_TOKEN, sealed))).isEqualTo("ATCTT-very-hidden");
    }

    @Test
    void afterRotationTheNewKeySealsAndTheOldOneStillOpens() throws Exception {
        Path file = folder.resolve("keyset.json");
        SealingKey before = SealingKey.generate(file);
        byte[] sealedBefore = before.seal(ACME, Credential.ACCESS_TOKEN, TOKEN);

        SealingKey rotated = SealingKey.rotate(file, Optional.empty());
        byte[] sealedAfter = rotated.seal(ACME, Credential.ACCESS_TOKEN, TOKEN);

        assertThat(plain(SealingKey.read(file).unseal(ACME, Credential.ACCESS_TOKEN, sealedBefore)))
                .isEqualTo("ATCTT-very-hidden");
        assertThat(plain(SealingKey.read(file).unseal(ACME, Credential.ACCESS_TOKEN, sealedAfter)))
                .isEqualTo("ATCTT-very-hidden");
        assertThatThrownBy(() -> before.unseal(ACME, Credential.ACCESS_TOKEN, sealedAfter))
                .isInstanceOf(SealException.class);
        assertThat(folder).isDirectoryContaining("glob:**keyset.json").isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void sealsTheSameValueDifferentlyEachTime() {
        assertThat(key.seal(ACME, Credential.ACCESS_TOKEN, TOKEN))
                .isNotEqualTo(key.seal(ACME, Credential.ACCESS_TOKEN, TOKEN));
    }

    @Test
    void doesNotOpenForAnotherConnectionOrCredential() {
        byte[] sealed = key.seal(ACME, Credential.ACCESS_TOKEN, TOKEN);

        assertThatThrownBy(() -> key.unseal(new ConnectionId("other"), Credential.ACCESS_TOKEN, sealed))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("token of connection other");
        assertThatThrownBy(() -> key.unseal(ACME, Credential.WEBHOOK_SECRET, sealed))
                .isInstanceOf(SealException.class);
    }

    @Test
    void doesNotOpenWithAnotherKeyOrWhenAltered() {
        byte[] sealed = key.seal(ACME, Credential.ACCESS_TOKEN, TOKEN);

        assertThatThrownBy(() -> SealingKey.generate().unseal(ACME, Credential.ACCESS_TOKEN, sealed))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("connection acme")
                .hasMessageContaining("not sealed with the configured sealing key");
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> key.unseal(ACME, Credential.ACCESS_TOKEN, sealed))
                .isInstanceOf(SealException.class);
    }

    @Test
    void keepsANewKeyInAFileOnlyItsOwnerCanRead() throws IOException {
        Path file = folder.resolve("sealing-key.json");

        byte[] sealed = SealingKey.generate(file).seal(ACME, Credential.ACCESS_TOKEN, TOKEN);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(plain(SealingKey.read(file).unseal(ACME, Credential.ACCESS_TOKEN, sealed)))
                .isEqualTo("ATCTT-very-hidden");
        Secret text = Secret.of(Files.readString(file));
        assertThat(plain(SealingKey.parse(text, Optional.empty()).unseal(ACME, Credential.ACCESS_TOKEN, sealed)))
                .isEqualTo("ATCTT-very-hidden");
    }

    @Test
    void neverOverwritesAKey() {
        Path file = folder.resolve("sealing-key.json");
        SealingKey.generate(file);

        assertThatThrownBy(() -> SealingKey.generate(file)).hasMessageContaining("exists already");
    }

    @Test
    void namesAKeyFileThatCannotBeUsedWithoutQuotingIt() throws IOException {
        Path file = folder.resolve("sealing-key.json");
        assertThatThrownBy(() -> SealingKey.read(file)).hasMessageContaining("sealing-key.json");

        Files.writeString(file, "hidden nonsense");
        assertThatThrownBy(() -> SealingKey.read(file))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("sealing-key.json")
                .hasMessageNotContaining("hidden")
                .hasNoCause();
    }

    @Test
    void takesExactlyOneOfKeyAndKeyFile() {
        Optional<Path> file = Optional.of(folder);
        Optional<Secret> text = Optional.of(TOKEN);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ConnectionSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionSettings(Optional.empty(), file, text, Optional.empty()));
        assertThat(new ConnectionSettings(Optional.empty(), Optional.empty(), text, Optional.empty()).toString())
                .doesNotContain("very-hidden");
    }

    private static String plain(Secret secret) {
        return secret.use(Function.identity());
    }
}
