package io.tailwater.launcher.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.lineage.sql.result.ColumnUse;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.OutputItem;
import io.tailwater.lineage.sql.result.PassThrough;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lineage of a text as one OpenLineage <a href="https://openlineage.io/spec/2-0-2/OpenLineage.json">JobEvent</a>: the text is the job, each table it
 * writes an output with the <a href="https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json">columnLineage</a> facet. A bare query fills no
 * table: its result is an output called like the job. A star over a table whose columns are not known is the field {@code *}. What could not be told stands in
 * the job's {@code tailwater_unresolved} facet.
 */
public final class OpenLineageJson {

    private static final String SPECIFICATION = "https://openlineage.io/spec/";
    private static final String EVENT = SPECIFICATION + "2-0-2/OpenLineage.json#/$defs/";
    private static final String FACETS = SPECIFICATION + "facets/";
    private static final String PRODUCER = "urn:tailwater:lineage";

    private final ObjectMapper json = new ObjectMapper();

    /**
     * The job that an event is about.
     *
     * @param namespace of the job
     * @param datasets namespace of its tables
     * @param name of the job
     * @param dialect of the text
     * @param sql the text itself
     */
    public record SqlJob(String namespace, String datasets, String name, String dialect, String sql) {}

    /** The event over several lines. */
    public String writePretty(SqlJob job, List<SqlAnalysis> analyses, Instant at) {
        return write(event(job, analyses, at), true);
    }

    /** The event as one line. */
    public String write(SqlJob job, List<SqlAnalysis> analyses, Instant at) {
        return write(event(job, analyses, at), false);
    }

    private String write(ObjectNode event, boolean pretty) {
        try {
            return pretty
                    ? json.writerWithDefaultPrettyPrinter().writeValueAsString(event)
                    : json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree of plain values as JSON", e);
        }
    }

    private ObjectNode event(SqlJob job, List<SqlAnalysis> analyses, Instant at) {
        List<StatementLineage> statements = new ArrayList<>();
        analyses.forEach(analysis -> statements.addAll(analysis.statements()));
        ObjectNode event = json.createObjectNode();
        event.put("eventTime", at.toString());
        event.put("producer", PRODUCER);
        event.put("schemaURL", EVENT + "JobEvent");
        job(event.putObject("job"), job, statements);
        Set<TableRef> read = new LinkedHashSet<>();
        Map<@Nullable TableRef, Output> written = new LinkedHashMap<>();
        for (StatementLineage statement : statements) {
            read.addAll(statement.tablesRead());
            if (statement.temporary() || !writes(statement)) {
                continue;
            }
            written.computeIfAbsent(statement.target(), target -> new Output()).add(statement);
        }
        ArrayNode inputs = event.putArray("inputs");
        read.forEach(table -> dataset(inputs.addObject(), table, job));
        ArrayNode outputs = event.putArray("outputs");
        written.forEach((target, output) -> {
            ObjectNode node = outputs.addObject();
            if (target == null) {
                node.put("namespace", job.namespace()).put("name", job.name());
            } else {
                dataset(node, target, job);
            }
            output.write(node.putObject("facets"), job);
        });
        return event;
    }

    private static boolean writes(StatementLineage statement) {
        return switch (statement.kind()) {
            case QUERY -> !statement.output().isEmpty();
            case INSERT,
                    UPDATE,
                    DELETE,
                    MERGE,
                    CREATE_TABLE,
                    CREATE_TABLE_AS,
                    CREATE_TABLE_LIKE,
                    CREATE_VIEW,
                    COPY,
                    ALTER_TABLE,
                    SWAP,
                    TRUNCATE -> statement.target() != null;
            case RENAME, DROP, OTHER, UNPARSED -> false;
        };
    }

    // --- job
    // -------------------------------------------------------------------------------------------------------------

    private static void job(ObjectNode node, SqlJob job, List<StatementLineage> statements) {
        node.put("namespace", job.namespace()).put("name", job.name());
        ObjectNode facets = node.putObject("facets");
        facet(facets.putObject("sql"), "1-1-0/SQLJobFacet.json#/$defs/SQLJobFacet")
                .put("query", job.sql())
                .put("dialect", job.dialect());
        facet(facets.putObject("jobType"), "2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet")
                .put("processingType", "BATCH")
                .put("integration", "TAILWATER")
                .put("jobType", "QUERY");
        Set<Unresolved> unresolved = new LinkedHashSet<>();
        statements.forEach(statement -> unresolved.addAll(statement.unresolved()));
        if (!unresolved.isEmpty()) {
            ObjectNode facet = facets.putObject("tailwater_unresolved");
            facet.put("_producer", PRODUCER).put("_schemaURL", EVENT + "JobFacet");
            ArrayNode gaps = facet.putArray("unresolved");
            unresolved.forEach(each -> gaps.addObject()
                    .put("what", each.what())
                    .put("kind", each.reason().name())
                    .put("reason", each.detail())
                    .put("offset", each.range().start()));
        }
    }

    private static ObjectNode facet(ObjectNode node, String schema) {
        return node.put("_producer", PRODUCER).put("_schemaURL", FACETS + schema);
    }

    // --- datasets
    // --------------------------------------------------------------------------------------------------------

    private static ObjectNode dataset(ObjectNode node, TableRef table, SqlJob job) {
        if (!table.isPath()) {
            return node.put("namespace", job.datasets()).put("name", table.qualifiedName());
        }
        String location = table.name().substring(table.name().indexOf(':') + 1);
        int scheme = location.indexOf("://");
        int path = scheme < 0 ? -1 : location.indexOf('/', scheme + 3);
        return path < 0 || path == location.length() - 1
                ? node.put("namespace", "file").put("name", location)
                : node.put("namespace", location.substring(0, path)).put("name", location.substring(path + 1));
    }

    /** All that a text writes into one dataset. */
    private static final class Output {

        private final Map<String, Map<UpstreamColumn, Set<Transformation>>> fields = new LinkedHashMap<>();
        private final Map<String, @Nullable String> types = new LinkedHashMap<>();
        private final Map<UpstreamColumn, Set<Transformation>> rows = new LinkedHashMap<>();
        private boolean complete = true;

        void add(StatementLineage statement) {
            for (OutputItem item : statement.output()) {
                switch (item) {
                    case OutputColumn column -> column(column.name(), column);
                    case PassThrough star -> star(star);
                }
            }
            complete &= statement.kind() != StatementKind.UPDATE && statement.kind() != StatementKind.ALTER_TABLE;
            statement.rows().dependencies().forEach(dependency -> put(rows, dependency));
            if (statement.output().isEmpty()) {
                statement.uses().forEach(this::use);
            }
        }

        /** DELETE computes no column; what it looks at decides which rows stay. */
        private void use(ColumnUse use) {
            put(rows, new Dependency.Indirect(use.column(), io.tailwater.lineage.sql.result.IndirectUse.FILTER, false));
        }

        private void column(String name, OutputColumn column) {
            types.merge(name, column.type() == null ? "" : column.type(), (a, b) -> a.equals(b) ? a : "");
            Map<UpstreamColumn, Set<Transformation>> inputs =
                    fields.computeIfAbsent(name, key -> new LinkedHashMap<>());
            column.dependencies().forEach(dependency -> put(inputs, dependency));
            complete &= !name.equals(UpstreamColumn.ALL);
        }

        private void star(PassThrough star) {
            complete = false;
            Map<UpstreamColumn, Set<Transformation>> inputs =
                    fields.computeIfAbsent(UpstreamColumn.ALL, key -> new LinkedHashMap<>());
            Transformation same = new Transformation("DIRECT", "IDENTITY", false);
            List<TableRef> tables = new ArrayList<>(List.of(star.table()));
            tables.addAll(star.mergedWith());
            for (TableRef table : tables) {
                inputs.computeIfAbsent(new UpstreamColumn(table, UpstreamColumn.ALL), key -> new LinkedHashSet<>())
                        .add(same);
            }
            star.renamed()
                    .forEach((from, to) -> fields.computeIfAbsent(to, key -> new LinkedHashMap<>())
                            .computeIfAbsent(new UpstreamColumn(star.table(), from), key -> new LinkedHashSet<>())
                            .add(same));
            star.replaced().forEach(this::column);
        }

        private static void put(Map<UpstreamColumn, Set<Transformation>> inputs, Dependency dependency) {
            if (dependency.column().table() != null) {
                inputs.computeIfAbsent(dependency.column(), key -> new LinkedHashSet<>())
                        .add(Transformation.of(dependency));
            }
        }

        void write(ObjectNode facets, SqlJob job) {
            if (complete && !fields.isEmpty()) {
                ArrayNode schema = facet(
                                facets.putObject("schema"), "1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet")
                        .putArray("fields");
                fields.keySet().forEach(name -> {
                    ObjectNode field = schema.addObject().put("name", name);
                    String type = types.get(name);
                    if (type != null && !type.isEmpty()) {
                        field.put("type", type);
                    }
                });
            }
            ObjectNode lineage = facet(
                    facets.putObject("columnLineage"),
                    "1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet");
            ObjectNode columns = lineage.putObject("fields");
            fields.forEach((name, inputs) -> inputs(columns.putObject(name).putArray("inputFields"), inputs, job));
            if (!rows.isEmpty()) {
                inputs(lineage.putArray("dataset"), rows, job);
            }
        }

        private static void inputs(
                ArrayNode array, Map<UpstreamColumn, ? extends Collection<Transformation>> inputs, SqlJob job) {
            inputs.forEach((column, transformations) -> {
                TableRef table = column.table();
                if (table == null) {
                    return;
                }
                ArrayNode list = dataset(array.addObject(), table, job)
                        .put("field", column.column())
                        .putArray("transformations");
                transformations.forEach(each -> list.addObject()
                        .put("type", each.type())
                        .put("subtype", each.subtype())
                        .put("description", "")
                        .put("masking", each.masking()));
            });
        }
    }

    /** One way of depending on a column, in the words of the specification. */
    private record Transformation(String type, String subtype, boolean masking) {

        static Transformation of(Dependency dependency) {
            return switch (dependency) {
                case Dependency.Direct direct ->
                    new Transformation("DIRECT", direct.use().name(), direct.masking());
                case Dependency.Indirect indirect ->
                    new Transformation("INDIRECT", indirect.use().name(), indirect.masking());
            };
        }
    }
}
