package io.tailwater.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command of the design that this version does not have yet: says so in one line. */
public abstract sealed class AbsentCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(hidden = true)
    private List<String> arguments = new ArrayList<>();

    @Unmatched
    private List<String> unmatched = new ArrayList<>();

    @Override
    public Integer call() {
        spec.commandLine().getErr().printf("tailwater: this version has no command \"%s\" yet%n", spec.name());
        return ExitCode.USAGE;
    }

    /** Historical pull requests through the pipeline. */
    @picocli.CommandLine.Command(name = "backfill", hidden = true)
    public static final class Backfill extends AbsentCommand {}

    /** Recorded events again. */
    @picocli.CommandLine.Command(name = "replay", hidden = true)
    public static final class Replay extends AbsentCommand {}

    /** Records that proved unprocessable. */
    @picocli.CommandLine.Command(name = "dead-letters", hidden = true)
    public static final class DeadLetters extends AbsentCommand {}
}
