package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What files beside a query say about its table: columns in the form of BigQuery's table schema
 * (https://cloud.google.com/bigquery/docs/schemas), as YAML or JSON, and owners.
 *
 * @param columns columns by name, in order; empty where none are declared
 * @param fields types of the fields inside structures by their dotted path
 * @param owners people or teams
 * @param paths the files
 * @param problems what is wrong in them
 */
record SchemaFile(
        Map<String, TableState.DeclaredColumn> columns,
        Map<String, String> fields,
        List<String> owners,
        List<String> paths,
        List<Unresolved> problems) {
    private static final List<String> SCHEMAS = List.of("schema.yaml", "schema.yml", "schema.json");
    private static final List<String> DESCRIPTIONS = List.of("metadata.yaml", "metadata.yml");
    private static final String STRUCT = "struct";
    private static final int DEEPEST = 15;
    private static final int MOST_FIELDS = 20_000;

    /** A type without the fields inside it, which are compared one by one. */
    static String withoutFields(String type) {
        int inside = type.indexOf(STRUCT + "<");
        return inside < 0 ? type : type.substring(0, inside) + STRUCT + (inside > 0 ? ">" : "");
    }

    /** Whether a folder holds a file that describes a table. */
    static boolean isIn(SourceTree files, String folder) {
        return hasSchema(files, folder) || DESCRIPTIONS.stream().anyMatch(name -> files.has(folder + "/" + name));
    }

    /** Whether a folder holds a file that declares columns. */
    static boolean hasSchema(SourceTree files, String folder) {
        return SCHEMAS.stream().anyMatch(name -> files.has(folder + "/" + name));
    }

    /** Whether a file of that name may declare the columns of the folder's table. */
    static boolean isSchema(String path) {
        return SCHEMAS.contains(path.substring(path.lastIndexOf('/') + 1));
    }

    /** What the folder's files say; null if there are none. */
    static @Nullable SchemaFile of(SourceTree files, String folder) {
        if (!isIn(files, folder)) {
            return null;
        }
        Reading reading = new Reading();
        for (String name : SCHEMAS) {
            YamlValue root = reading.open(files, folder + "/" + name);
            if (root != null && reading.columns.isEmpty()) {
                reading.readColumns(root, folder + "/" + name);
            }
        }
        for (String name : DESCRIPTIONS) {
            YamlValue root = reading.open(files, folder + "/" + name);
            if (root != null) {
                reading.owners.addAll(root.texts("owners"));
                reading.owners.addAll(root.texts("owner"));
            }
        }
        return new SchemaFile(
                reading.columns, reading.fields, List.copyOf(reading.owners), reading.paths, reading.problems);
    }

    private static final class Reading {
        final Map<String, TableState.DeclaredColumn> columns = new LinkedHashMap<>();
        final Map<String, String> fields = new TreeMap<>();
        final Set<String> owners = new LinkedHashSet<>();
        final List<String> paths = new ArrayList<>();
        final List<Unresolved> problems = new ArrayList<>();
        int read;

        @Nullable
        YamlValue open(SourceTree files, String path) {
            if (!files.has(path)) {
                return null;
            }
            paths.add(path);
            String text = files.text(path);
            if (text == null) {
                problems.add(new Unresolved(SourceLocation.of(path, 1), files.problem(path), null, null));
                return null;
            }
            return switch (YamlReader.read(text)) {
                case YamlOutcome.Read outcome -> outcome.root();
                case YamlOutcome.Failed failed -> {
                    problems.add(new Unresolved(
                            SourceLocation.of(path, Math.max(1, failed.line())), failed.reason(), null, null));
                    yield null;
                }
            };
        }

        void readColumns(YamlValue root, String path) {
            for (YamlValue field : fieldsOf(root)) {
                String name = field.text("name");
                if (name != null) {
                    String column = name.toLowerCase(Locale.ROOT);
                    columns.put(
                            column,
                            new TableState.DeclaredColumn(
                                    column, fullType(field, 0), SourceLocation.of(path, Math.max(1, field.line()))));
                    readFields(field, column, 0);
                }
            }
        }

        private void readFields(YamlValue parent, String prefix, int depth) {
            for (YamlValue field : parent.items("fields")) {
                String name = field.text("name");
                if (name != null && depth < DEEPEST && read++ < MOST_FIELDS) {
                    String inner = prefix + "." + name.toLowerCase(Locale.ROOT);
                    fields.put(inner, type(field));
                    readFields(field, inner, depth + 1);
                }
            }
        }

        private static List<YamlValue> fieldsOf(YamlValue root) {
            if (root instanceof YamlValue.Sequence sequence) {
                return sequence.items();
            }
            YamlValue schema = root.get("schema");
            for (YamlValue holder : schema == null ? List.of(root) : List.of(root, schema)) {
                List<YamlValue> found =
                        holder.items("fields").isEmpty() ? holder.items("columns") : holder.items("fields");
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return schema instanceof YamlValue.Sequence sequence ? sequence.items() : List.of();
        }

        /** The type with the fields inside, as SQL would write it. */
        private static String fullType(YamlValue field, int depth) {
            String type = type(field);
            if (!type.contains(STRUCT)
                    || depth >= DEEPEST
                    || field.items("fields").isEmpty()) {
                return type;
            }
            List<String> inside = new ArrayList<>();
            for (YamlValue inner : field.items("fields")) {
                String name = inner.text("name");
                if (name != null && inside.size() < MOST_FIELDS) {
                    inside.add("`" + name + "` " + fullType(inner, depth + 1));
                }
            }
            return type.replace(STRUCT, STRUCT + "<" + String.join(", ", inside) + ">");
        }

        /** The type in one spelling: both names that BigQuery has for a type are the same type. */
        private static String type(YamlValue field) {
            String written = field.text("type");
            String type = written == null ? "" : written.toLowerCase(Locale.ROOT);
            String usual = switch (type) {
                case "integer", "int", "smallint", "bigint", "tinyint", "byteint" -> "int64";
                case "float" -> "float64";
                case "boolean" -> "bool";
                case "record" -> STRUCT;
                case "decimal" -> "numeric";
                default -> type;
            };
            return "repeated".equalsIgnoreCase(field.text("mode")) ? "array<" + usual + ">" : usual;
        }
    }
}
