package io.tailwater.lineage.project.powerbi;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
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
import io.tailwater.lineage.project.bi.FieldsOverTable;
import io.tailwater.lineage.project.bi.ReadingDraft;
import io.tailwater.lineage.project.bi.SqlText;
import io.tailwater.lineage.project.bi.YamlFiles;
import io.tailwater.lineage.project.powerbi.TmdlFile.Entry;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Power BI projects: tables of semantic models in TMDL, and visuals of reports in JSON. */
public final class PowerBiReader implements ProjectReader {
    private static final Pattern STEP = Pattern.compile("\\{\\s*\\[([^\\]{}]{1,400})\\]\\s*\\}");
    private static final Pattern PART = Pattern.compile("(Schema|Item|Name|Kind)\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern QUERY = Pattern.compile(
            "(?s)(?:Value\\.NativeQuery\\s*\\([^\"]{0,400}|\\bQuery\\s*=\\s*)\"((?:[^\"]|\"\"){1,100000})\"");
    private static final Pattern SERVER = Pattern.compile(
            "(?:Sql|PostgreSQL|AmazonRedshift|Snowflake|GoogleBigQuery|Databricks|Oracle|MySQL)\\.\\w+\\s*\\(([^)]{0,400})\\)");
    private static final Pattern FIELD = Pattern.compile("(?:'([^']{1,200})'|\\b(\\w{1,200}))?\\[([^\\]]{1,200})\\]");

    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        ReadingDraft draft = new ReadingDraft(files);
        Map<String, List<String>> byModel = new LinkedHashMap<>();
        for (String path : files.paths(path -> path.endsWith(".tmdl") && !files.isTaken(path))) {
            int definition = path.indexOf("/definition/");
            byModel.computeIfAbsent(definition < 0 ? "" : path.substring(0, definition), key -> new ArrayList<>())
                    .add(path);
        }
        Map<String, Model> models = new LinkedHashMap<>();
        byModel.forEach((folder, paths) -> {
            Model model = new Model(draft, folder);
            paths.forEach(model::read);
            model.build();
            models.put(folder, model);
        });
        if (!models.isEmpty()) {
            reports(draft, models);
        }
        return draft.finish();
    }

    /** Visuals of the reports beside a model: a report is a dashboard, a visual a column of it. */
    private static void reports(ReadingDraft draft, Map<String, Model> models) {
        Map<String, YamlValue> visuals = YamlFiles.read(
                draft, path -> path.endsWith("/visual.json") && path.contains(".Report/"), (path, text) -> true);
        Map<String, DatasetDraft> reports = new LinkedHashMap<>();
        visuals.forEach((path, root) -> {
            String folder = path.substring(0, path.indexOf(".Report/"));
            String name = folder.substring(folder.lastIndexOf('/') + 1);
            DatasetDraft report = reports.computeIfAbsent(
                    folder,
                    key -> new DatasetDraft(
                            "powerbi_report." + folder,
                            name,
                            DatasetKinds.DASHBOARD,
                            DatasetRole.READER,
                            SourceLocation.of(path, 1)));
            String visual = root.text("name") == null ? path : String.valueOf(root.text("name"));
            report.column(visual, null, SourceLocation.of(path, 1));
            Model model = models.getOrDefault(
                    folder + ".SemanticModel",
                    models.size() == 1 ? models.values().iterator().next() : null);
            if (model == null) {
                report.unresolved(SourceLocation.of(path, 1), "which model this report shows is not known", null);
            } else {
                visualFields(report, visual, model, path, root, 0);
            }
        });
        reports.forEach((folder, report) -> draft.add(report.build(folder, "ansi")));
    }

    private static void visualFields(
            DatasetDraft report, String visual, Model model, String path, YamlValue value, int depth) {
        if (depth > 60) {
            return;
        }
        switch (value) {
            case YamlValue.Sequence list ->
                list.items().forEach(item -> visualFields(report, visual, model, path, item, depth + 1));
            case YamlValue.Mapping mapping -> {
                YamlValue expression = mapping.get("Expression");
                YamlValue source = expression == null ? null : expression.get("SourceRef");
                String entity = source == null ? null : source.text("Entity");
                String property = mapping.text("Property");
                if (entity != null && property != null) {
                    SourceLocation at = SourceLocation.of(path, YamlFiles.line(mapping, "Property"));
                    report.uses(visual, model.id(entity), property, DirectUse.IDENTITY, at);
                    DatasetDraft table = model.tables.get(entity);
                    if (table == null || !table.hasColumn(property)) {
                        report.unresolved(at, "the model has no field " + entity + "[" + property + "]", property);
                    }
                }
                mapping.entries().values().forEach(item -> visualFields(report, visual, model, path, item, depth + 1));
            }
            case YamlValue.Scalar scalar -> {
                // no field by itself
            }
        }
    }

    /** One semantic model. */
    private static final class Model {
        private final ReadingDraft draft;
        private final String folder;
        final Map<String, DatasetDraft> tables = new LinkedHashMap<>();
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final Map<String, String> paths = new HashMap<>();
        private final Map<String, String> measures = new HashMap<>();
        private final Map<String, Entry> relationships = new LinkedHashMap<>();
        private final Map<String, String> relationshipPaths = new HashMap<>();
        private final SqlOptions options = SqlOptions.of("ansi");

        Model(ReadingDraft draft, String folder) {
            this.draft = draft;
            this.folder = folder;
        }

        String id(String table) {
            return "powerbi_table." + folder + "." + table;
        }

        void read(String path) {
            draft.take(path);
            String text = draft.files().text(path);
            List<Entry> found = text == null ? null : TmdlFile.read(text);
            if (found == null) {
                draft.problem(
                        SourceLocation.of(path, 1),
                        text == null ? draft.files().problem(path) : "the TMDL is too long or nested too deeply");
                return;
            }
            for (Entry entry : found) {
                if (entry.word.equals("table")) {
                    entries.put(entry.name, entry);
                    paths.put(entry.name, path);
                } else if (entry.word.equals("relationship")) {
                    relationships.put(entry.name, entry);
                    relationshipPaths.put(entry.name, path);
                }
            }
        }

        void build() {
            entries.forEach((name, entry) -> {
                DatasetDraft table = new DatasetDraft(
                                id(name),
                                name,
                                DatasetKinds.SEMANTIC_MODEL,
                                DatasetRole.PRODUCED,
                                SourceLocation.of(String.valueOf(paths.get(name)), entry.line))
                        .published();
                tables.put(name, table);
                for (Entry child : entry.children) {
                    if (child.word.equals("column") || child.word.equals("measure")) {
                        SourceLocation at = SourceLocation.of(String.valueOf(paths.get(name)), child.line);
                        table.column(child.name, child.property("dataType"), at);
                        if (child.word.equals("measure")) {
                            measures.put(child.name, name);
                        }
                    }
                }
            });
            entries.forEach(this::fill);
            relationships.forEach(this::relate);
            tables.forEach((name, table) ->
                    draft.add(table.build(draft.files().blobId(String.valueOf(paths.get(name))), options.dialect())));
        }

        private void fill(String name, Entry entry) {
            DatasetDraft table = tables.get(name);
            if (table == null) {
                return;
            }
            String path = String.valueOf(paths.get(name));
            String source = null;
            for (Entry child : entry.children) {
                if (child.word.equals("partition")) {
                    source = source(table, path, child);
                }
            }
            for (Entry child : entry.children) {
                SourceLocation at = SourceLocation.of(path, child.line);
                String column = child.property("sourceColumn");
                if (child.word.equals("column") && column != null && source != null) {
                    String plain = column.startsWith("[") ? column.substring(1, column.length() - 1) : column;
                    table.uses(child.name, source, plain.toLowerCase(Locale.ROOT), DirectUse.IDENTITY, at);
                    table.expression(child.name, "source:" + plain);
                } else if ((child.word.equals("column") || child.word.equals("measure")) && !child.text.isEmpty()) {
                    table.expression(child.name, SqlText.compact(child.text.toString()));
                    dax(table, name, child, at);
                }
            }
        }

        /** Fields that a DAX expression names: {@code Table[Column]}, {@code 'Table'[Column]}, {@code [Measure]}. */
        private void dax(DatasetDraft table, String own, Entry entry, SourceLocation at) {
            Matcher matcher = FIELD.matcher(entry.text.toString().replaceAll("\"[^\"]*\"", "\"\""));
            while (matcher.find()) {
                String named = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                String field = matcher.group(3);
                String target =
                        named != null ? named : table.hasColumn(field) ? own : measures.getOrDefault(field, own);
                if (named != null && !tables.containsKey(named)) {
                    continue; // a variable or a function's result
                }
                table.uses(entry.name, id(target), field, DirectUse.AGGREGATION, at);
                if (isMissing(target, field) && (named != null || entry.word.equals("column"))) {
                    table.unresolved(at, "the model has no field " + target + "[" + field + "]", field);
                }
            }
        }

        private boolean isMissing(String table, String field) {
            DatasetDraft named = tables.get(table);
            return named == null || !named.hasColumn(field);
        }

        /** What a partition in M reads: the table that its steps lead to, or its query; null where that is not constant. */
        private @Nullable String source(DatasetDraft table, String path, Entry partition) {
            StringBuilder text = new StringBuilder(partition.text);
            int line = partition.line;
            for (Entry child : partition.children) {
                if (child.word.equals("source")) {
                    text.append('\n').append(child.text);
                    line = child.line;
                }
            }
            String m = text.toString();
            SourceLocation at = SourceLocation.of(path, line);
            table.rowRule("the partition " + partition.name, SqlText.compact(m));
            Matcher query = QUERY.matcher(m);
            if (query.find()) {
                return query(table, query.group(1).replace("\"\"", "\"").replace("#(lf)", "\n"), path, line);
            }
            List<String> parts = new ArrayList<>();
            Matcher server = SERVER.matcher(m);
            Matcher steps = STEP.matcher(m);
            while (steps.find()) {
                Matcher part = PART.matcher(steps.group(1));
                while (part.find()) {
                    if (!part.group(1).equals("Kind")) {
                        parts.add(part.group(2).toLowerCase(Locale.ROOT));
                    }
                }
            }
            if (parts.isEmpty()) {
                if (m.contains("Source") || server.find()) {
                    table.unresolved(at, "which table this partition reads is no constant in it", null);
                }
                return null;
            }
            String id = draft.table(String.join(".", parts), at);
            table.reads(id, at);
            return id;
        }

        private String query(DatasetDraft table, String sql, String path, int line) {
            SqlOptions dialect = SqlOptions.of(DialectGuess.of(List.of(sql)));
            Relations relations = new Relations(dialect.nameRules());
            Dataset query = EmbeddedQuery.dataset(
                    table.id() + ".query",
                    table.name() + " (query)",
                    DatasetKinds.DERIVED_TABLE,
                    DatasetRole.PRODUCED,
                    SourceLocation.of(path, line),
                    List.of(FieldsOverTable.query(sql, path, line)),
                    draft.files().blobId(path),
                    dialect,
                    relations,
                    draft);
            FieldsOverTable.define(query, relations, draft);
            table.reads(query.id(), SourceLocation.of(path, line));
            return query.id();
        }

        private void relate(String name, Entry relationship) {
            String path = String.valueOf(relationshipPaths.get(name));
            String from = relationship.property("fromColumn");
            String to = relationship.property("toColumn");
            if (from == null || to == null) {
                return;
            }
            String[] left = parts(from);
            String[] right = parts(to);
            DatasetDraft list = new DatasetDraft(
                    "powerbi_relationship." + folder + "." + name,
                    left[0] + " to " + right[0],
                    DatasetKinds.FIELD_LIST,
                    DatasetRole.READER,
                    SourceLocation.of(path, relationship.line));
            for (String[] side : List.of(left, right)) {
                SourceLocation at = SourceLocation.of(path, relationship.line);
                list.uses(null, id(side[0]), side[1], IndirectUse.JOIN, at);
            }
            draft.add(list.build(draft.files().blobId(path), options.dialect()));
        }

        /** Table and column of {@code Table.Column}, either of which may be quoted. */
        private static String[] parts(String written) {
            Matcher matcher = Pattern.compile("('(?:[^']|'')*'|[^.']+)\\.('(?:[^']|'')*'|.+)")
                    .matcher(written);
            if (!matcher.matches()) {
                return new String[] {written, ""};
            }
            return new String[] {plain(matcher.group(1)), plain(matcher.group(2))};
        }

        private static String plain(String name) {
            return name.startsWith("'") ? name.substring(1, name.length() - 1).replace("''", "'") : name;
        }
    }
}
