package io.tailwater.lineage.project.tableau;

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
import io.tailwater.lineage.project.XmlElement;
import io.tailwater.lineage.project.bi.DatasetDraft;
import io.tailwater.lineage.project.bi.DialectGuess;
import io.tailwater.lineage.project.bi.EmbeddedQuery;
import io.tailwater.lineage.project.bi.FieldsOverTable;
import io.tailwater.lineage.project.bi.ReadingDraft;
import io.tailwater.lineage.project.bi.SqlText;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Tableau's data sources and workbooks as far as they are text: {@code .tds} and {@code .twb}. */
public final class TableauReader implements ProjectReader {
    private static final Pattern FIELD = Pattern.compile("\\[([^\\]]{1,300})\\]");

    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        ReadingDraft draft = new ReadingDraft(files);
        for (String path : files.paths(path -> path.endsWith(".tds") || path.endsWith(".twb"))) {
            draft.take(path);
            String text = files.text(path);
            if (text == null) {
                draft.problem(SourceLocation.of(path, 1), files.problem(path));
                continue;
            }
            XmlElement.Parsed parsed = XmlElement.read(text);
            if (parsed.root() == null) {
                draft.problem(SourceLocation.of(path, parsed.line()), parsed.problem());
            } else {
                new Workbook(draft, path).read(parsed.root());
            }
        }
        return draft.finish();
    }

    /** One file. */
    private static final class Workbook {
        private final ReadingDraft draft;
        private final String path;
        private final Map<String, DatasetDraft> sources = new LinkedHashMap<>();
        private final Map<String, String> sheets = new HashMap<>();

        Workbook(ReadingDraft draft, String path) {
            this.draft = draft;
            this.path = path;
        }

        void read(XmlElement root) {
            if (root.name().equals("datasource")) {
                source(root);
            }
            root.children("datasources")
                    .forEach(all -> all.children("datasource").forEach(this::source));
            root.children("worksheets").forEach(all -> all.children("worksheet").forEach(this::sheet));
            root.children("dashboards").forEach(all -> all.children("dashboard").forEach(this::dashboard));
            sources.values()
                    .forEach(source -> draft.add(source.build(draft.files().blobId(path), "ansi")));
        }

        private SourceLocation at(XmlElement element) {
            return SourceLocation.of(path, element.line());
        }

        private void source(XmlElement element) {
            String id =
                    element.attribute("name") != null ? element.attribute("name") : element.attribute("formatted-name");
            if (id == null || id.equals("Parameters")) {
                return;
            }
            String caption = element.attribute("caption") != null ? element.attribute("caption") : id;
            DatasetDraft source = new DatasetDraft(
                            "tableau_source." + path + "." + id,
                            String.valueOf(caption),
                            DatasetKinds.SEMANTIC_MODEL,
                            DatasetRole.PRODUCED,
                            at(element))
                    .published();
            sources.put(id, source);
            Map<String, String> relations = relations(element, source, id);
            for (XmlElement record : element.all("metadata-record")) {
                if ("column".equals(record.attribute("class"))) {
                    record(source, record, relations);
                }
            }
            for (XmlElement map : element.all("map")) {
                column(source, map.attribute("key"), map.attribute("value"), at(map), relations);
            }
            List<XmlElement> calculated = element.children("column");
            calculated.forEach(column -> {
                String name = column.attribute("name");
                if (name != null && !column.children("calculation").isEmpty()) {
                    source.column(bare(name), column.attribute("datatype"), at(column));
                }
            });
            calculated.forEach(column -> calculation(source, column));
        }

        private void calculation(DatasetDraft source, XmlElement column) {
            String name = column.attribute("name");
            for (XmlElement calculation : column.children("calculation")) {
                String formula = calculation.attribute("formula");
                if (name == null || formula == null) {
                    continue;
                }
                source.expression(bare(name), SqlText.compact(formula));
                Matcher matcher =
                        FIELD.matcher(formula.replaceAll("(?m)//.*$", "").replaceAll("'[^']*'", "''"));
                while (matcher.find()) {
                    String field = matcher.group(1);
                    if (field.equals("Parameters") || field.startsWith("Parameter ")) {
                        continue;
                    }
                    source.uses(bare(name), source.id(), field, DirectUse.TRANSFORMATION, at(calculation));
                }
            }
        }

        /** Tables and custom queries of a data source, by the names its columns call them. */
        private Map<String, String> relations(XmlElement element, DatasetDraft source, String id) {
            Map<String, String> found = new LinkedHashMap<>();
            Map<String, String> databases = new HashMap<>();
            element.all("named-connection")
                    .forEach(named -> named.children("connection")
                            .forEach(connection -> databases.put(
                                    String.valueOf(named.attribute("name")), connection.attribute("dbname"))));
            for (XmlElement relation : element.all("relation")) {
                String name = relation.attribute("name");
                if (name == null || found.containsKey(name)) {
                    continue;
                }
                if ("table".equals(relation.attribute("type")) && relation.attribute("table") != null) {
                    String table = table(
                            String.valueOf(relation.attribute("table")),
                            databases.get(String.valueOf(relation.attribute("connection"))));
                    found.put(name, draft.table(table, at(relation)));
                } else if ("text".equals(relation.attribute("type"))) {
                    found.put(name, query(relation, id, name));
                }
            }
            found.values().forEach(table -> source.reads(table, at(element)));
            source.rowRule("the tables", String.join(";", found.values()));
            return found;
        }

        private static String table(String written, @Nullable String database) {
            StringBuilder name = new StringBuilder();
            Matcher matcher = FIELD.matcher(written);
            int parts = 0;
            while (matcher.find()) {
                name.append(name.isEmpty() ? "" : ".").append(matcher.group(1).toLowerCase(Locale.ROOT));
                parts++;
            }
            if (parts == 0) {
                return written.toLowerCase(Locale.ROOT);
            }
            return database != null && !database.isBlank() && parts == 2
                    ? database.toLowerCase(Locale.ROOT) + "." + name
                    : name.toString();
        }

        private String query(XmlElement relation, String id, String name) {
            // Tableau doubles angle brackets to keep them apart from its parameters
            String sql = relation.text().replace("<<", "<").replace(">>", ">");
            String plain = sql.replaceAll("<\\[Parameters\\]\\.\\[[^\\]]*\\]>", "NULL");
            SqlOptions options = SqlOptions.of(DialectGuess.of(List.of(plain)));
            Relations relations = new Relations(options.nameRules());
            Dataset query = EmbeddedQuery.dataset(
                    "tableau_query." + path + "." + id + "." + name,
                    name,
                    DatasetKinds.DERIVED_TABLE,
                    DatasetRole.PRODUCED,
                    at(relation),
                    List.of(FieldsOverTable.query(plain, path, relation.textLine())),
                    draft.files().blobId(path),
                    options,
                    relations,
                    draft);
            return FieldsOverTable.define(query, relations, draft).id();
        }

        private void record(DatasetDraft source, XmlElement record, Map<String, String> relations) {
            String remote = null;
            String local = null;
            String parent = null;
            for (XmlElement part : record.children()) {
                String text = part.text().strip();
                switch (part.name()) {
                    case "remote-name" -> remote = text;
                    case "local-name" -> local = text;
                    case "parent-name" -> parent = text;
                    default -> {
                        // types and the like
                    }
                }
            }
            if (remote != null && local != null && parent != null) {
                column(source, local, parent + ".[" + remote + "]", at(record), relations);
            }
        }

        /** A field that is a column: {@code [field]} is {@code [relation].[column]}. */
        private static void column(
                DatasetDraft source,
                @Nullable String field,
                @Nullable String value,
                SourceLocation at,
                Map<String, String> relations) {
            if (field == null || value == null) {
                return;
            }
            Matcher matcher = FIELD.matcher(value);
            String relation = matcher.find() ? matcher.group(1) : null;
            String column = matcher.find() ? matcher.group(1) : null;
            String table = relation == null ? null : relations.get(relation);
            if (table != null && column != null && !source.hasColumn(bare(field))) {
                source.column(bare(field), null, at);
                source.uses(bare(field), table, column.toLowerCase(Locale.ROOT), DirectUse.IDENTITY, at);
            }
        }

        private static String bare(String name) {
            return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        }

        private void sheet(XmlElement element) {
            String name = String.valueOf(element.attribute("name"));
            DatasetDraft sheet = new DatasetDraft(
                    "tableau_sheet." + path + "." + name, name, DatasetKinds.CHART, DatasetRole.READER, at(element));
            sheets.put(name, sheet.id());
            for (XmlElement used : element.all("datasource-dependencies")) {
                DatasetDraft source = sources.get(String.valueOf(used.attribute("datasource")));
                if (source == null) {
                    continue;
                }
                sheet.reads(source.id(), at(used));
                for (XmlElement column : used.children("column")) {
                    String field = column.attribute("name");
                    if (field == null) {
                        continue;
                    }
                    boolean own = !column.children("calculation").isEmpty() && !source.hasColumn(bare(field));
                    if (!own) {
                        sheet.uses(null, source.id(), bare(field), DirectUse.IDENTITY, at(column));
                    }
                }
            }
            draft.add(sheet.build(draft.files().blobId(path), "ansi"));
        }

        private void dashboard(XmlElement element) {
            String name = String.valueOf(element.attribute("name"));
            DatasetDraft board = new DatasetDraft(
                    "tableau_dashboard." + path + "." + name,
                    name,
                    DatasetKinds.DASHBOARD,
                    DatasetRole.READER,
                    at(element));
            for (XmlElement zone : element.all("zone")) {
                String sheet = zone.attribute("name");
                String id = sheet == null ? null : sheets.get(sheet);
                if (sheet != null && id != null && !board.hasColumn(sheet)) {
                    board.column(sheet, null, at(zone));
                    board.uses(sheet, id, null, IndirectUse.ROWS, at(zone));
                }
            }
            draft.add(board.build(draft.files().blobId(path), "ansi"));
        }
    }
}
