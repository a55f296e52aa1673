package io.tailwater.console;

import io.tailwater.console.signin.OpenIdSettings;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Secret;
import io.tailwater.service.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Configuration of the console, which the gateway serves on its admin listener.
 *
 * @param kafka how to reach Kafka
 * @param publicUrl address browsers use; empty for the one they ask with
 * @param dataFolder where the administrator's password hash and the embedded database are kept
 * @param database another database for the read model
 * @param openId the sign-in provider
 * @param sessionIdle longest time between two requests of a visit
 * @param sessionLifetime longest time from sign-in
 * @param apiKey key of the API
 * @param bitbucketUrl address of Bitbucket's pages, for links
 */
public record ConsoleConfig(
        KafkaSettings kafka,

        @Setting(
                key = "console.public-url",
                defaultValue = "",
                meaning =
                        "Address at which browsers reach the console, such as `https://tailwater.example.com`, where it is"
                                + " not the admin listener's own; with https, cookies are sent over https only.")
        Optional<URI> publicUrl,

        @Setting(
                key = "console.data-folder",
                defaultValue = "data/console",
                meaning =
                        "Folder for the hash of the administrator's password and the embedded database; one gateway each.")
        Path dataFolder,

        ReadModelDatabase database,
        OpenIdSettings openId,

        @Setting(
                key = "console.session-idle",
                defaultValue = "2h",
                min = 60_000,
                max = 86_400_000,
                meaning = "Time without a request after which people must sign in again.")
        Duration sessionIdle,

        @Setting(
                key = "console.session-lifetime",
                defaultValue = "12h",
                min = 60_000,
                max = 604_800_000,
                meaning = "Time from sign-in after which people must sign in again.")
        Duration sessionLifetime,

        @Setting(
                key = "console.api-key",
                defaultValue = "",
                meaning =
                        "Key for `/api/v1`, sent as `Authorization: Bearer …`, at least 32 characters; without one, only"
                                + " signed-in visits can use the API. Meant for the environment.")
        Optional<Secret> apiKey,

        @Setting(
                key = "bitbucket.git-url",
                defaultValue = "https://bitbucket.org",
                meaning = "Address of Bitbucket's Git repositories and pages.")
        URI bitbucketUrl) {

    private static final int SHORTEST_KEY = 32;

    /** @throws IllegalArgumentException when the API key is too short to be safe */
    public ConsoleConfig {
        if (apiKey.isPresent() && apiKey.get().<Boolean>use(key -> key.length() < SHORTEST_KEY)) {
            throw new IllegalArgumentException("console.api-key has fewer than " + SHORTEST_KEY + " characters");
        }
    }

    /**
     * Where the read model is kept; several gateways may share one that is not embedded.
     *
     * @param url JDBC address, empty for an embedded database in the data folder
     * @param user name to sign in with
     * @param password password to sign in with
     */
    public record ReadModelDatabase(
            @Setting(
                    key = "console.database.url",
                    defaultValue = "",
                    meaning =
                            "JDBC address of a PostgreSQL database for the read model, such as"
                                    + " `jdbc:postgresql://host/tailwater`; without one, an embedded database in the data folder.")
            Optional<String> url,

            @Setting(
                    key = "console.database.user",
                    defaultValue = "",
                    meaning = "Name to sign in to that database with.")
            Optional<String> user,

            @Setting(
                    key = "console.database.password",
                    defaultValue = "",
                    meaning = "Password to sign in to that database with; meant for the environment.")
            Optional<Secret> password) {}
}
