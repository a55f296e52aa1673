package io.tailwater.pranalyzer.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what each server could be asked for, so that a refusal costs one request in a lifetime and not one a pull
 * request. Kept in a small file a server; without the file, everything is tried again.
 */
final class FetchAbilities {

    private static final Logger LOG = LoggerFactory.getLogger(FetchAbilities.class);

    private final Path folder;
    private final Map<String, FetchAbility> known = new ConcurrentHashMap<>();

    FetchAbilities(Path folder) {
        this.folder = folder;
    }

    /** The least that is known to work, or the least there is. */
    FetchAbility of(GitHost host) {
        return known.computeIfAbsent(host.name(), name -> {
            try {
                return FetchAbility.parse(Files.readString(file(name)).strip())
                        .orElse(FetchAbility.COMMITS_WITHOUT_BLOBS);
            } catch (IOException e) {
                return FetchAbility.COMMITS_WITHOUT_BLOBS;
            }
        });
    }

    /** Keeps what worked. */
    void remember(GitHost host, FetchAbility ability) {
        if (known.put(host.name(), ability) == ability && Files.exists(file(host.name()))) {
            return;
        }
        LOG.info("Git server {} is asked for {} from now on", host.name(), ability.label());
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, "ability", ".draft");
            Files.writeString(draft, ability.label() + "\n");
            Files.move(draft, file(host.name()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn(
                    "Writing what the Git server {} can do, which will be tried again after a restart", host.name(), e);
        }
    }

    private Path file(String name) {
        return folder.resolve("server-" + name.replaceAll("[^A-Za-z0-9.-]", "_"));
    }
}
