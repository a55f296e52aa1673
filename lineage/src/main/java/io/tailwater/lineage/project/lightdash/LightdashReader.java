package io.tailwater.lineage.project.lightdash;

import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.project.bi.DatasetDraft;
import io.tailwater.lineage.project.bi.ExpressionColumns;
import io.tailwater.lineage.project.bi.ReadingDraft;
import io.tailwater.lineage.project.bi.SqlText;
import io.tailwater.lineage.project.bi.YamlFiles;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Lightdash: dimensions and metrics in the {@code meta} of dbt models, charts and dashboards kept as code. */
public final class LightdashReader implements ProjectReader {
    /** Start of the ids by which this names dbt models; they are joined with the models of that name. */
    public static final String DBT_MODEL = "dbt_name.";

    private static final SqlOptions OPTIONS = SqlOptions.of("ansi");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\s*([\\w.]+)\\s*\\}");
    private static final Pattern INTERVAL =
            Pattern.compile("_(raw|second|minute|hour|day|week|month|quarter|year)(_\\w+)?$");

    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        ReadingDraft draft = new ReadingDraft(files);
        Map<String, YamlValue> content = YamlFiles.read(
                draft,
                YamlFiles::isYaml,
                (path, text) -> text.contains("metricQuery:")
                        || text.contains("tiles:")
                                && (text.contains("chartSlug") || text.contains("contentType: dashboard")));
        if (content.isEmpty()) {
            return draft.finish();
        }
        new Project(draft, content).build();
        return draft.finish();
    }

    /** One repository's content. */
    private static final class Project {
        private final ReadingDraft draft;
        private final Map<String, YamlValue> content;
        private final Map<String, DatasetDraft> explores = new HashMap<>();
        private final Map<String, String> paths = new HashMap<>();
        private final Map<String, String> charts = new HashMap<>();

        Project(ReadingDraft draft, Map<String, YamlValue> content) {
            this.draft = draft;
            this.content = content;
        }

        void build() {
            for (String path : draft.files().paths(YamlFiles::isYaml)) {
                String text = content.containsKey(path) ? null : draft.files().text(path);
                if (text != null
                        && text.contains("models:")
                        && YamlReader.read(text) instanceof YamlOutcome.Read read
                        && read.root() != null) {
                    read.root().items("models").forEach(model -> explore(path, model));
                }
            }
            content.forEach((path, root) -> {
                if (root.get("metricQuery") != null) {
                    chart(path, root);
                }
            });
            content.forEach((path, root) -> {
                if (root.get("tiles") != null) {
                    dashboard(path, root);
                }
            });
            explores.forEach((name, explore) ->
                    draft.add(explore.build(draft.files().blobId(String.valueOf(paths.get(name))), "ansi")));
        }

        private static @Nullable YamlValue meta(YamlValue value) {
            YamlValue config = value.get("config");
            YamlValue inConfig = config == null ? null : config.get("meta");
            return inConfig != null ? inConfig : value.get("meta");
        }

        private void explore(String path, YamlValue model) {
            String name = model.text("name");
            if (name == null) {
                return;
            }
            SourceLocation at = SourceLocation.of(path, YamlFiles.line(model, "name"));
            String table = DBT_MODEL + name;
            draft.add(ReadingDraft.onlyNamed(table, name, null, "model", DatasetRole.REFERENCED, at));
            DatasetDraft explore = new DatasetDraft(
                            "lightdash_explore." + name, name, DatasetKinds.EXPLORE, DatasetRole.PRODUCED, at)
                    .published();
            explore.reads(table, at);
            for (YamlValue column : model.items("columns")) {
                column(explore, table, path, column);
            }
            YamlValue meta = meta(model);
            if (meta != null) {
                meta.entries("metrics").forEach((metric, value) -> metric(explore, table, path, metric, value, null));
            }
            explores.put(name, explore);
            paths.put(name, path);
        }

        private void column(DatasetDraft explore, String table, String path, YamlValue column) {
            String name = column.text("name");
            if (name == null) {
                return;
            }
            SourceLocation at = SourceLocation.of(path, YamlFiles.line(column, "name"));
            YamlValue meta = meta(column);
            YamlValue dimension = meta == null ? null : meta.get("dimension");
            String sql = dimension == null ? null : dimension.text("sql");
            explore.column(name, null, at);
            if (sql == null) {
                explore.uses(name, table, name, DirectUse.IDENTITY, at);
            } else {
                sql(explore, table, name, sql, DirectUse.TRANSFORMATION, at);
            }
            if (meta == null) {
                return;
            }
            meta.entries("additional_dimensions").forEach((extra, value) -> {
                SourceLocation place = SourceLocation.of(path, value.line());
                explore.column(extra, null, place);
                String own = value.text("sql");
                sql(explore, table, extra, own == null ? "${TABLE}." + name : own, DirectUse.TRANSFORMATION, place);
            });
            meta.entries("metrics").forEach((metric, value) -> metric(explore, table, path, metric, value, name));
        }

        private static void metric(
                DatasetDraft explore,
                String table,
                String path,
                String metric,
                YamlValue value,
                @Nullable String column) {
            SourceLocation at = SourceLocation.of(path, value.line());
            explore.column(metric, value.text("type"), at);
            String sql = value.text("sql");
            if (sql != null) {
                sql(explore, table, metric, sql, DirectUse.AGGREGATION, at);
            } else if (column != null) {
                explore.uses(metric, table, column, DirectUse.AGGREGATION, at);
            }
            String rule = value.text("type") + "|" + (sql == null ? column : SqlText.compact(sql)) + "|"
                    + value.get("filters");
            explore.expression(metric, rule.replaceAll("line=\\d+", ""));
        }

        private static void sql(
                DatasetDraft explore, String table, String name, String sql, Dependency kind, SourceLocation at) {
            Matcher matcher = REFERENCE.matcher(sql);
            while (matcher.find()) {
                String reference = matcher.group(1);
                int dot = reference.indexOf('.');
                if (dot < 0 && !reference.equals("TABLE")) {
                    explore.uses(name, explore.id(), reference, kind, at);
                } else if (dot >= 0) {
                    explore.uses(
                            name,
                            "lightdash_explore." + reference.substring(0, dot),
                            reference.substring(dot + 1),
                            kind,
                            at);
                }
            }
            String plain = sql.replaceAll("\\$\\{\\s*TABLE\\s*\\}", ExpressionColumns.TABLE)
                    .replaceAll("\\$\\{[^}]*\\}", "NULL");
            ExpressionColumns.Found found = ExpressionColumns.of(plain, OPTIONS);
            found.columns().stream()
                    .filter(named -> named.table().equals(ExpressionColumns.TABLE)
                            && !named.column().equals("*"))
                    .forEach(named -> explore.uses(name, table, named.column(), kind, at));
            if (!found.understood()) {
                explore.unresolved(at, "the SQL of " + name + " could not be read as an expression", name);
            }
        }

        private void chart(String path, YamlValue root) {
            YamlValue query = root.get("metricQuery");
            String slug = root.text("slug") == null ? path : String.valueOf(root.text("slug"));
            String name = root.text("name") == null ? slug : String.valueOf(root.text("name"));
            SourceLocation at = SourceLocation.of(path, YamlFiles.line(root, "name"));
            DatasetDraft chart =
                    new DatasetDraft("lightdash_chart." + slug, name, DatasetKinds.CHART, DatasetRole.READER, at);
            charts.put(slug, chart.id());
            if (query != null) {
                Set<String> local = new HashSet<>();
                for (String key : List.of("tableCalculations", "additionalMetrics", "customDimensions")) {
                    query.items(key).forEach(item -> {
                        String own = item.text("name");
                        String table = item.text("table");
                        local.add(String.valueOf(own));
                        local.add(table + "_" + own);
                        local.add(String.valueOf(item.text("id")));
                    });
                }
                for (String key : List.of("dimensions", "metrics")) {
                    query.items(key).forEach(item -> {
                        if (item instanceof YamlValue.Scalar scalar) {
                            field(
                                    chart,
                                    scalar.text(),
                                    SourceLocation.of(path, scalar.line()),
                                    local,
                                    DirectUse.IDENTITY);
                        }
                    });
                }
                targets(chart, path, query.get("filters"), local, 0);
                targets(chart, path, query.get("sorts"), local, 0);
            }
            draft.add(chart.build(draft.files().blobId(path), "ansi"));
        }

        private void targets(DatasetDraft chart, String path, @Nullable YamlValue value, Set<String> local, int depth) {
            if (depth > 40) {
                return;
            }
            switch (value) {
                case null -> {}
                case YamlValue.Sequence list ->
                    list.items().forEach(item -> targets(chart, path, item, local, depth + 1));
                case YamlValue.Mapping mapping ->
                    mapping.entries().forEach((key, inner) -> {
                        if (key.equals("fieldId") && inner instanceof YamlValue.Scalar scalar) {
                            field(
                                    chart,
                                    scalar.text(),
                                    SourceLocation.of(path, scalar.line()),
                                    local,
                                    IndirectUse.FILTER);
                        } else {
                            targets(chart, path, inner, local, depth + 1);
                        }
                    });
                case YamlValue.Scalar scalar -> {}
            }
        }

        /** A field by {@code model_field}, or {@code model.field}: of models whose names fit, the longest. */
        private void field(DatasetDraft chart, String id, SourceLocation at, Set<String> local, Dependency kind) {
            if (local.contains(id)) {
                return;
            }
            String best = null;
            for (String model : explores.keySet()) {
                boolean fits = id.startsWith(model + "_") || id.startsWith(model + ".");
                if (fits && (best == null || model.length() > best.length())) {
                    best = model;
                }
            }
            DatasetDraft explore = best == null ? null : explores.get(best);
            if (best == null || explore == null) {
                chart.unresolved(at, "no model of the repository has the field " + id, id);
                return;
            }
            String field = id.substring(best.length() + 1);
            if (!explore.hasColumn(field)) {
                String plain = INTERVAL.matcher(field).replaceFirst("");
                field = explore.hasColumn(plain) ? plain : field;
            }
            chart.uses(null, explore.id(), field, kind, at);
            if (!explore.hasColumn(field)) {
                chart.unresolved(at, "the model " + best + " has no field " + field, field);
            }
        }

        private void dashboard(String path, YamlValue root) {
            String slug = root.text("slug") == null ? path : String.valueOf(root.text("slug"));
            String name = root.text("name") == null ? slug : String.valueOf(root.text("name"));
            DatasetDraft board = new DatasetDraft(
                    "lightdash_dashboard." + slug,
                    name,
                    DatasetKinds.DASHBOARD,
                    DatasetRole.READER,
                    SourceLocation.of(path, YamlFiles.line(root, "name")));
            for (YamlValue tile : root.items("tiles")) {
                YamlValue properties = tile.get("properties");
                String chart = properties == null ? null : properties.text("chartSlug");
                if (properties != null && chart != null) {
                    SourceLocation at = SourceLocation.of(path, YamlFiles.line(properties, "chartSlug"));
                    board.column(chart, null, at);
                    String id = charts.get(chart);
                    if (id == null) {
                        board.unresolved(at, "the chart " + chart + " is not in the repository", null);
                    } else {
                        board.uses(chart, id, null, IndirectUse.ROWS, at);
                    }
                }
            }
            targets(board, path, root.get("filters"), Set.of(), 0);
            draft.add(board.build(draft.files().blobId(path), "ansi"));
        }
    }
}
