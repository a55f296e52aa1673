package io.tailwater.lineage.project.kafka;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.project.bi.ReadingDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schema files of a repository. */
final class Schemas {
    private static final int MOST_FILES = 20_000;

    private Schemas() {}

    /** All records that schema files declare and no other record holds; what cannot be read is noted at its file. */
    static List<RecordSchema> of(ReadingDraft draft) {
        SourceTree files = draft.files();
        Map<String, YamlValue> avro = new LinkedHashMap<>();
        for (String path : limited(draft, files.paths(path -> SchemaFiles.isAvro(path) && !files.isTaken(path)))) {
            YamlValue root = json(draft, path, files.text(path));
            if (root != null) {
                avro.put(path, root);
            }
        }
        List<RecordSchema> schemas = new ArrayList<>(AvroSchemas.of(avro));
        schemas.addAll(protobuf(draft));
        for (String path : limited(draft, files.paths(path -> SchemaFiles.isJson(path) && !files.isTaken(path)))) {
            String text = files.text(path);
            if (text != null && text.contains("\"$schema\"") && text.contains("\"properties\"")) {
                YamlValue root = json(draft, path, text);
                RecordSchema schema = root == null ? null : JsonSchemas.of(path, root);
                if (schema != null) {
                    schemas.add(schema);
                }
            }
        }
        return schemas;
    }

    private static List<RecordSchema> protobuf(ReadingDraft draft) {
        SourceTree files = draft.files();
        Map<String, String> texts = new LinkedHashMap<>();
        for (String path : limited(draft, files.paths(path -> SchemaFiles.isProtobuf(path) && !files.isTaken(path)))) {
            String text = files.text(path);
            draft.take(path);
            if (text == null) {
                draft.problem(SourceLocation.of(path, 1), files.problem(path));
            } else {
                texts.put(path, text);
            }
        }
        Map<String, String> problems = new LinkedHashMap<>();
        List<RecordSchema> schemas = ProtobufMessages.of(texts, problems);
        problems.forEach((path, reason) -> draft.problem(SourceLocation.of(path, 1), reason));
        return schemas;
    }

    private static List<String> limited(ReadingDraft draft, List<String> paths) {
        if (paths.size() <= MOST_FILES) {
            return paths;
        }
        draft.problem(
                SourceLocation.of(paths.get(MOST_FILES), 1),
                "there are more schema files than the limit of " + MOST_FILES);
        return paths.subList(0, MOST_FILES);
    }

    /** The value of a JSON file; null, with the reason noted, if it is none. */
    private static @Nullable YamlValue json(ReadingDraft draft, String path, @Nullable String text) {
        draft.take(path);
        if (text == null) {
            draft.problem(SourceLocation.of(path, 1), draft.files().problem(path));
            return null;
        }
        // JSON is YAML but for tabs, which it may only have between values
        return switch (YamlReader.read(text.replace('\t', ' '))) {
            case YamlOutcome.Read read -> read.root();
            case YamlOutcome.Failed failed -> {
                draft.problem(SourceLocation.of(path, Math.max(1, failed.line())), failed.reason());
                yield null;
            }
        };
    }
}
