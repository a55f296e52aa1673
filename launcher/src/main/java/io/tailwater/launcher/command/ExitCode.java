package io.tailwater.launcher.command;

/** Exit codes of every command. */
public final class ExitCode {

    /** Done, or passed. */
    public static final int PASSED = 0;

    /** The verdict reached what {@code --fail-on} names, or what was expected did not come. */
    public static final int FOUND = 1;

    /** The command line, the configuration or an input is wrong. */
    public static final int USAGE = 2;

    /** A fault of ours. */
    public static final int FAULT = 70;

    private ExitCode() {}
}
