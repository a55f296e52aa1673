package io.tailwater.launcher.command;

import io.tailwater.connections.ConnectionsFile;
import io.tailwater.connections.Credential;
import io.tailwater.connections.SealingKey;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a person needs to write a connections file. */
@Command(
        name = "connections",
        description = "Makes the key that seals credentials, and seals credentials for the connections file.",
        subcommands = {ConnectionsCommand.NewKey.class, ConnectionsCommand.Seal.class})
public final class ConnectionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** Makes a key. */
    @Command(name = "new-key", description = "Makes a sealing key in a new file that only you can read.")
    static final class NewKey implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Option(
                names = "--key-file",
                paramLabel = "FILE",
                required = true,
                description = "File to write; must not exist.")
        private Path keyFile = Path.of("keyset.json");

        @Override
        public Integer call() {
            SealingKey.generate(keyFile);
            spec.commandLine().getOut().println("wrote " + keyFile + "; keep a copy in a safe place");
            return ExitCode.PASSED;
        }
    }

    /** Seals a credential. */
    @Command(
            name = "seal",
            description =
                    "Reads a credential from the terminal or standard input and prints it sealed for one connection.")
    static final class Seal implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Option(names = "--key-file", paramLabel = "FILE", required = true, description = "The sealing key.")
        private Path keyFile = Path.of("keyset.json");

        @Option(
                names = "--connection",
                paramLabel = "ID",
                required = true,
                description = "Id of the connection in the file.")
        private String connection = "";

        @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
        private Credential credential = Credential.ACCESS_TOKEN;

        @Override
        public Integer call() throws IOException {
            SealingKey key = SealingKey.read(keyFile);
            ConnectionId id;
            Secret value;
            try {
                id = new ConnectionId(connection);
                value = Secret.of(read());
            } catch (IllegalArgumentException e) {
                throw new UserError(String.valueOf(e.getMessage()));
            }
            spec.commandLine().getOut().println(ConnectionsFile.sealedValue(key, id, credential, value));
            return ExitCode.PASSED;
        }

        private static String read() throws IOException {
            Console console = System.console();
            if (console != null) {
                char[] typed = console.readPassword("Value (not shown): ");
                String text = typed == null ? "" : new String(typed);
                if (typed != null) {
                    Arrays.fill(typed, ' ');
                }
                return text;
            }
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        }
    }
}
