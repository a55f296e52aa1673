package io.tailwater.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the records of the {@code _schemas} topic add up to. Not safe for several threads; its owner locks. */
final class SchemaState {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaState.class);

    private final SortedMap<String, TreeMap<Integer, Version>> subjects = new TreeMap<>();
    private final Map<Integer, String> schemasById = new HashMap<>();
    private final Map<String, Integer> idsBySchema = new HashMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private Compatibility globalLevel = Compatibility.BACKWARD;
    private int highestId;

    /**
     * One schema under one subject.
     *
     * @param deleted whether it was deleted softly: ids still resolve, listings leave it out
     */
    record Version(String subject, int version, int id, String schema, boolean deleted) {

        /** The schema as Avro sees it. */
        Schema parsed() {
            return new Schema.Parser().parse(schema);
        }
    }

    /**
     * Takes one record of the topic. Kinds of records that mean nothing here are left alone; they stay in the topic.
     *
     * @param key the record's key
     * @param value the record's value, null for a tombstone
     */
    void apply(JsonNode key, @Nullable JsonNode value) {
        switch (key.path("keytype").asText()) {
            case "SCHEMA" -> applySchema(key, value);
            case "CONFIG" -> applyConfig(key, value);
            case "DELETE_SUBJECT" -> applyDeletedSubject(key, value);
            case "NOOP", "MODE" -> {}
            default -> LOG.info("leaving alone a record of kind {} in the schema topic", key.path("keytype"));
        }
    }

    private void applySchema(JsonNode key, @Nullable JsonNode value) {
        String subject = key.path("subject").asText();
        int number = key.path("version").asInt();
        if (value == null) {
            TreeMap<Integer, Version> versions = subjects.get(subject);
            if (versions != null) {
                versions.remove(number);
            }
            return;
        }
        String type = value.path("schemaType").asText("AVRO");
        String text = value.path("schema").asText();
        int id = value.path("id").asInt();
        highestId = Math.max(highestId, id);
        if (!"AVRO".equals(type)) {
            LOG.warn("schema {} of subject {} is of type {}, which is not served here", id, subject, type);
            return;
        }
        schemasById.put(id, text);
        idsBySchema.putIfAbsent(canonical(text), id);
        subjects.computeIfAbsent(subject, name -> new TreeMap<>())
                .put(
                        number,
                        new Version(
                                subject, number, id, text, value.path("deleted").asBoolean()));
    }

    private static String canonical(String text) {
        try {
            return new Schema.Parser().parse(text).toString();
        } catch (SchemaParseException e) {
            LOG.warn("a schema written by another registry cannot be parsed by this Avro: {}", e.getMessage());
            return text;
        }
    }

    private void applyConfig(JsonNode key, @Nullable JsonNode value) {
        Optional<Compatibility> level = value == null
                ? Optional.empty()
                : Compatibility.named(value.path("compatibilityLevel").asText());
        if (key.path("subject").isTextual()) {
            String subject = key.path("subject").asText();
            level.ifPresentOrElse(found -> levels.put(subject, found), () -> levels.remove(subject));
        } else {
            globalLevel = level.orElse(Compatibility.BACKWARD);
        }
    }

    private void applyDeletedSubject(JsonNode key, @Nullable JsonNode value) {
        if (value == null) {
            return;
        }
        int upTo = value.path("version").asInt();
        subjects.getOrDefault(key.path("subject").asText(), new TreeMap<>())
                .headMap(upTo, true)
                .replaceAll((number, found) ->
                        new Version(found.subject(), found.version(), found.id(), found.schema(), true));
    }

    /** Names of all subjects that have a version. */
    List<String> subjects() {
        return subjects.keySet().stream()
                .filter(subject -> !find(subject).isEmpty())
                .toList();
    }

    /** Versions of the subject, oldest first; none when it is unknown. */
    List<Version> find(String subject) {
        return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
                .filter(version -> !version.deleted())
                .toList();
    }

    /** Versions of the subject, oldest first. */
    List<Version> versions(String subject) {
        List<Version> versions = find(subject);
        if (versions.isEmpty()) {
            throw RegistryError.noSubject(subject);
        }
        return versions;
    }

    /** One version; the text is a number or "latest". */
    Version version(String subject, String version) {
        List<Version> versions = versions(subject);
        if ("latest".equals(version) || "-1".equals(version)) {
            return versions.getLast();
        }
        int number =
                number(version).filter(found -> found > 0).orElseThrow(() -> RegistryError.invalidVersion(version));
        return versions.stream()
                .filter(found -> found.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryError.noVersion(version));
    }

    /** Text of the schema with the id. */
    String schema(String id) {
        String schema = number(id).map(schemasById::get).orElse(null);
        if (schema == null) {
            throw RegistryError.noSchema(id);
        }
        return schema;
    }

    /** Every subject's version that carries the id. */
    List<Version> uses(String id) {
        schema(id);
        List<Version> uses = new ArrayList<>();
        for (String subject : subjects.keySet()) {
            find(subject).stream()
                    .filter(found -> String.valueOf(found.id()).equals(id))
                    .forEach(uses::add);
        }
        return uses;
    }

    /** The version that holds exactly this schema. */
    Optional<Version> holding(String subject, Schema schema) {
        return find(subject).stream()
                .filter(version -> version.parsed().toString().equals(schema.toString()))
                .findFirst();
    }

    /** The version to write for a schema that is new under the subject; a schema keeps its id across subjects. */
    Version next(String subject, Schema schema) {
        TreeMap<Integer, Version> all = subjects.getOrDefault(subject, new TreeMap<>());
        int number = all.isEmpty() ? 1 : all.lastKey() + 1;
        String text = schema.toString();
        return new Version(subject, number, idsBySchema.getOrDefault(text, highestId + 1), text, false);
    }

    /** The level that holds for every subject without its own. */
    Compatibility globalLevel() {
        return globalLevel;
    }

    /** The subject's own level, if it has one. */
    Optional<Compatibility> ownLevel(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    /** The level that holds for the subject. */
    Compatibility level(String subject) {
        return levels.getOrDefault(subject, globalLevel);
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
