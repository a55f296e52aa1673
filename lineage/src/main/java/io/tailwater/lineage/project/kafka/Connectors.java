package io.tailwater.lineage.project.kafka;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.project.YamlValue.Mapping;
import io.tailwater.lineage.project.YamlValue.Scalar;
import io.tailwater.lineage.project.bi.ReadingDraft;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** Finds configurations of Kafka Connect: JSON as its REST interface takes it, YAML of the same form or of a {@code KafkaConnector} resource, properties. */
final class Connectors {
    private static final String CLASS = "connector.class";
    private static final int MOST_FILES = 5_000;
    private static final Pattern SOUNDS = Pattern.compile("(?i)connect|kafka|debezium|sink|source|cdc");

    private Connectors() {}

    /** What all connectors of the repository move; files that hold one are taken. */
    static List<Connector.Flow> of(ReadingDraft draft) {
        SourceTree files = draft.files();
        List<Connector.Flow> flows = new ArrayList<>();
        int read = 0;
        for (String path : files.paths(path -> isCandidate(path) && !files.isTaken(path))) {
            String text = files.text(path);
            boolean names = text != null
                    && (text.contains(CLASS) || text.contains("kind: KafkaConnector") && text.contains("class:"));
            if (text != null && names && read++ < MOST_FILES) {
                flows.addAll(
                        path.endsWith(".properties") ? ofProperties(draft, path, text) : ofValues(draft, path, text));
            }
        }
        return flows;
    }

    /** Whether a path ends and sounds like the configuration of a connector; to read all such files would take long. */
    private static boolean isCandidate(String path) {
        boolean readable = path.endsWith(".json")
                || path.endsWith(".properties")
                || path.endsWith(".yaml")
                || path.endsWith(".yml");
        return readable && SOUNDS.matcher(path).find();
    }

    private static List<Connector.Flow> ofProperties(ReadingDraft draft, String path, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            draft.take(path);
            draft.problem(SourceLocation.of(path, 1), "the properties cannot be read");
            return List.of();
        }
        Map<String, String> config = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> config.put(name, properties.getProperty(name)));
        int line = 1
                + (int) text.substring(0, Math.max(0, text.indexOf(CLASS)))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return ofConfig(draft, config, SourceLocation.of(path, line));
    }

    private static List<Connector.Flow> ofValues(ReadingDraft draft, String path, String text) {
        String readable = path.endsWith(".json") ? text.replace('\t', ' ') : text;
        return switch (YamlReader.read(readable)) {
            case YamlOutcome.Failed failed -> {
                draft.take(path);
                draft.problem(SourceLocation.of(path, Math.max(1, failed.line())), failed.reason());
                yield List.of();
            }
            case YamlOutcome.Read read -> {
                List<Connector.Flow> flows = new ArrayList<>();
                YamlValue root = read.root();
                List<YamlValue> roots = root instanceof YamlValue.Sequence list
                        ? list.items()
                        : root == null ? List.of() : List.of(root);
                for (YamlValue each : roots) {
                    flows.addAll(ofValue(draft, path, each));
                }
                yield flows;
            }
        };
    }

    private static List<Connector.Flow> ofValue(ReadingDraft draft, String path, YamlValue value) {
        YamlValue spec = value.get("spec");
        YamlValue inside = value.get("config") != null ? value.get("config") : spec == null ? null : spec.get("config");
        YamlValue holder = inside == null ? value : inside;
        Map<String, String> config = new HashMap<>();
        if (holder instanceof Mapping mapping) {
            mapping.entries().forEach((key, each) -> {
                if (each instanceof Scalar scalar) {
                    config.put(key, scalar.text());
                }
            });
        }
        String kind = spec == null ? null : spec.text("class");
        if (kind != null) {
            config.putIfAbsent(CLASS, kind);
        }
        return config.containsKey(CLASS)
                ? ofConfig(draft, config, SourceLocation.of(path, Math.max(1, holder.line())))
                : List.of();
    }

    private static List<Connector.Flow> ofConfig(ReadingDraft draft, Map<String, String> config, SourceLocation at) {
        Connector connector = Connector.of(config, at);
        if (connector == null) {
            return List.of();
        }
        draft.take(at.path());
        if (connector.problem() != null) {
            draft.problem(at, connector.problem());
        }
        return connector.flows();
    }
}
