package io.tailwater.lineage.project.prisma;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of Prisma's schema language (https://www.prisma.io/docs/orm/reference/prisma-schema-reference), as far as it tells
 * tables.
 */
final class PrismaSchema {
    private static final Pattern HEAD =
            Pattern.compile("(model|view|type|enum|datasource|generator)\\s+(\\w+)\\s*\\{\\s*(\\}?)");
    private static final Pattern FIELD = Pattern.compile(
            "(\\w+)\\s+(?:Unsupported\\(\\s*\"(?<raw>[^\"]*)\"\\s*\\)|(?<type>\\w+))(?<list>\\s*\\[\\s*\\])?\\??(?:\\s+(?<rest>@.*))?");
    private static final Pattern SETTING = Pattern.compile("(\\w+)\\s*=\\s*\"([^\"]*)\".*");

    /**
     * A block of fields.
     *
     * @param kind {@code model}, {@code view} or {@code type}
     * @param attributes what {@code @@} lines say
     */
    record Block(String kind, String name, SourceLocation at, List<Field> fields, List<String> attributes) {
        /** The argument of an attribute such as {@code @@map("name")}; null without it. */
        @Nullable
        String attribute(String attribute) {
            return attributes.stream()
                    .filter(each -> each.startsWith("@@" + attribute + "("))
                    .map(PrismaSchema::firstString)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A field; its type is a word of the language, another block, or what {@code Unsupported} says. */
    record Field(String name, String type, boolean raw, boolean list, String attributes, SourceLocation at) {
        /** What the column is called. */
        String column() {
            Matcher mapped = Pattern.compile("(?<![@\\w.])@map\\(([^)]*)\\)").matcher(attributes);
            String name = mapped.find() ? firstString(mapped.group(1)) : null;
            return name == null ? name() : name;
        }
    }

    final List<Block> blocks = new ArrayList<>();
    final List<String> enums = new ArrayList<>();
    final List<Unresolved> problems = new ArrayList<>();
    /** The provider of the data source; null where none is told. */
    @Nullable
    String provider;

    private final String path;

    private PrismaSchema(String path) {
        this.path = path;
    }

    static PrismaSchema read(String path, String text) {
        PrismaSchema schema = new PrismaSchema(path);
        schema.lines(text.split("\n", -1));
        return schema;
    }

    private void lines(String[] lines) {
        String kind = null;
        Block open = null;
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < lines.length; i++) {
            SourceLocation at = SourceLocation.of(path, i + 1);
            StringBuilder joined = new StringBuilder(withoutComment(lines[i]).strip());
            while (isOpen(joined) && i + 1 < lines.length && joined.length() < 20_000) {
                i++;
                joined.append(' ').append(withoutComment(lines[i]).strip());
            }
            String line = joined.toString();
            if (line.isEmpty()) {
                continue;
            }
            if (kind == null) {
                Matcher head = HEAD.matcher(line);
                if (!head.matches()) {
                    problem(at, "this is no block of a Prisma schema");
                    continue;
                }
                String name = head.group(2);
                open = new Block(head.group(1), name, at, new ArrayList<>(), new ArrayList<>());
                kind = head.group(3).isEmpty() ? head.group(1) : null;
                switch (head.group(1)) {
                    case "enum" -> enums.add(name);
                    case "model", "view", "type" -> blocks.add(open);
                    default -> settings.clear();
                }
            } else if (line.equals("}")) {
                provider = kind.equals("datasource") ? settings.getOrDefault("provider", provider) : provider;
                kind = null;
            } else if (kind.equals("datasource")) {
                Matcher setting = SETTING.matcher(line);
                if (setting.matches()) {
                    settings.put(setting.group(1), setting.group(2));
                }
            } else if (open != null && !kind.equals("enum") && !kind.equals("generator")) {
                field(open, line, at);
            }
        }
        if (kind != null) {
            problem(SourceLocation.of(path, lines.length), "the last block is not closed");
        }
    }

    private void field(Block block, String line, SourceLocation at) {
        Matcher field = FIELD.matcher(line);
        if (line.startsWith("@@")) {
            block.attributes().add(line.replaceAll("\\s+\\(", "("));
        } else if (field.matches()) {
            String raw = field.group("raw");
            String rest = field.group("rest");
            block.fields()
                    .add(new Field(
                            field.group(1),
                            raw == null ? field.group("type") : raw,
                            raw != null,
                            field.group("list") != null,
                            rest == null ? "" : rest,
                            at));
        } else {
            problem(at, "this field of " + block.name() + " cannot be read");
        }
    }

    private void problem(SourceLocation at, String reason) {
        problems.add(new Unresolved(at, reason, null, null));
    }

    /** Whether a bracket stands open. */
    private static boolean isOpen(CharSequence line) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '[')) {
                depth++;
            } else if (!quoted && (c == ')' || c == ']')) {
                depth--;
            }
        }
        return depth > 0;
    }

    private static String withoutComment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && line.startsWith("//", i)) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static @Nullable String firstString(String text) {
        int start = text.indexOf('"');
        int end = text.indexOf('"', start + 1);
        return start < 0 || end < 0 ? null : text.substring(start + 1, end);
    }
}
