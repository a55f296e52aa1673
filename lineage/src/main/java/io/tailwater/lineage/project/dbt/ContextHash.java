package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.LineOrigins;
import io.tailwater.lineage.graph.SourceLocation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the extraction of a node depends on besides its file, as one hash. */
final class ContextHash {
    /** To be raised whenever the same input gives another result. */
    private static final String RULES = "4";

    private ContextHash() {}

    static String of(
            Node node,
            NodeRenderer.Rendering rendering,
            Definition definition,
            List<String> owners,
            UnaryOperator<String> signatures,
            String proofs) {
        MessageDigest digest = sha256();
        add(digest, RULES);
        add(digest, node.id);
        add(digest, node.path + ":" + node.line);
        add(digest, node.database + "." + node.schema + "." + node.identifier());
        add(digest, String.valueOf(node.config));
        add(digest, node.declared == null ? "" : node.declared.yaml().toString());
        add(digest, definition.dialect());
        add(digest, definition.settings().toString());
        add(digest, owners.toString());
        add(digest, node.hooks.toString());
        add(digest, node.version == null ? "" : node.version.toString());
        definition.queries().forEach(query -> {
            add(digest, query.sql());
            add(digest, places(query.lines()));
        });
        rendering.notes().forEach(note -> add(digest, note.reason() + note.origin()));
        rendering.queries().forEach(query -> query.gaps().forEach(gap -> add(digest, gap.toString())));
        node.references.forEach(id -> add(digest, signatures.apply(id)));
        add(digest, proofs);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The places of all lines, each path once: thousands of lines come from few files. */
    private static String places(LineOrigins lines) {
        Map<String, Integer> paths = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (LineOrigins.Run run : lines.runs()) {
            text.append(run.start()).append(run.advancing() ? '+' : '=');
            for (SourceLocation at = run.origin(); at != null; at = at.through()) {
                Integer known = paths.putIfAbsent(at.path(), paths.size());
                if (known == null) {
                    text.append(at.path().length()).append('"').append(at.path());
                } else {
                    text.append(known);
                }
                text.append(':').append(at.line()).append('<');
            }
        }
        return text.toString();
    }

    /** Of texts in their order. */
    static String of(List<String> texts) {
        MessageDigest digest = sha256();
        texts.forEach(text -> add(digest, text));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
