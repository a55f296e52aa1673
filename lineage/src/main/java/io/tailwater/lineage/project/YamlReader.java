package io.tailwater.lineage.project;

import io.tailwater.lineage.project.YamlValue.ScalarKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML into plain values with lines, under limits of size, depth and number of values, aliases unfolded. */
public final class YamlReader {
    private static final int MOST_CHARACTERS = 4_000_000;
    private static final int MOST_VALUES = 400_000;
    private static final int DEEPEST = 60;

    private int values;

    private YamlReader() {}

    /** Reads the first document of a text. */
    public static YamlOutcome read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return new YamlOutcome.Failed("the file is longer than " + MOST_CHARACTERS + " characters", 1);
        }
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MOST_CHARACTERS)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(1_000)
                .setSchema(new CoreSchema())
                .build();
        try {
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromString(text).iterator();
            return new YamlOutcome.Read(documents.hasNext() ? new YamlReader().value(documents.next(), 0) : null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            return new YamlOutcome.Failed("this is not YAML: " + e.getProblem(), line);
        } catch (YamlEngineException | TooLarge e) {
            return new YamlOutcome.Failed("this is not YAML: " + e.getMessage(), 1);
        } catch (StackOverflowError e) {
            return new YamlOutcome.Failed("the YAML is nested too deeply", 1);
        }
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge(String message) {
            super(message, null, false, false);
        }
    }

    private YamlValue value(Node node, int depth) {
        if (depth > DEEPEST) {
            throw new TooLarge("nested deeper than " + DEEPEST);
        }
        if (++values > MOST_VALUES) {
            throw new TooLarge("more than " + MOST_VALUES + " values");
        }
        int line = line(node);
        if (node instanceof ScalarNode scalar) {
            return new YamlValue.Scalar(scalar.getValue(), kind(scalar.getTag()), line);
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlValue> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(item, depth + 1));
            }
            return new YamlValue.Sequence(items, line);
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, line, depth);
        }
        throw new TooLarge("an alias that stands for nothing");
    }

    private YamlValue mapping(MappingNode mapping, int line, int depth) {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                continue;
            }
            YamlValue value = value(tuple.getValueNode(), depth + 1);
            if (key.getValue().equals("<<")) {
                merge(value, entries, lines);
            } else {
                entries.put(key.getValue(), value);
                lines.put(key.getValue(), line(key));
            }
        }
        return new YamlValue.Mapping(entries, lines, line);
    }

    private static void merge(YamlValue merged, Map<String, YamlValue> entries, Map<String, Integer> lines) {
        List<YamlValue> sources = merged instanceof YamlValue.Sequence sequence ? sequence.items() : List.of(merged);
        for (YamlValue source : sources) {
            if (source instanceof YamlValue.Mapping mapping) {
                mapping.entries().forEach(entries::putIfAbsent);
                mapping.keyLines().forEach(lines::putIfAbsent);
            }
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static ScalarKind kind(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return ScalarKind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return ScalarKind.REAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return ScalarKind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? ScalarKind.NULL : ScalarKind.TEXT;
    }
}
