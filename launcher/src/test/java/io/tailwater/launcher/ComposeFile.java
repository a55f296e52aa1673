package io.tailwater.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The compose file as Compose reads it: anchors and merge keys resolved. */
final class ComposeFile {

    private final Map<String, Object> services;

    private ComposeFile(Map<String, Object> services) {
        this.services = services;
    }

    static ComposeFile read(Path file) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setSchema(new CoreSchema()).build();
            Object document = new Load(settings).loadFromString(Files.readString(file));
            return new ComposeFile(part(map(document), "services"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    Set<String> serviceNames() {
        return services.keySet();
    }

    Map<String, Object> service(String name) {
        return merged(part(services, name));
    }

    List<String> command(String service) {
        return strings(Objects.requireNonNull(service(service).get("command"), service));
    }

    Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        merged(part(service(service), "environment")).forEach((key, value) -> environment.put(key, value.toString()));
        return environment;
    }

    /** Paths below the project that containers see and that hold no credentials. */
    List<String> mountedFromTheProject() {
        List<String> sources = new ArrayList<>();
        for (String service : services.keySet()) {
            for (String volume : strings(service(service).getOrDefault("volumes", List.of()))) {
                if (volume.startsWith("./")) {
                    sources.add(volume.substring(0, volume.indexOf(':')));
                }
            }
        }
        return sources;
    }

    /** What {@code <<} brings stands behind what is said in place. */
    private static Map<String, Object> merged(Map<String, Object> node) {
        Map<String, Object> result = new TreeMap<>();
        if (node.containsKey("<<")) {
            result.putAll(merged(part(node, "<<")));
        }
        node.forEach((key, value) -> {
            if (!key.equals("<<")) {
                result.put(key, value);
            }
        });
        return result;
    }

    private static Map<String, Object> part(Map<String, Object> node, String name) {
        return map(Objects.requireNonNull(node.get(name), name));
    }

    @SuppressWarnings("unchecked") // keys of a compose file are texts
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static List<String> strings(Object node) {
        return ((List<?>) node).stream().map(Object::toString).toList();
    }
}
