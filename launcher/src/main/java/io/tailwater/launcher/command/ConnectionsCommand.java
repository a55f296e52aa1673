package io.tailwater.launcher.command;

import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.connections.ConnectionLookup;
import io.tailwater.connections.ConnectionSettings;
import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.ConnectionWriter;
import io.tailwater.connections.ConnectionsFile;
import io.tailwater.connections.Credential;
import io.tailwater.connections.SealingKey;
import io.tailwater.connections.WrappingKey;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Secret;
import io.tailwater.service.Settings;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a person needs to write a connections file. */
@Command(
        name = "connections",
        description = "Makes the key that seals credentials, and seals credentials for the connections file.",
        subcommands = {
            ConnectionsCommand.NewKey.class,
            ConnectionsCommand.Seal.class,
            ConnectionsCommand.RotateKey.class
        })
public final class ConnectionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    private static Optional<WrappingKey> wrapping(Optional<String> uri) {
        try {
            return uri.map(WrappingKey::at);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
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

        @Option(
                names = "--key-uri",
                paramLabel = "URI",
                description = "Key of a key management service to wrap it with: aws-kms:// and its ARN.")
        private Optional<String> keyUri = Optional.empty();

        @Override
        public Integer call() {
            SealingKey.generate(keyFile, wrapping(keyUri));
            spec.commandLine().getOut().println("wrote " + keyFile + "; keep a copy in a safe place");
            return ExitCode.PASSED;
        }
    }

    /** Seals everything with a new key. */
    @Command(
            name = "rotate-key",
            description = "Puts a new key in front of the one in the key file and seals all connections with it."
                    + " Restart the services first with --add-only, so that they can open what the new key seals.")
    static final class RotateKey implements Callable<Integer> {

        private static final Duration READY = Duration.ofSeconds(60);

        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigurationOption configuration = new ConfigurationOption();

        @Option(
                names = "--add-only",
                description = "Only add the new key to the file; run again with --seal-only once all services have it.")
        private boolean addOnly;

        @Option(names = "--seal-only", description = "Only seal all connections with the newest key of the file.")
        private boolean sealOnly;

        @Override
        public Integer call() throws InterruptedException {
            PrintWriter out = spec.commandLine().getOut();
            Settings settings = configuration.read();
            ConnectionSettings connections = settings.load(ConnectionSettings.class);
            SealingKey key = sealOnly
                    ? SealingKey.from(connections)
                    : SealingKey.rotate(
                            connections
                                    .keyFile()
                                    .orElseThrow(
                                            () -> new UserError(
                                                    "connections.key-file names no file: a key that is given in the"
                                                            + " environment is replaced where it is kept, then run this with --seal-only")),
                            wrapping(connections.keyUri()));
            if (!sealOnly) {
                out.println(
                        "added a new key to " + connections.keyFile().orElseThrow() + "; keep a copy in a safe place");
            }
            if (!addOnly) {
                sealAll(settings.load(KafkaSettings.class).clientProperties(), key, out);
            }
            out.flush();
            return ExitCode.PASSED;
        }

        private static void sealAll(Map<String, Object> kafka, SealingKey key, PrintWriter out)
                throws InterruptedException {
            try (ConnectionStore store = ConnectionStore.follow(kafka, key);
                    ConnectionWriter writer = ConnectionWriter.open(kafka, key, InstantSource.system())) {
                if (!store.awaitReady(READY)) {
                    throw new UserError("the connections could not be read within " + READY.toSeconds() + " s");
                }
                for (ConnectedWorkspace connection : store.all()) {
                    writer.put(connection);
                    out.println("sealed connection " + connection.id().value() + " with the new key");
                }
                for (ConnectionId id : store.ids()) {
                    if (store.lookup(id) instanceof ConnectionLookup.Unreadable unreadable) {
                        out.println("left as it is: " + unreadable.reason());
                    }
                }
            }
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
                names = "--key-uri",
                paramLabel = "URI",
                description = "Key of a key management service that it is wrapped with.")
        private Optional<String> keyUri = Optional.empty();

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
            SealingKey key = SealingKey.read(keyFile, wrapping(keyUri));
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
