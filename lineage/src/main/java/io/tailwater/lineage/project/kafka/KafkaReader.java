package io.tailwater.lineage.project.kafka;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.bi.ReadingDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of topics as datasets with a column for each field, and what connectors fill from them or fill them from. A table that a connector fills is a dataset of
 * its own; where another reader makes the same table, {@code RelationLinks} joins the two.
 */
public final class KafkaReader implements ProjectReader {
    /** How ids begin of tables as connectors fill them. */
    public static final String FILLED = "connector.";

    /** How qualified names of topics begin, by which other repositories find them. */
    public static final String QUALIFIED = "topic:";

    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        ReadingDraft draft = new ReadingDraft(files);
        List<Connector.Flow> flows = new ArrayList<>(Connectors.of(draft));
        List<RecordSchema> schemas = Schemas.of(draft);
        for (RepositoryConfig.TopicRule rule : files.config().topics()) {
            if (rule.table() != null) {
                flows.add(new Connector.Flow(
                        rule.topic(),
                        rule.table(),
                        true,
                        SourceLocation.of(RepositoryConfig.PATH, rule.line()),
                        Map.of(),
                        Set.of(),
                        false));
            }
        }
        new Topics(draft, schemas, flows).add();
        return draft.finish();
    }

    /** The topics of one repository. */
    private static final class Topics {
        private final ReadingDraft draft;
        private final List<RecordSchema> schemas;
        private final List<Connector.Flow> flows;
        private final Map<String, RecordSchema> schemaOf = new LinkedHashMap<>();
        private final Map<RecordSchema, String> topicOf = new LinkedHashMap<>();

        Topics(ReadingDraft draft, List<RecordSchema> schemas, List<Connector.Flow> flows) {
            this.draft = draft;
            this.schemas = schemas;
            this.flows = flows;
        }

        void add() {
            for (RepositoryConfig.TopicRule rule : draft.files().config().topics()) {
                var glob = rule.schema();
                if (glob != null) {
                    schemas.stream()
                            .filter(schema -> glob.matches(schema.at().path()))
                            .findFirst()
                            .ifPresent(schema -> join(rule.topic(), schema));
                }
            }
            for (Connector.Flow flow : flows) {
                if (!schemaOf.containsKey(flow.topic())) {
                    RecordSchema schema = only(flow.topic());
                    if (schema != null) {
                        join(flow.topic(), schema);
                    }
                }
            }
            for (RecordSchema schema : schemas) {
                if (!topicOf.containsKey(schema)
                        && SchemaFiles.isNamedAfterTopic(schema.at().path())) {
                    join(SchemaFiles.stem(schema.at().path()), schema);
                }
            }
            schemas.forEach(schema -> draft.add(topic(topicOf.get(schema), schema)));
            flows.stream()
                    .map(Connector.Flow::topic)
                    .distinct()
                    .filter(topic -> !schemaOf.containsKey(topic))
                    .forEach(topic -> draft.add(topic(topic, null)));
            flows.stream().filter(Connector.Flow::sink).forEach(flow -> draft.add(table(flow)));
        }

        private void join(String topic, RecordSchema schema) {
            if (schemaOf.putIfAbsent(topic, schema) == null) {
                topicOf.putIfAbsent(schema, topic);
            }
        }

        /** The only schema whose file or record is called like a topic; null if none is, or several are. */
        private @Nullable RecordSchema only(String topic) {
            String wanted = plain(topic);
            List<RecordSchema> exact = schemas.stream()
                    .filter(schema -> schema.name().equals(topic)
                            || SchemaFiles.stem(schema.at().path()).equals(topic))
                    .toList();
            List<RecordSchema> alike = !exact.isEmpty()
                    ? exact
                    : schemas.stream()
                            .filter(schema -> plain(schema.simpleName()).equals(wanted)
                                    || plain(schema.name()).equals(wanted)
                                    || plain(SchemaFiles.stem(schema.at().path()))
                                            .equals(wanted))
                            .toList();
            return alike.size() == 1 ? alike.getFirst() : null;
        }

        private static String plain(String name) {
            return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        }

        private static String id(@Nullable String topic, @Nullable RecordSchema schema) {
            return schema == null ? "topic." + topic : "schema." + schema.name();
        }

        private Dataset topic(@Nullable String topic, @Nullable RecordSchema schema) {
            List<Connector.Flow> sources = flows.stream()
                    .filter(flow -> !flow.sink() && flow.topic().equals(topic))
                    .toList();
            SourceLocation at = schema != null
                    ? schema.at()
                    : flows.stream()
                            .filter(flow -> flow.topic().equals(topic))
                            .findFirst()
                            .orElseThrow()
                            .at();
            List<Column> columns = new ArrayList<>();
            List<String> settings = new ArrayList<>();
            if (schema != null) {
                for (RecordSchema.Field field : schema.fields()) {
                    String name = field.name().toLowerCase(Locale.ROOT);
                    List<ColumnDependency> from = sources.stream()
                            .map(flow -> new ColumnDependency(
                                    draft.table(flow.table(), flow.at()),
                                    fieldBefore(flow, name),
                                    DirectUse.IDENTITY,
                                    field.at()))
                            .toList();
                    columns.add(new Column(name, field.type(), field.at(), from));
                    settings.add(Definition.COLUMN_SETTING + name + "=" + name + "\n" + field.type());
                    addFields(settings, name, field.fields());
                }
            }
            List<OpenStar> stars = schema != null
                    ? List.of()
                    : sources.stream()
                            .map(flow -> new OpenStar(
                                    draft.table(flow.table(), flow.at()), List.copyOf(flow.without()), flow.at()))
                            .toList();
            boolean unknown = schema == null && sources.isEmpty();
            String name = topic != null ? topic : schema == null ? "topic" : schema.name();
            return new Dataset(
                    id(topic, schema),
                    name,
                    topic == null ? null : QUALIFIED + topic,
                    DatasetKinds.TOPIC,
                    unknown ? DatasetRole.REFERENCED : DatasetRole.PRODUCED,
                    at,
                    !unknown,
                    columns,
                    stars,
                    sources.stream()
                            .map(flow -> new DatasetRead(draft.table(flow.table(), flow.at()), flow.at()))
                            .toList(),
                    List.of(),
                    List.of(),
                    unknown ? Completeness.UNKNOWN : stars.isEmpty() ? Completeness.COMPLETE : Completeness.OPEN_STAR,
                    List.of(),
                    unknown
                            ? null
                            : new Definition(draft.files().blobId(at.path()), "ansi", List.of(), sorted(settings)));
        }

        private static List<String> sorted(List<String> settings) {
            return settings.stream().sorted().toList();
        }

        private static void addFields(List<String> settings, String prefix, List<RecordSchema.Field> fields) {
            for (RecordSchema.Field field : fields) {
                String path = prefix + "." + field.name().toLowerCase(Locale.ROOT);
                settings.add(Definition.FIELD_SETTING + path + "=" + field.type());
                addFields(settings, path, field.fields());
            }
        }

        /** What a field is called before the connector renames it. */
        private static String fieldBefore(Connector.Flow flow, String name) {
            return flow.fields().entrySet().stream()
                    .filter(renaming -> renaming.getValue().equalsIgnoreCase(name))
                    .map(renaming -> renaming.getKey().toLowerCase(Locale.ROOT))
                    .findFirst()
                    .orElse(name);
        }

        /** The table that a sink fills, as the connector makes it. */
        private Dataset table(Connector.Flow flow) {
            RecordSchema schema = schemaOf.get(flow.topic());
            String topic = id(flow.topic(), schema);
            List<Column> columns = new ArrayList<>();
            boolean known = schema != null && !flow.folded();
            if (schema != null && !flow.folded()) {
                for (RecordSchema.Field field : schema.fields()) {
                    column(flow, topic, field, columns);
                }
            }
            List<OpenStar> stars = known || flow.folded()
                    ? List.of()
                    : List.of(new OpenStar(topic, List.copyOf(flow.without()), flow.at()));
            if (flow.folded()) {
                columns.add(folded(flow, topic, schema));
            }
            return new Dataset(
                    FILLED + flow.topic() + ">" + flow.table(),
                    flow.table(),
                    flow.table(),
                    "table",
                    DatasetRole.PRODUCED,
                    flow.at(),
                    true,
                    columns,
                    stars,
                    List.of(new DatasetRead(topic, flow.at())),
                    List.of(),
                    List.of(),
                    stars.isEmpty() ? Completeness.COMPLETE : Completeness.OPEN_STAR,
                    List.of(),
                    new Definition(draft.files().blobId(flow.at().path()), "ansi", List.of(), List.of()));
        }

        private static void column(Connector.Flow flow, String topic, RecordSchema.Field field, List<Column> columns) {
            if (flow.without().contains(field.name())) {
                return;
            }
            String name = flow.fields().getOrDefault(field.name(), field.name()).toLowerCase(Locale.ROOT);
            ColumnDependency from =
                    new ColumnDependency(topic, field.name().toLowerCase(Locale.ROOT), DirectUse.IDENTITY, flow.at());
            columns.add(new Column(name, null, flow.at(), List.of(from)));
        }

        private static Column folded(Connector.Flow flow, String topic, @Nullable RecordSchema schema) {
            List<ColumnDependency> all = schema == null
                    ? List.of()
                    : schema.fields().stream()
                            .map(field -> new ColumnDependency(
                                    topic, field.name().toLowerCase(Locale.ROOT), DirectUse.TRANSFORMATION, flow.at()))
                            .toList();
            return new Column("record_content", "variant", flow.at(), all);
        }
    }
}
