package io.tailwater.lineage.project.liquibase;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.XmlElement;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A changelog: its elements in order (https://docs.liquibase.com/concepts/changelogs/home.html).
 *
 * @param entries change sets, includes, properties
 * @param problem why it cannot be read; null if it was
 */
record ChangeLog(String path, List<Node> entries, @Nullable Unresolved problem) {
    /** What the element of a change set of formatted SQL is called that holds the statements. */
    static final String WRITTEN_SQL = "written-sql";

    private static final Pattern FORMATTED =
            Pattern.compile("(?i)\\A\\s*(?:--|/\\*)\\s*liquibase\\s+formatted\\s+sql\\b");
    private static final Pattern CHANGE_SET = Pattern.compile("(?i)\\s*--\\s*changeset\\s+(.*)");
    private static final Pattern INCLUDE = Pattern.compile("(?i)\\s*--\\s*include(all)?\\s+(.*)");
    private static final Pattern PROPERTY = Pattern.compile("(?i)\\s*--\\s*property\\s+(.*)");
    private static final Pattern CONDITIONS = Pattern.compile("(?i)\\s*--\\s*preconditions?\\s+(.*)");
    private static final Pattern IGNORED = Pattern.compile("(?i)\\s*--\\s*ignorelines:\\s*(start|end|\\d{1,6})\\s*");
    private static final Pattern SETTING = Pattern.compile("([\\w-]+):(\"[^\"]*\"|'[^']*'|\\S+)");
    private static final Pattern ROOT =
            Pattern.compile("[\"']?databaseChangeLog[\"']?\\s*:|<(?:\\w+:)?databaseChangeLog\\b");

    /** Whether a text is a changelog. */
    static boolean is(String path, String text) {
        return path.endsWith(".sql")
                ? FORMATTED.matcher(text).find()
                : text.contains("databaseChangeLog") && ROOT.matcher(text).find();
    }

    static ChangeLog read(String path, String text) {
        if (path.endsWith(".sql")) {
            return new ChangeLog(path, FORMATTED.matcher(text).find() ? formatted(text) : plain(text), null);
        }
        if (path.endsWith(".xml")) {
            XmlElement.Parsed parsed = XmlElement.read(text);
            XmlElement root = parsed.root();
            return root == null
                    ? failed(path, parsed.line(), parsed.problem())
                    : new ChangeLog(path, root.children().stream().map(Node::of).toList(), null);
        }
        return switch (YamlReader.read(text)) {
            case YamlOutcome.Failed failed -> failed(path, failed.line(), failed.reason());
            case YamlOutcome.Read read -> {
                YamlValue all = read.root() == null ? null : read.root().get("databaseChangeLog");
                yield all == null
                        ? failed(path, 1, "the changelog has no databaseChangeLog")
                        : new ChangeLog(
                                path,
                                Node.of("databaseChangeLog", all, all.line()).children(),
                                null);
            }
        };
    }

    private static ChangeLog failed(String path, int line, String reason) {
        return new ChangeLog(path, List.of(), new Unresolved(SourceLocation.of(path, line), reason, null, null));
    }

    /** A file of SQL without notes is one change set. */
    private static List<Node> plain(String text) {
        return List.of(changeSet(Map.of("id", "raw"), List.of(), text, 1, 1));
    }

    private static Node changeSet(
            Map<String, String> settings, List<Node> conditions, String sql, int line, int first) {
        List<Node> children = new ArrayList<>(conditions);
        children.add(new Node(WRITTEN_SQL, settings, List.of(), sql, line, first));
        return new Node("changeSet", settings, children, "", line, line);
    }

    private static List<Node> formatted(String text) {
        List<Node> entries = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        Map<String, String> settings = null;
        List<Node> conditions = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        int start = 1;
        int ignored = 0;
        for (int i = 0; i <= lines.length; i++) {
            String line = i < lines.length ? lines[i] : "";
            Matcher changeSet = CHANGE_SET.matcher(line);
            boolean begins = changeSet.matches();
            if ((begins || i == lines.length) && settings != null) {
                entries.add(changeSet(settings, conditions, sql.toString(), start, start));
                settings = null;
            }
            if (i == lines.length) {
                break;
            }
            Matcher lines2 = IGNORED.matcher(line);
            if (lines2.matches()) {
                String count = lines2.group(1);
                ignored = count.equalsIgnoreCase("start")
                        ? Integer.MAX_VALUE
                        : count.equalsIgnoreCase("end") ? 0 : Integer.parseInt(count);
                sql.append('\n');
            } else if (ignored > 0) {
                ignored -= ignored == Integer.MAX_VALUE ? 0 : 1;
                sql.append('\n');
            } else if (begins) {
                settings = settings(changeSet.group(1));
                conditions = new ArrayList<>();
                sql.setLength(0);
                sql.append('\n');
                start = i + 1;
            } else {
                other(line, i + 1, settings == null, conditions, entries);
                sql.append(line).append('\n');
            }
        }
        return entries;
    }

    private static void other(String line, int number, boolean outside, List<Node> conditions, List<Node> entries) {
        Matcher property = PROPERTY.matcher(line);
        Matcher include = INCLUDE.matcher(line);
        Matcher condition = CONDITIONS.matcher(line);
        if (property.matches()) {
            entries.add(new Node("property", settings(property.group(1)), List.of(), "", number, number));
        } else if (include.matches() && outside) {
            String name = include.group(1) == null ? "include" : "includeAll";
            entries.add(new Node(name, settings(include.group(2)), List.of(), "", number, number));
        } else if (condition.matches()) {
            // what is asked stands in SQL, so whether it holds shows only in a run
            Node asked = new Node("sqlCheck", Map.of(), List.of(), "", number, number);
            conditions.add(new Node("preConditions", settings(condition.group(1)), List.of(asked), "", number, number));
        }
    }

    private static Map<String, String> settings(String words) {
        Map<String, String> settings = new LinkedHashMap<>();
        Matcher setting = SETTING.matcher(words);
        while (setting.find()) {
            String value = setting.group(2);
            boolean quoted = value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"));
            settings.put(setting.group(1), quoted ? value.substring(1, value.length() - 1) : value);
        }
        return settings;
    }
}
