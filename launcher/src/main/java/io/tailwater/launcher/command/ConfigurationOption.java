package io.tailwater.launcher.command;

import io.tailwater.launcher.Configuration;
import io.tailwater.service.Settings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the configuration comes from; the same for every command that needs one. */
final class ConfigurationOption {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file; the environment (TAILWATER_…) goes before it.")
    private @Nullable Path file;

    /** Reads file and environment. */
    Settings read() {
        return Configuration.read(Optional.ofNullable(file), System.getenv());
    }
}
