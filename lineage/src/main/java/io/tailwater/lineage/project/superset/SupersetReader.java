package io.tailwater.lineage.project.superset;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.project.bi.DatasetDraft;
import io.tailwater.lineage.project.bi.DialectGuess;
import io.tailwater.lineage.project.bi.EmbeddedQuery;
import io.tailwater.lineage.project.bi.ExpressionColumns;
import io.tailwater.lineage.project.bi.FieldsOverTable;
import io.tailwater.lineage.project.bi.ReadingDraft;
import io.tailwater.lineage.project.bi.YamlFiles;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads unpacked exports of Superset: datasets, charts and dashboards in YAML, tied together by their UUIDs. */
public final class SupersetReader implements ProjectReader {
    private static final List<String> FIELD_KEYS = List.of(
            "groupby",
            "columns",
            "all_columns",
            "groupbyColumns",
            "groupbyRows",
            "x_axis",
            "series",
            "entity",
            "granularity_sqla",
            "order_by_cols",
            "groupby_b");
    private static final List<String> METRIC_KEYS = List.of(
            "metric",
            "metrics",
            "metric_2",
            "metrics_b",
            "percent_metrics",
            "secondary_metric",
            "size",
            "x",
            "y",
            "timeseries_limit_metric");
    /** First words of SQLAlchemy addresses that are not the name of a dialect. */
    private static final Map<String, String> DIALECTS = Map.of(
            "postgresql", "postgres",
            "awsathena", "trino",
            "mssql", "tsql",
            "clickhousedb", "clickhouse",
            "hive", "spark");

    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        ReadingDraft draft = new ReadingDraft(files);
        Map<String, YamlValue> yaml = YamlFiles.read(
                draft,
                path -> YamlFiles.isYaml(path)
                        && (path.contains("datasets/")
                                || path.contains("charts/")
                                || path.contains("dashboards/")
                                || path.contains("databases/")),
                SupersetReader::looksLikeOne);
        new Export(draft, yaml).build();
        return draft.finish();
    }

    private static boolean looksLikeOne(String path, String text) {
        boolean dataset = text.contains("table_name:") && text.contains("database_uuid:");
        boolean chart = text.contains("slice_name:") && text.contains("viz_type:");
        boolean dashboard = text.contains("dashboard_title:") && text.contains("position:");
        return dataset || chart || dashboard || text.contains("sqlalchemy_uri:");
    }

    /** One repository's exports. */
    private static final class Export {
        private final ReadingDraft draft;
        private final Map<String, YamlValue> yaml;
        private final Map<String, String> dialects = new HashMap<>();
        private final Map<String, DatasetDraft> models = new HashMap<>();
        private final Map<String, SqlOptions> optionsByModel = new HashMap<>();
        private final Map<String, String> charts = new HashMap<>();

        Export(ReadingDraft draft, Map<String, YamlValue> yaml) {
            this.draft = draft;
            this.yaml = yaml;
        }

        void build() {
            yaml.forEach((path, root) -> {
                String uri = root.text("sqlalchemy_uri");
                String uuid = root.text("uuid");
                if (uri != null && uuid != null && uri.indexOf(':') > 0) {
                    String word = uri.substring(0, uri.indexOf(':')).split("\\+")[0];
                    dialects.put(uuid, DIALECTS.getOrDefault(word, word));
                }
            });
            yaml.forEach((path, root) -> {
                if (root.text("table_name") != null) {
                    model(path, root);
                }
            });
            yaml.forEach((path, root) -> {
                if (root.text("slice_name") != null) {
                    chart(path, root);
                }
            });
            yaml.forEach((path, root) -> {
                if (root.text("dashboard_title") != null) {
                    dashboard(path, root);
                }
            });
        }

        private SqlOptions options(YamlValue root, String sql) {
            String known = dialects.get(String.valueOf(root.text("database_uuid")));
            try {
                return SqlOptions.of(known != null ? known : DialectGuess.of(List.of(sql)));
            } catch (IllegalArgumentException e) {
                return SqlOptions.of("ansi");
            }
        }

        private void model(String path, YamlValue root) {
            String name = String.valueOf(root.text("table_name"));
            String uuid = root.text("uuid") != null ? root.text("uuid") : path;
            String sql = root.text("sql");
            SqlOptions options = options(root, sql == null ? "" : sql);
            SourceLocation at = SourceLocation.of(path, YamlFiles.line(root, "table_name"));
            String id = "superset_dataset." + uuid;
            DatasetDraft model =
                    new DatasetDraft(id, name, DatasetKinds.SEMANTIC_MODEL, DatasetRole.PRODUCED, at).published();
            String tableId;
            if (sql != null && !sql.isBlank()) {
                Relations relations = new Relations(options.nameRules());
                int line = YamlFiles.line(root, "sql") + (multiline(root, "sql") ? 1 : 0);
                Dataset query = EmbeddedQuery.dataset(
                        "superset_query." + uuid,
                        name + " (query)",
                        DatasetKinds.DERIVED_TABLE,
                        DatasetRole.PRODUCED,
                        SourceLocation.of(path, line),
                        List.of(FieldsOverTable.query(sql, path, line)),
                        draft.files().blobId(path),
                        options,
                        relations,
                        draft);
                tableId = FieldsOverTable.define(query, relations, draft).id();
            } else {
                List<String> parts = new ArrayList<>();
                for (String key : List.of("catalog", "schema", "table_name")) {
                    String part = root.text(key);
                    if (part != null && !part.isBlank()) {
                        parts.add(options.nameRules().tablePart(part, true));
                    }
                }
                tableId = draft.table(String.join(".", parts).toLowerCase(Locale.ROOT), at);
            }
            model.reads(tableId, at);
            model.rowRule("the table", tableId);
            FieldsOverTable fields = new FieldsOverTable(model, tableId, options);
            for (YamlValue column : root.items("columns")) {
                String columnName = column.text("column_name");
                if (columnName != null && column.text("expression") == null) {
                    fields.column(columnName, column.text("type"), line(path, column, "column_name"));
                }
            }
            for (YamlValue column : root.items("columns")) {
                String columnName = column.text("column_name");
                String expression = column.text("expression");
                if (columnName != null && expression != null) {
                    fields.expression(
                            columnName, column.text("type"), expression, false, line(path, column, "expression"));
                }
            }
            for (YamlValue metric : root.items("metrics")) {
                String metricName = metric.text("metric_name");
                String expression = metric.text("expression");
                if (metricName != null && expression != null) {
                    fields.expression(metricName, null, expression, true, line(path, metric, "expression"));
                }
            }
            models.put(uuid, model);
            optionsByModel.put(uuid, options);
            draft.add(model.build(draft.files().blobId(path), options.dialect()));
        }

        private static boolean multiline(YamlValue root, String key) {
            YamlValue value = root.get(key);
            return value instanceof YamlValue.Scalar scalar && scalar.text().indexOf('\n') >= 0;
        }

        private static SourceLocation line(String path, YamlValue yaml, String key) {
            return SourceLocation.of(path, YamlFiles.line(yaml, key));
        }

        private void chart(String path, YamlValue root) {
            String name = String.valueOf(root.text("slice_name"));
            String uuid = root.text("uuid") != null ? root.text("uuid") : path;
            SourceLocation at = line(path, root, "slice_name");
            DatasetDraft chart =
                    new DatasetDraft("superset_chart." + uuid, name, DatasetKinds.CHART, DatasetRole.READER, at);
            charts.put(String.valueOf(uuid), chart.id());
            String modelUuid = root.text("dataset_uuid");
            DatasetDraft model = models.get(String.valueOf(modelUuid));
            if (model == null) {
                chart.unresolved(at, "the dataset " + modelUuid + " of this chart is not in the repository", null);
            } else {
                new Chart(chart, model, optionsByModel.get(String.valueOf(modelUuid)), path).read(root.get("params"));
                chart.reads(model.id(), line(path, root, "dataset_uuid"));
            }
            draft.add(chart.build(draft.files().blobId(path), "ansi"));
        }

        private void dashboard(String path, YamlValue root) {
            String name = String.valueOf(root.text("dashboard_title"));
            String uuid = root.text("uuid") != null ? root.text("uuid") : path;
            DatasetDraft board = new DatasetDraft(
                    "superset_dashboard." + uuid,
                    name,
                    DatasetKinds.DASHBOARD,
                    DatasetRole.READER,
                    line(path, root, "dashboard_title"));
            if (root.get("position") instanceof YamlValue.Mapping position) {
                position.entries().values().forEach(part -> {
                    YamlValue meta = part.get("meta");
                    String chart = meta == null ? null : meta.text("uuid");
                    if (meta != null && chart != null && "CHART".equals(part.text("type"))) {
                        SourceLocation at = line(path, meta, "uuid");
                        String title = meta.text("sliceName") != null ? meta.text("sliceName") : chart;
                        board.column(title, null, at);
                        String id = charts.get(chart);
                        if (id != null) {
                            board.uses(title, id, null, IndirectUse.ROWS, at);
                        } else {
                            board.unresolved(at, "the chart " + title + " is not in the repository", null);
                        }
                    }
                });
            }
            YamlValue metadata = root.get("metadata");
            for (YamlValue filter :
                    metadata == null ? List.<YamlValue>of() : metadata.items("native_filter_configuration")) {
                for (YamlValue target : filter.items("targets")) {
                    YamlValue column = target.get("column");
                    DatasetDraft model = models.get(String.valueOf(target.text("datasetUuid")));
                    if (column != null && column.text("name") != null && model != null) {
                        String title = "filter " + filter.text("name");
                        SourceLocation at = line(path, column, "name");
                        board.column(title, null, at);
                        board.uses(title, model.id(), column.text("name"), IndirectUse.FILTER, at);
                    }
                }
            }
            draft.add(board.build(draft.files().blobId(path), "ansi"));
        }
    }

    /** The fields of one chart. */
    private record Chart(
            DatasetDraft chart,
            DatasetDraft model,
            @Nullable SqlOptions options,
            String path) {
        void read(@Nullable YamlValue params) {
            if (params == null) {
                return;
            }
            for (String key : FIELD_KEYS) {
                params.items(key).forEach(item -> field(item, DirectUse.IDENTITY));
                if (params.get(key) instanceof YamlValue.Mapping one) {
                    field(one, DirectUse.IDENTITY);
                }
            }
            for (String key : METRIC_KEYS) {
                params.items(key).forEach(item -> metric(item));
                if (params.get(key) instanceof YamlValue.Mapping one) {
                    metric(one);
                }
            }
            for (YamlValue filter : params.items("adhoc_filters")) {
                String subject = filter.text("subject");
                String sql = filter.text("sqlExpression");
                if ("SQL".equals(filter.text("expressionType")) && sql != null) {
                    sql(sql, YamlFiles.line(filter, "sqlExpression"), IndirectUse.FILTER);
                } else if (subject != null) {
                    use(subject, YamlFiles.line(filter, "subject"), IndirectUse.FILTER);
                }
            }
        }

        private void field(YamlValue item, Dependency kind) {
            if (item instanceof YamlValue.Scalar scalar) {
                use(scalar.text(), scalar.line(), kind);
            } else if (item.text("sqlExpression") != null) {
                sql(String.valueOf(item.text("sqlExpression")), YamlFiles.line(item, "sqlExpression"), kind);
            }
        }

        private void metric(YamlValue item) {
            YamlValue column = item.get("column");
            if (item instanceof YamlValue.Scalar scalar) {
                if (scalar.kind() == YamlValue.ScalarKind.TEXT) {
                    use(scalar.text(), scalar.line(), DirectUse.AGGREGATION);
                }
            } else if ("SQL".equals(item.text("expressionType")) && item.text("sqlExpression") != null) {
                sql(
                        String.valueOf(item.text("sqlExpression")),
                        YamlFiles.line(item, "sqlExpression"),
                        DirectUse.AGGREGATION);
            } else if (column != null && column.text("column_name") != null) {
                use(
                        String.valueOf(column.text("column_name")),
                        YamlFiles.line(column, "column_name"),
                        DirectUse.AGGREGATION);
            }
        }

        private void sql(String expression, int line, Dependency kind) {
            if (options == null) {
                return;
            }
            ExpressionColumns.of(expression, options).columns().forEach(named -> {
                if (!named.column().equals("*")) {
                    use(named.column(), line, kind);
                }
            });
        }

        private void use(String field, int line, Dependency kind) {
            if (field.isBlank()) {
                return;
            }
            SourceLocation at = SourceLocation.of(path, line);
            chart.uses(null, model.id(), field, kind, at);
            if (!model.hasColumn(field)) {
                chart.unresolved(at, "the dataset " + model.name() + " has no column or metric " + field, field);
            }
        }
    }
}
