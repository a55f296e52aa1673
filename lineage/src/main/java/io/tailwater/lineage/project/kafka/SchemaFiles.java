package io.tailwater.lineage.project.kafka;

import java.util.Locale;
import java.util.Set;

/** Which files hold schemas of topics, by their paths. */
final class SchemaFiles {
    /** Folders whose JSON files with {@code $schema} describe what is sent, not what configures a program. */
    private static final Set<String> FOLDERS =
            Set.of("schemas", "schema", "topics", "subjects", "events", "messages", "kafka", "avro", "json-schema");

    private static final Set<String> TESTS =
            Set.of("test", "tests", "testdata", "fixtures", "node_modules", "examples");

    private SchemaFiles() {}

    static boolean isAvro(String path) {
        return path.endsWith(".avsc") && !isOfTests(path) && !isOfKeys(path);
    }

    static boolean isProtobuf(String path) {
        return path.endsWith(".proto") && !isOfTests(path) && !isOfKeys(path) && !path.contains("google/protobuf/");
    }

    static boolean isJson(String path) {
        if (!path.endsWith(".json") || isOfTests(path) || isOfKeys(path)) {
            return false;
        }
        for (String folder : path.toLowerCase(Locale.ROOT).split("/")) {
            if (FOLDERS.contains(folder)) {
                return true;
            }
        }
        return false;
    }

    /** The name of a file without its endings, and without what subjects add to the topic's name. */
    static String stem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String stem = name.replaceFirst("(?:\\.schema)?\\.(?:avsc|proto|json)$", "");
        return stem.endsWith("-value") ? stem.substring(0, stem.length() - "-value".length()) : stem;
    }

    /** Whether the file is named after a subject of values, and so after a topic. */
    static boolean isNamedAfterTopic(String path) {
        return path.matches(".*-value(?:\\.schema)?\\.(?:avsc|proto|json)");
    }

    private static boolean isOfKeys(String path) {
        return path.matches(".*-key(?:\\.schema)?\\.(?:avsc|proto|json)");
    }

    private static boolean isOfTests(String path) {
        for (String folder : path.toLowerCase(Locale.ROOT).split("/")) {
            if (TESTS.contains(folder)) {
                return true;
            }
        }
        return false;
    }
}
