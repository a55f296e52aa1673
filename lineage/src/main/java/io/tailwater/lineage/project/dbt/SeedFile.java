package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.sql.catalog.NameRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CSV file: the columns of its header, how many rows follow, and a hash over the values of each column. */
final class SeedFile {
    private static final int MOST_COLUMNS = 2_000;

    private final List<String> header = new ArrayList<>();
    private final List<MessageDigest> digests = new ArrayList<>();
    private int rows;

    private SeedFile() {}

    static SeedFile read(String text, @Nullable String delimiter) {
        SeedFile file = new SeedFile();
        char separator = delimiter == null || delimiter.isEmpty() ? ',' : delimiter.charAt(0);
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && c == '\n') {
                fields.add(field.toString());
                field.setLength(0);
                file.row(fields);
                fields.clear();
            } else if (!quoted && c == separator) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        if (!field.isEmpty() || !fields.isEmpty()) {
            fields.add(field.toString());
            file.row(fields);
        }
        return file;
    }

    private void row(List<String> fields) {
        if (fields.size() == 1 && fields.get(0).isBlank()) {
            return;
        }
        if (header.isEmpty()) {
            fields.stream().limit(MOST_COLUMNS).map(String::strip).forEach(name -> {
                header.add(name);
                digests.add(ContextHash.sha256());
            });
            return;
        }
        rows++;
        for (int i = 0; i < digests.size(); i++) {
            byte[] value = (i < fields.size() ? fields.get(i) : "").getBytes(StandardCharsets.UTF_8);
            digests.get(i).update((value.length + ":").getBytes(StandardCharsets.UTF_8));
            digests.get(i).update(value);
        }
    }

    List<Column> columns(String path, NameRules rules) {
        return header.stream()
                .filter(name -> !name.isEmpty())
                .map(name -> new Column(rules.column(name, false), null, SourceLocation.of(path, 1), List.of()))
                .toList();
    }

    /** What the file holds, in the form in which a definition keeps settings: {@code rows=} and {@code content.column=}. */
    List<String> settings(NameRules rules) {
        List<String> settings = new ArrayList<>();
        settings.add("rows=" + rows);
        for (int i = 0; i < header.size(); i++) {
            String hash = HexFormat.of().formatHex(digests.get(i).digest());
            settings.add("content." + rules.column(header.get(i), false) + "=" + hash.substring(0, 32));
        }
        return settings.stream().sorted().toList();
    }
}
