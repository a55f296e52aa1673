package io.tailwater.launcher;

import io.tailwater.launcher.command.BackfillCommand;
import io.tailwater.launcher.command.CheckCommand;
import io.tailwater.launcher.command.ConnectionsCommand;
import io.tailwater.launcher.command.DeadLettersCommand;
import io.tailwater.launcher.command.DemoCommand;
import io.tailwater.launcher.command.DoctorCommand;
import io.tailwater.launcher.command.ExitCode;
import io.tailwater.launcher.command.LineageCommand;
import io.tailwater.launcher.command.ReplayCommand;
import io.tailwater.launcher.command.ServiceCommand;
import io.tailwater.launcher.command.SettingsCommand;
import io.tailwater.launcher.command.TopicsCommand;
import io.tailwater.launcher.command.TryHistoryCommand;
import io.tailwater.launcher.command.UpCommand;
import io.tailwater.launcher.command.UserError;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "tailwater",
        mixinStandardHelpOptions = true,
        description = "See what your pull request does downstream.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ServiceCommand.Gateway.class,
            ServiceCommand.Analyzer.class,
            ServiceCommand.Publisher.class,
            CheckCommand.class,
            LineageCommand.class,
            TopicsCommand.class,
            DoctorCommand.class,
            ConnectionsCommand.class,
            SettingsCommand.class,
            BackfillCommand.class,
            ReplayCommand.class,
            TryHistoryCommand.class,
            DeadLettersCommand.class
        })
public final class Tailwater {

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int exitCode = ExitCode.FAULT;
        try {
            exitCode = run(arguments);
        } finally {
            // Also after an error: a thread that still runs must not keep a broken process alive.
            System.exit(exitCode);
        }
    }

    /** Runs a command and returns its exit code. */
    static int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new Tailwater());
        commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine
                .getSubcommands()
                .values()
                .forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        commandLine.setExecutionExceptionHandler((failure, failed, parsed) -> {
            if (UserError.describes(failure)) {
                failed.getErr().println("tailwater: " + UserError.text(failure));
                return ExitCode.USAGE;
            }
            failure.printStackTrace(failed.getErr());
            return ExitCode.FAULT;
        });
        if (List.of(arguments).isEmpty()) {
            commandLine.usage(commandLine.getOut());
            return ExitCode.USAGE;
        }
        return commandLine.execute(arguments);
    }
}
