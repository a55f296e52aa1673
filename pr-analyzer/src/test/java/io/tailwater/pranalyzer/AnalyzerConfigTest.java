package io.tailwater.pranalyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.service.SettingDescription;
import io.tailwater.service.Settings;
import org.junit.jupiter.api.Test;

class AnalyzerConfigTest {

    @Test
    void pinsKeysAndDefaults() {
        assertThat(Settings.describe(AnalyzerConfig.class).stream()
                        .filter(setting -> setting.key().startsWith("analyzer.")
                                || setting.key().startsWith("bitbucket."))
                        .map(AnalyzerConfigTest::line))
                .containsExactlyInAnyOrder(
                        "bitbucket.git-url = https://bitbucket.org",
                        "analyzer.admin.host = 127.0.0.1",
                        "analyzer.admin.port = 8082",
                        "analyzer.application-id = tailwater-analyzer",
                        "analyzer.data-folder = data/analyzer",
                        "analyzer.threads = 2",
                        "analyzer.workers = 4",
                        "analyzer.group-protocol = streams",
                        "analyzer.stores-in-memory = false",
                        "analyzer.remember-deliveries = 7d",
                        "analyzer.give-up-after = 24h",
                        "analyzer.time-limit = 15m",
                        "analyzer.cache-size = 2GB",
                        "analyzer.git.max-fetch = 1GB",
                        "analyzer.git.max-file = 8MB",
                        "analyzer.git.max-files = 200000",
                        "analyzer.git.fetch-timeout = 10m",
                        "analyzer.git.stall-timeout = 30s",
                        "analyzer.git.mirrors-size = 20GB");
    }

    private static String line(SettingDescription setting) {
        return setting.key() + " = " + setting.defaultValue();
    }
}
