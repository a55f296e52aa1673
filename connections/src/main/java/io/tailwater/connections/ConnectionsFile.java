package io.tailwater.connections;

import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Environment;
import io.tailwater.service.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the connections file: YAML in which credentials stand as references or sealed, never in the clear. */
public final class ConnectionsFile {

    private static final int LARGEST_FILE = 1 << 20;
    private static final String SLUG = "[A-Za-z0-9._-]{1,128}";
    private static final String UUID = "\\{[0-9a-fA-F-]{36}\\}";
    private static final Set<String> KNOWN = Set.of(
            "id",
            "workspace",
            "workspace-uuid",
            "scope",
            "repositories",
            "token",
            "webhook-secret",
            "token-expires-at");

    private final Environment environment;
    private final SealingKey key;
    private final List<String> problems = new ArrayList<>();

    private ConnectionsFile(Environment environment, SealingKey key) {
        this.environment = environment;
        this.key = key;
    }

    /**
     * Reads a file.
     *
     * @param environment where {@code env:NAME} looks
     * @param key opens {@code sealed:BASE64}
     * @throws ConnectionsFileException with every problem, when there are any
     */
    public static List<ConfiguredConnection> read(Path file, Environment environment, SealingKey key) {
        ConnectionsFile reader = new ConnectionsFile(environment, key);
        List<ConfiguredConnection> connections = reader.connections(reader.parse(file));
        if (!reader.problems.isEmpty()) {
            throw new ConnectionsFileException(file, reader.problems);
        }
        return connections;
    }

    /** {@link #read(Path, Environment, SealingKey)} with these environment variables. */
    public static List<ConfiguredConnection> read(Path file, Map<String, String> environment, SealingKey key) {
        return read(file, Environment.of(environment), key);
    }

    /** How a sealed credential is written in the file. */
    public static String sealedValue(SealingKey key, ConnectionId connection, Credential credential, Secret value) {
        return "sealed:" + Base64.getEncoder().encodeToString(key.seal(connection, credential, value));
    }

    private @Nullable Object parse(Path file) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setCodePointLimit(LARGEST_FILE)
                .setMaxAliasesForCollections(0)
                .build();
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ConnectionsFileException(file, List.of("it is larger than 1 MB"));
            }
            return new Load(settings).loadFromString(Files.readString(file));
        } catch (MarkedYamlEngineException e) {
            // The message quotes the line, which may hold a credential.
            String place = e.getProblemMark()
                    .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new ConnectionsFileException(file, List.of("it is not valid YAML" + place));
        } catch (YamlEngineException e) {
            throw new ConnectionsFileException(file, List.of("it is not valid YAML"));
        } catch (IOException e) {
            throw new ConnectionsFileException(file, List.of("reading it: " + e));
        }
    }

    private List<ConfiguredConnection> connections(@Nullable Object document) {
        List<ConfiguredConnection> found = new ArrayList<>();
        if (!(document instanceof Map<?, ?> root)
                || !root.keySet().equals(Set.of("connections"))
                || !(root.get("connections") instanceof List<?> entries)) {
            problems.add("it must hold one list named \"connections\" and nothing else");
            return found;
        }
        Set<ConnectionId> ids = new HashSet<>();
        for (int index = 0; index < entries.size(); index++) {
            ConfiguredConnection connection = connection(index + 1, entries.get(index));
            if (connection != null && !ids.add(connection.id())) {
                problems.add("connection " + connection.id().value() + " is listed twice");
            } else if (connection != null) {
                found.add(connection);
            }
        }
        return found;
    }

    private @Nullable ConfiguredConnection connection(int number, @Nullable Object entry) {
        int before = problems.size();
        if (!(entry instanceof Map<?, ?> fields)) {
            problems.add("entry " + number + " is not a mapping");
            return null;
        }
        ConnectionId id = id(number, fields.get("id"));
        if (id == null) {
            return null;
        }
        for (Object name : fields.keySet()) {
            if (!(name instanceof String known) || !KNOWN.contains(known)) {
                problems.add(about(id) + "has an unknown key; known are "
                        + String.join(", ", KNOWN.stream().sorted().toList()));
            }
        }
        String workspace = text(id, fields, "workspace", SLUG, "a workspace slug");
        String uuid = optionalText(id, fields, "workspace-uuid", UUID, "a uuid in braces, in quotes");
        ConnectionScope scope = scope(id, fields.get("scope"));
        List<String> repositories = repositories(id, fields.get("repositories"));
        Secret token = credential(id, fields, Credential.ACCESS_TOKEN);
        Secret secret = credential(id, fields, Credential.WEBHOOK_SECRET);
        Instant expiry = expiry(id, fields.get("token-expires-at"));
        if (problems.size() > before || workspace == null || token == null || secret == null) {
            return null;
        }
        return new ConfiguredConnection(
                id,
                workspace,
                Optional.ofNullable(uuid),
                scope,
                repositories,
                token,
                secret,
                Optional.ofNullable(expiry));
    }

    private @Nullable ConnectionId id(int number, @Nullable Object value) {
        try {
            if (value instanceof String text) {
                return new ConnectionId(text);
            }
        } catch (IllegalArgumentException e) {
            problems.add("entry " + number + ": the id must be 1 to 64 letters, digits, \"-\" or \"_\"");
            return null;
        }
        problems.add("entry " + number + " has no id");
        return null;
    }

    private @Nullable String text(ConnectionId id, Map<?, ?> fields, String name, String shape, String meaning) {
        String text = optionalText(id, fields, name, shape, meaning);
        if (!fields.containsKey(name)) {
            problems.add(about(id) + "has no " + name);
        }
        return text;
    }

    private @Nullable String optionalText(
            ConnectionId id, Map<?, ?> fields, String name, String shape, String meaning) {
        if (!fields.containsKey(name)) {
            return null;
        }
        if (fields.get(name) instanceof String text && text.matches(shape)) {
            return text;
        }
        problems.add(about(id) + name + " is not " + meaning);
        return null;
    }

    private ConnectionScope scope(ConnectionId id, @Nullable Object value) {
        if (value == null) {
            return ConnectionScope.WORKSPACE;
        }
        for (ConnectionScope scope : ConnectionScope.values()) {
            if (scope.name().toLowerCase(Locale.ROOT).equals(value)) {
                return scope;
            }
        }
        problems.add(about(id) + "scope is none of workspace, project, repository");
        return ConnectionScope.WORKSPACE;
    }

    private List<String> repositories(ConnectionId id, @Nullable Object value) {
        List<String> slugs = new ArrayList<>();
        if (value == null) {
            return slugs;
        }
        if (value instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof String slug && slug.matches(SLUG)) {
                    slugs.add(slug);
                }
            }
            if (slugs.size() == entries.size()) {
                return slugs;
            }
        }
        problems.add(about(id) + "repositories is not a list of repository slugs");
        return slugs;
    }

    private @Nullable Secret credential(ConnectionId id, Map<?, ?> fields, Credential credential) {
        Object value = fields.get(credential.word());
        if (value == null) {
            problems.add(about(id) + "has no " + credential.word());
            return null;
        }
        if (value instanceof String text && text.startsWith("env:")) {
            return fromEnvironment(id, credential, text.substring("env:".length()));
        }
        if (value instanceof String text && text.startsWith("sealed:")) {
            return fromSealed(id, credential, text.substring("sealed:".length()));
        }
        problems.add(about(id) + credential.word() + " stands in the clear; write env:NAME and set that variable, or"
                + " sealed:BASE64, and replace the credential, since it may have been seen");
        return null;
    }

    private @Nullable Secret fromEnvironment(ConnectionId id, Credential credential, String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,127}")) {
            problems.add(about(id) + credential.word() + " names no variable after \"env:\"");
            return null;
        }
        Optional<Secret> value = environment.find(name);
        if (value.isEmpty()) {
            problems.add(about(id) + credential.word() + ": the environment variable " + name + " is not set");
        }
        return value.orElse(null);
    }

    private @Nullable Secret fromSealed(ConnectionId id, Credential credential, String base64) {
        try {
            return key.unseal(id, credential, Base64.getDecoder().decode(base64));
        } catch (SealException e) {
            problems.add(e.getMessage());
        } catch (IllegalArgumentException e) {
            problems.add(about(id) + credential.word() + " is not Base64 after \"sealed:\"");
        }
        return null;
    }

    private @Nullable Instant expiry(ConnectionId id, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        try {
            return Instant.parse(value.toString());
        } catch (DateTimeParseException e) {
            problems.add(about(id) + "token-expires-at is not a time like 2027-01-31T00:00:00Z");
            return null;
        }
    }

    private static String about(ConnectionId id) {
        return "connection " + id.value() + ": ";
    }
}
