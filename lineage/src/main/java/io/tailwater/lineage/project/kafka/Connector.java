package io.tailwater.lineage.project.kafka;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a connector of Kafka Connect moves between topics and tables.
 *
 * @param flows topics and tables, one by one
 * @param problem why some of it is not known; null if all is
 */
record Connector(List<Flow> flows, @Nullable String problem) {
    private static final int MOST_TOPICS = 2_000;

    /**
     * One topic and one table.
     *
     * @param topic the topic
     * @param table the table, as far as its name is told
     * @param sink whether the table is filled from the topic, and not the other way round
     * @param at the connector's configuration
     * @param fields names of columns by the fields they come from, where they differ
     * @param without fields that do not pass
     * @param folded whether all fields arrive in one column
     */
    record Flow(
            String topic,
            String table,
            boolean sink,
            SourceLocation at,
            Map<String, String> fields,
            Set<String> without,
            boolean folded) {}

    Connector {
        flows = List.copyOf(flows);
    }

    /** What a configuration says; null if it is of no connector that moves between topics and tables. */
    static @Nullable Connector of(Map<String, String> config, SourceLocation at) {
        String kind = config.getOrDefault("connector.class", "").toLowerCase(Locale.ROOT);
        boolean jdbc = kind.contains("jdbc")
                || kind.contains("postgres")
                || kind.contains("mysql")
                || kind.contains("sqlserver")
                || kind.contains("oracle");
        if (kind.contains("sink") && (jdbc || kind.contains("bigquery") || kind.contains("snowflake"))) {
            return sink(config, kind, at);
        }
        if (kind.contains("debezium") || kind.contains("cdcsource")) {
            return changes(config, kind, at);
        }
        return jdbc && kind.contains("source") ? source(config, at) : null;
    }

    private static Connector sink(Map<String, String> config, String kind, SourceLocation at) {
        Passing passing = Passing.of(config);
        if (passing.problem() != null) {
            return new Connector(List.of(), passing.problem());
        }
        if (config.containsKey("topics.regex")) {
            return new Connector(List.of(), "which topics match topics.regex is known only when the connector runs");
        }
        boolean snowflake = kind.contains("snowflake");
        boolean bigquery = kind.contains("bigquery");
        Map<String, String> tables =
                pairs(config.getOrDefault("topic2TableMap", config.getOrDefault("snowflake.topic2table.map", "")));
        boolean folded = snowflake && !"true".equalsIgnoreCase(config.get("snowflake.enable.schematization"));
        List<Flow> flows = new ArrayList<>();
        for (String topic : list(config.get("topics"))) {
            String table = tables.get(topic);
            if (table == null) {
                table = bigquery || snowflake
                        ? topic.replaceAll("[^A-Za-z0-9_]", "_")
                        : config.getOrDefault("table.name.format", "${topic}").replace("${topic}", topic);
            }
            String name = bigquery
                    ? qualified(table, config.get("defaultDataset"), config.get("project"))
                    : snowflake
                            ? qualified(
                                            table,
                                            config.get("snowflake.schema.name"),
                                            config.get("snowflake.database.name"))
                                    .toLowerCase(Locale.ROOT)
                            : table;
            flows.add(new Flow(topic, name, true, at, passing.renamed(), passing.without(), folded));
        }
        return new Connector(flows, null);
    }

    private static Connector source(Map<String, String> config, SourceLocation at) {
        Passing passing = Passing.of(config);
        String prefix = config.getOrDefault("topic.prefix", "");
        List<String> tables = list(config.getOrDefault("table.whitelist", config.get("table.include.list")));
        if (passing.problem() != null || tables.isEmpty()) {
            String unknown = "which tables the connector reads is known only when it runs";
            return new Connector(List.of(), passing.problem() != null ? passing.problem() : unknown);
        }
        return new Connector(
                tables.stream()
                        .map(table -> new Flow(
                                prefix + table.substring(table.lastIndexOf('.') + 1),
                                table,
                                false,
                                at,
                                passing.renamed(),
                                passing.without(),
                                false))
                        .toList(),
                null);
    }

    /** Change data capture: topics are called {@code prefix.schema.table}. */
    private static Connector changes(Map<String, String> config, String kind, SourceLocation at) {
        Passing passing = Passing.of(config);
        if (passing.problem() != null) {
            return new Connector(List.of(), passing.problem());
        }
        String prefix = config.getOrDefault("topic.prefix", config.get("database.server.name"));
        List<String> databases = list(config.get("database.names"));
        String database = kind.contains("sqlserver") && databases.size() == 1 ? databases.getFirst() + "." : "";
        List<Flow> flows = new ArrayList<>();
        String problem = prefix == null ? "the connector has no topic.prefix" : null;
        for (String written : list(config.getOrDefault("table.include.list", config.get("table.whitelist")))) {
            String table = written.replace("\\.", ".");
            if (!table.matches("[\\w.$-]+")) {
                problem = "which tables match " + table + " is known only when the connector runs";
            } else if (prefix != null) {
                flows.add(new Flow(
                        prefix + "." + database + table,
                        table,
                        false,
                        at,
                        passing.renamed(),
                        passing.without(),
                        false));
            }
        }
        if (flows.isEmpty() && problem == null) {
            problem = "which tables the connector reads is known only when it runs";
        }
        return new Connector(flows, problem);
    }

    /** What single message transforms let pass under which name. */
    private record Passing(
            Map<String, String> renamed,
            Set<String> without,
            @Nullable String problem) {
        static Passing of(Map<String, String> config) {
            Map<String, String> renamed = new HashMap<>();
            Set<String> without = new HashSet<>();
            for (String name : list(config.get("transforms"))) {
                String prefix = "transforms." + name + ".";
                String type = config.getOrDefault(prefix + "type", "");
                if (type.contains("ReplaceField$Value")) {
                    without.addAll(list(config.getOrDefault(prefix + "exclude", config.get(prefix + "blacklist"))));
                    renamed.putAll(pairs(config.getOrDefault(prefix + "renames", "")));
                    if (config.containsKey(prefix + "include") || config.containsKey(prefix + "whitelist")) {
                        return new Passing(
                                Map.of(), Set.of(), "a transform keeps named fields only; that is not followed");
                    }
                } else if (type.contains("Router") || type.contains("Flatten") || type.contains("ExtractField")) {
                    return new Passing(
                            Map.of(), Set.of(), "the transform " + type.replaceAll(".*\\.", "") + " is not followed");
                }
            }
            return new Passing(renamed, without, null);
        }
    }

    private static String qualified(String table, @Nullable String schema, @Nullable String database) {
        if (table.indexOf('.') >= 0 || schema == null) {
            return table;
        }
        return (database == null ? "" : database + ".") + schema + "." + table;
    }

    private static List<String> list(@Nullable String written) {
        List<String> items = new ArrayList<>();
        for (String item : written == null ? new String[0] : written.split(",")) {
            if (!item.isBlank() && items.size() < MOST_TOPICS) {
                items.add(item.strip());
            }
        }
        return items;
    }

    private static Map<String, String> pairs(String written) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : list(written)) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                pairs.put(
                        pair.substring(0, colon).strip(),
                        pair.substring(colon + 1).strip());
            }
        }
        return pairs;
    }
}
