package io.tailwater.launcher.command;

import io.tailwater.launcher.Configuration;
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
        spec.commandLine().getOut().print(Configuration.table());
        spec.commandLine().getOut().flush();
    }
}
