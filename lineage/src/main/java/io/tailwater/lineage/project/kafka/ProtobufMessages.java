package io.tailwater.lineage.project.kafka;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages of Protocol Buffers (https://protobuf.dev/reference/protobuf/proto3-spec/). A message that is a field of another one, or that a service takes or
 * gives, is no schema of its own.
 */
final class ProtobufMessages {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|//[^\\n]*|/\\*(?s:.*?)\\*/|\"[^\"\\n]*\"|'[^'\\n]*'" + "|[A-Za-z_.][\\w.]*|\\d[\\w.+-]*|.");
    private static final int MOST_TOKENS = 500_000;
    private static final int DEEPEST = 40;

    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Set<String> held = new HashSet<>();

    private record Token(String text, int line) {}

    private record Field(String name, String type, boolean repeated, int line) {}

    private record Message(String name, String path, int line, List<Field> fields) {}

    /** A file that is no protocol file, or too large a one. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String reason) {
            super(reason);
        }
    }

    /** The messages of all files that nothing else holds; files that cannot be read go to {@code problems} by path. */
    static List<RecordSchema> of(Map<String, String> files, Map<String, String> problems) {
        ProtobufMessages read = new ProtobufMessages();
        files.forEach((path, text) -> {
            try {
                read.new File(path, tokens(text)).read();
            } catch (Unreadable e) {
                problems.put(path, String.valueOf(e.getMessage()));
            }
        });
        List<RecordSchema> schemas = new ArrayList<>();
        read.messages.forEach((name, message) -> {
            if (!read.held.contains(name) && !message.fields().isEmpty()) {
                schemas.add(new RecordSchema(
                        name,
                        SourceLocation.of(message.path(), message.line()),
                        read.fields(message, Set.of(name), new RecordSchema.Budget())));
            }
        });
        return schemas;
    }

    private List<RecordSchema.Field> fields(Message message, Set<String> inside, RecordSchema.Budget budget) {
        List<RecordSchema.Field> fields = new ArrayList<>();
        for (Field field : message.fields()) {
            if (!budget.takes()) {
                return fields;
            }
            String full = resolve(field.type(), message.name());
            Message inner = messages.get(full);
            List<RecordSchema.Field> within = List.of();
            if (inner != null && !inside.contains(full) && inside.size() < RecordSchema.DEEPEST) {
                Set<String> deeper = new HashSet<>(inside);
                deeper.add(full);
                within = fields(inner, deeper, budget);
            }
            String type = inner == null ? field.type() : "message";
            fields.add(new RecordSchema.Field(
                    field.name(),
                    field.repeated() ? "array<" + type + ">" : type,
                    SourceLocation.of(message.path(), field.line()),
                    within));
        }
        return fields;
    }

    /** The message that a name means inside another message: looked for from the inside out. */
    private String resolve(String type, String from) {
        if (type.startsWith(".")) {
            return type.substring(1);
        }
        String scope = from;
        while (true) {
            String candidate = scope.isEmpty() ? type : scope + "." + type;
            if (scope.isEmpty() || messages.containsKey(candidate)) {
                return candidate;
            }
            scope = scope.substring(0, Math.max(0, scope.lastIndexOf('.')));
        }
    }

    private static List<Token> tokens(String text) throws Unreadable {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int line = 1;
        while (matcher.find()) {
            String token = matcher.group();
            boolean blank = Character.isWhitespace(token.charAt(0)) || token.startsWith("//") || token.startsWith("/*");
            if (!blank) {
                tokens.add(new Token(token, line));
            }
            line += (int) token.chars().filter(c -> c == '\n').count();
            if (tokens.size() > MOST_TOKENS) {
                throw new Unreadable("the file has more than " + MOST_TOKENS + " words");
            }
        }
        return tokens;
    }

    /** One file while it is read. */
    private final class File {
        private final String path;
        private final List<Token> tokens;
        private int at;
        private String scope = "";

        File(String path, List<Token> tokens) {
            this.path = path;
            this.tokens = tokens;
        }

        void read() throws Unreadable {
            List<Message> found = new ArrayList<>();
            while (at < tokens.size()) {
                String word = next().text();
                switch (word) {
                    case "package" -> {
                        scope = next().text();
                        skipStatement();
                    }
                    case "message" -> message(scope, found, 0);
                    case "service" -> service();
                    case "enum", "extend" -> skipStatement();
                    case ";" -> {}
                    default -> skipStatement();
                }
            }
            found.forEach(message -> messages.putIfAbsent(message.name(), message));
            for (Message message : found) {
                message.fields().forEach(field -> {
                    String type = resolve(field.type(), message.name());
                    if (!type.equals(message.name())) {
                        held.add(type);
                    }
                });
            }
        }

        private void message(String around, List<Message> found, int depth) throws Unreadable {
            if (depth > DEEPEST) {
                throw new Unreadable("messages are nested deeper than " + DEEPEST);
            }
            Token name = next();
            String full = around.isEmpty() ? name.text() : around + "." + name.text();
            List<Field> fields = new ArrayList<>();
            expect("{");
            body(full, fields, found, depth);
            found.add(new Message(full, path, name.line(), fields));
            if (depth > 0) {
                held.add(full);
            }
        }

        private void body(String full, List<Field> fields, List<Message> found, int depth) throws Unreadable {
            if (depth > DEEPEST) {
                throw new Unreadable("blocks are nested deeper than " + DEEPEST);
            }
            while (!peek().equals("}")) {
                Token word = next();
                switch (word.text()) {
                    case "message" -> message(full, found, depth + 1);
                    case "oneof" -> {
                        next();
                        expect("{");
                        body(full, fields, found, depth + 1);
                    }
                    case "enum", "option", "reserved", "extensions", "extend" -> skipStatement();
                    case ";" -> {}
                    default -> field(word, fields);
                }
            }
            expect("}");
        }

        private void field(Token first, List<Field> fields) throws Unreadable {
            Token type = first;
            boolean repeated = type.text().equals("repeated");
            if (repeated || type.text().equals("optional") || type.text().equals("required")) {
                type = next();
            }
            String written = type.text();
            if (written.equals("group")) {
                throw new Unreadable("groups are not read");
            }
            if (written.equals("map") && peek().equals("<")) {
                StringBuilder map = new StringBuilder("map");
                while (!peek().equals(">")) {
                    map.append(next().text());
                }
                written = map.append(next().text()).toString();
            }
            Token name = next();
            fields.add(new Field(name.text(), written, repeated, name.line()));
            skipStatement();
        }

        /** Names of messages that calls take or give: parts of an interface, not of a topic. */
        private void service() throws Unreadable {
            next();
            expect("{");
            int depth = 1;
            while (depth > 0) {
                String word = next().text();
                if (word.equals("{")) {
                    depth++;
                } else if (word.equals("}")) {
                    depth--;
                } else if (word.equals("(")) {
                    String type = next().text();
                    type = type.equals("stream") ? next().text() : type;
                    held.add(type.startsWith(".") ? type.substring(1) : type);
                    held.add(scope.isEmpty() ? type : scope + "." + type);
                }
            }
        }

        /** To the end of a statement: a semicolon, or the block it has. */
        private void skipStatement() throws Unreadable {
            int depth = 0;
            while (at < tokens.size()) {
                String word = next().text();
                if (word.equals("{")) {
                    depth++;
                } else if (word.equals("}") && --depth <= 0) {
                    return;
                } else if (word.equals(";") && depth == 0) {
                    return;
                }
            }
        }

        private String peek() throws Unreadable {
            if (at >= tokens.size()) {
                throw new Unreadable("a block is not closed");
            }
            return tokens.get(at).text();
        }

        private Token next() throws Unreadable {
            peek();
            return tokens.get(at++);
        }

        private void expect(String text) throws Unreadable {
            Token token = next();
            if (!token.text().equals(text)) {
                throw new Unreadable("expected " + text + " in line " + token.line());
            }
        }
    }
}
