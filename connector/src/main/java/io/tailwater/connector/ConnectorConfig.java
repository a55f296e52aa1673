package io.tailwater.connector;

import io.tailwater.service.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What is done for connections without being asked; nested in the configuration record of the gateway, in whose process it
 * runs.
 *
 * @param apiUrl address of Bitbucket's REST API
 * @param pagesUrl address of Bitbucket's pages
 * @param publicUrl address under which Bitbucket reaches the webhook listener; empty for none, and then no webhook is kept
 * @param pollEvery how often each repository is looked at
 * @param checkToken how often the token is tried
 * @param checkWebhooks how often webhooks are looked at
 * @param history how far back past pull requests are analysed on connect; zero for none
 * @param share percent of Bitbucket's hourly allowance that this may use
 * @param goneAfter how long a repository must be unreachable to count as gone
 * @param group consumer group by which gateways share connections
 */
public record ConnectorConfig(
        @Setting(
                key = "bitbucket.api-url",
                defaultValue = "https://api.bitbucket.org",
                meaning = "Address of Bitbucket's REST API; tokens go there and to `bitbucket.git-url` only.")
        URI apiUrl,

        @Setting(
                key = "bitbucket.git-url",
                defaultValue = "https://bitbucket.org",
                meaning = "Address of Bitbucket's Git repositories and pages.")
        URI pagesUrl,

        @Setting(
                key = "connector.public-url",
                defaultValue = "",
                meaning = "Address under which Bitbucket reaches the webhook listener, such as"
                        + " `https://tailwater.example.com`; without it no webhook is installed and changes are found by"
                        + " polling only.")
        Optional<URI> publicUrl,

        @Setting(
                key = "connector.poll-every",
                defaultValue = "5m",
                min = 1_000,
                max = 86_400_000,
                meaning = "How often each repository is looked at for what no webhook told.")
        Duration pollEvery,

        @Setting(
                key = "connector.check-token",
                defaultValue = "1m",
                min = 1_000,
                max = 3_600_000,
                meaning = "How often the access token is tried, so that expiry and revocation are noticed.")
        Duration checkToken,

        @Setting(
                key = "connector.check-webhooks",
                defaultValue = "10m",
                min = 1_000,
                max = 86_400_000,
                meaning = "How often our webhooks are looked at and repaired.")
        Duration checkWebhooks,

        @Setting(
                key = "connector.history",
                defaultValue = "365d",
                min = 0,
                max = 315_360_000_000L,
                meaning =
                        "How far back merged pull requests are analysed when a repository is connected: reports without"
                                + " comments. 0s for none.")
        Duration history,

        @Setting(
                key = "connector.share",
                defaultValue = "50",
                min = 1,
                max = 100,
                meaning =
                        "Percent of Bitbucket's hourly allowance of API requests that polling, baseline and history may"
                                + " use; history gets half of it. The rest is left to comments.")
        int share,

        @Setting(
                key = "connector.gone-after",
                defaultValue = "1d",
                min = 1_000,
                max = 2_592_000_000L,
                meaning = "How long a repository must be unreachable before its datasets are taken out of the workspace"
                        + " graph.")
        Duration goneAfter,

        @Setting(
                key = "connector.group",
                defaultValue = "tailwater-connector",
                meaning = "Consumer group by which gateways agree which of them looks after which connection.")
        String group) {

    /** @throws IllegalArgumentException when the public address is no http or https address */
    public ConnectorConfig {
        if (publicUrl.isPresent()
                && !String.valueOf(publicUrl.get().getScheme()).matches("https?")) {
            throw new IllegalArgumentException("connector.public-url is no http or https address");
        }
    }
}
