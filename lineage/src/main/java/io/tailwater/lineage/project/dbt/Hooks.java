package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.RelationNames;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.jinja.Interpreter;
import io.tailwater.lineage.jinja.RenderLimits;
import io.tailwater.lineage.jinja.RenderOutcome;
import io.tailwater.lineage.jinja.Template;
import io.tailwater.lineage.jinja.TemplateException;
import io.tailwater.lineage.jinja.Value;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.result.ColumnUse;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import java.util.ArrayList;
import java.util.List;

/** SQL that runs before or after a node: what it reads, and whether it changes the node's own rows. */
final class Hooks {
    private static final RenderLimits LIMITS = new RenderLimits(500_000, 300, 200_000);
    private static final int MOST = 50;

    private final Registry registry;
    private final MacroLibrary macros;

    Hooks(Registry registry, MacroLibrary macros) {
        this.registry = registry;
        this.macros = macros;
    }

    /**
     * What the hooks of a node do.
     *
     * @param reads datasets they read
     * @param columns columns that decide what they change of the node's own rows
     * @param settings texts of those that change the node's own rows, as settings of its definition
     */
    record Effects(List<DatasetRead> reads, List<ColumnDependency> columns, List<String> settings) {
        static final Effects NONE = new Effects(List.of(), List.of(), List.of());
    }

    static boolean isHook(String key) {
        return switch (key) {
            case "pre-hook", "pre_hook", "post-hook", "post_hook" -> true;
            default -> false;
        };
    }

    /** The effects of a node's hooks; its configuration is complete. */
    Effects of(Node node, Relations relations) {
        List<DatasetRead> reads = new ArrayList<>();
        List<ColumnDependency> columns = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        for (String key : List.of("pre-hook", "pre_hook", "post-hook", "post_hook")) {
            for (String template : texts(node.config.get(key))) {
                String sql = rendered(node, template);
                node.references.forEach(id -> relations.declare(id, null));
                if (sql != null && !sql.isBlank()) {
                    analyse(node, relations, key.replace('_', '-'), sql, reads, columns, settings);
                }
            }
        }
        return reads.isEmpty() && settings.isEmpty()
                ? Effects.NONE
                : new Effects(
                        reads, columns, settings.stream().distinct().sorted().toList());
    }

    private void analyse(
            Node node,
            Relations relations,
            String key,
            String sql,
            List<DatasetRead> reads,
            List<ColumnDependency> columns,
            List<String> settings) {
        SourceLocation at = SourceLocation.of(node.path, node.line);
        SqlOptions options = SqlOptions.of(node.project.dialect().dialect()).withCatalog(relations);
        for (StatementLineage statement : SqlLineage.analyze(sql, options).statements()) {
            TableRef target = statement.target();
            boolean own = target != null && relations.datasetId(target).equals(node.id) && writes(statement.kind());
            for (TableRef table : statement.tablesRead()) {
                String id = relations.datasetId(table);
                if (!id.equals(node.id) && !id.startsWith("table.")) {
                    reads.add(new DatasetRead(id, at));
                }
            }
            if (own) {
                settings.add(key + "=" + RelationNames.forPeople(sql.strip().replaceAll("\\s+", " ")));
                for (ColumnUse use : statement.uses()) {
                    TableRef table = use.column().table();
                    String id = table == null ? node.id : relations.datasetId(table);
                    if (!id.equals(node.id) && !use.column().column().equals(UpstreamColumn.ALL)) {
                        columns.add(new ColumnDependency(id, use.column().column(), IndirectUse.FILTER, at));
                    }
                }
            }
        }
    }

    private static boolean writes(StatementKind kind) {
        return switch (kind) {
            case INSERT, UPDATE, DELETE, MERGE, TRUNCATE -> true;
            case QUERY,
                    CREATE_TABLE,
                    CREATE_TABLE_AS,
                    CREATE_TABLE_LIKE,
                    CREATE_VIEW,
                    COPY,
                    ALTER_TABLE,
                    RENAME,
                    SWAP,
                    DROP,
                    OTHER,
                    UNPARSED -> false;
        };
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Value value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Value.Str text) {
            texts.add(text.value());
        } else if (value instanceof Value.Dict dict && dict.get("sql") instanceof Value.Str text) {
            texts.add(text.value());
        } else if (value instanceof Value.Items items) {
            items.items().stream().limit(MOST).forEach(item -> texts.addAll(texts(item)));
        }
        return texts;
    }

    /** The hook's SQL; null where a run decides it. */
    private @org.jspecify.annotations.Nullable String rendered(Node node, String template) {
        try {
            DbtContext context = new DbtContext(node.project, node, registry, macros, id -> null);
            RenderOutcome outcome = Interpreter.render(Template.parse(node.path, template), context, LIMITS, false);
            return outcome instanceof RenderOutcome.Rendered rendered
                            && rendered.placeholders().isEmpty()
                    ? rendered.text().value()
                    : null;
        } catch (TemplateException e) {
            return null;
        }
    }
}
