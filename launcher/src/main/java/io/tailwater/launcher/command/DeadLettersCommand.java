package io.tailwater.launcher.command;

import io.tailwater.launcher.run.DeadLetters;
import io.tailwater.launcher.run.DeadLetters.Letter;
import io.tailwater.launcher.run.DeadLetters.Position;
import io.tailwater.service.KafkaSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records that proved unprocessable. */
@Command(
        name = "dead-letters",
        description = "Shows records that were set aside, and tries them again.",
        subcommands = {DeadLettersCommand.Show.class, DeadLettersCommand.Retry.class, DeadLettersCommand.ListAll.class})
public final class DeadLettersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Override
    public Integer call() {
        return list(open(configuration), spec.commandLine().getOut());
    }

    private static DeadLetters open(ConfigurationOption configuration) {
        return new DeadLetters(configuration.read().load(KafkaSettings.class).clientProperties());
    }

    private static int list(DeadLetters deadLetters, PrintWriter out) {
        List<Letter> all = deadLetters.all();
        for (Letter letter : all) {
            out.printf("%s  %s  %s  %s%n", letter.position(), letter.at(), letter.key(), letter.cause());
        }
        out.println(all.isEmpty() ? "There are no dead letters." : all.size() + " dead letters.");
        out.flush();
        return ExitCode.PASSED;
    }

    /** Lists all. */
    @Command(name = "list", description = "One line each: where it is, when it came, its key, why it was set aside.")
    static final class ListAll implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigurationOption configuration = new ConfigurationOption();

        @Override
        public Integer call() {
            return list(open(configuration), spec.commandLine().getOut());
        }
    }

    /** Shows one. */
    @Command(name = "show", description = "Everything about one.")
    static final class Show implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigurationOption configuration = new ConfigurationOption();

        @Parameters(paramLabel = "WHICH", description = "topic/partition/offset, as listed.")
        private String which = "";

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            DeadLetters deadLetters = open(configuration);
            Letter letter = find(deadLetters, which);
            out.println("at:    " + letter.position());
            out.println("time:  " + letter.at());
            out.println("key:   " + letter.key());
            out.println("cause: " + letter.cause());
            for (Map.Entry<String, String> header : letter.headers().entrySet()) {
                out.println(header.getKey() + ": " + header.getValue());
            }
            out.println(deadLetters.content(letter));
            out.flush();
            return ExitCode.PASSED;
        }
    }

    /** Tries one or all again. */
    @Command(name = "retry", description = "Sends records back to the topic they came from.")
    static final class Retry implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigurationOption configuration = new ConfigurationOption();

        @Parameters(paramLabel = "WHICH", arity = "0..*", description = "topic/partition/offset, as listed.")
        private List<String> which = List.of();

        @Option(names = "--all", description = "All of them.")
        private boolean all;

        @Override
        public Integer call() {
            if (which.isEmpty() && !all) {
                throw new UserError("name the dead letters to try again, or give --all");
            }
            PrintWriter out = spec.commandLine().getOut();
            DeadLetters deadLetters = open(configuration);
            List<Letter> letters = all
                    ? deadLetters.all()
                    : which.stream().map(one -> find(deadLetters, one)).toList();
            letters.forEach(letter -> {
                deadLetters.retry(letter);
                out.println("sent again: " + letter.position() + " to " + letter.source());
            });
            out.println(letters.size() + " sent again. They stay listed until their time is over.");
            out.flush();
            return ExitCode.PASSED;
        }
    }

    private static Letter find(DeadLetters deadLetters, String which) {
        Position position;
        try {
            position = Position.parse(which);
        } catch (IllegalArgumentException e) {
            throw new UserError("not topic/partition/offset: " + which);
        }
        return deadLetters.find(position).orElseThrow(() -> new UserError("there is no dead letter at " + which));
    }
}
