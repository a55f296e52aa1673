package io.tailwater.launcher.command;

import io.tailwater.ingest.GatewayConfig;
import io.tailwater.pranalyzer.AnalyzerConfig;
import io.tailwater.publisher.PublisherConfig;
import io.tailwater.service.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The configuration table, made from the configuration records. */
@Command(name = "settings", description = "Prints every configuration key with its default and meaning, as Markdown.")
public final class SettingsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(table());
        spec.commandLine().getOut().flush();
    }

    /** The table as it stands in the README. */
    public static String table() {
        return Settings.markdownTable(GatewayConfig.class, AnalyzerConfig.class, PublisherConfig.class);
    }
}
