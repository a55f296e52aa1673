package io.tailwater.connections;

import io.tailwater.service.Secret;
import io.tailwater.service.Setting;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where connections and the key that seals them come from; nested in the configuration record of each service.
 *
 * @param file connections to publish at start, read by the gateway only; empty to use those published earlier
 * @param keyFile file with the sealing key
 * @param key the sealing key itself, for the environment; not together with the file
 * @param keyUri key of a key management service that wraps the sealing key, for {@link WrappingKey#at}; empty where it is kept
 *     unwrapped
 */
public record ConnectionSettings(
        @Setting(
                key = "connections.file",
                defaultValue = "",
                meaning = "YAML file of the workspaces to connect to; the gateway publishes it at start.")
        Optional<Path> file,

        @Setting(
                key = "connections.key-file",
                defaultValue = "",
                meaning = "File with the key that seals access tokens and webhook secrets; the same for every service.")
        Optional<Path> keyFile,

        @Setting(
                key = "connections.key",
                defaultValue = "",
                meaning = "That key itself instead of a file; meant for the environment.")
        Optional<Secret> key,

        @Setting(
                key = "connections.key-uri",
                defaultValue = "",
                meaning = "Key of a key management service that wraps that key: aws-kms:// and its ARN.")
        Optional<String> keyUri) {

    /** @throws IllegalArgumentException unless exactly one of key and key file is given */
    public ConnectionSettings {
        if (keyFile.isPresent() == key.isPresent()) {
            throw new IllegalArgumentException(
                    "exactly one of connections.key-file and connections.key must be set, so that credentials can be"
                            + " unsealed");
        }
        keyUri.ifPresent(WrappingKey::at);
    }
}
