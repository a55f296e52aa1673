package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.RelationNames;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.project.bi.DatasetDraft;
import io.tailwater.lineage.project.bi.EmbeddedQuery;
import io.tailwater.lineage.project.bi.SqlText;
import io.tailwater.lineage.project.lookml.LookmlProject.Definition;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the views stand on: tables, queries of their own, explores. */
final class ViewTables {
    private static final Pattern TABLE_NAME = Pattern.compile(
            "(?:[\\w$*-]+|\"[^\"]+\"|`[^`]+`|\\[[^\\]]+\\])(?:\\s*\\.\\s*(?:[\\w$*-]+|\"[^\"]+\"|`[^`]+`|\\[[^\\]]+\\]))*");
    private static final String TABLE_NAME_SUFFIX = ".SQL_TABLE_NAME";

    private final Catalogue catalogue;
    private final SqlOptions options;
    private final Relations relations;
    private final Map<String, Tables> found = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /**
     * What a view stands on.
     *
     * @param tables ids of datasets, each with the place that names it
     * @param written all of it as text, to see changes
     * @param problem why it is not known; null if it is
     * @param at where it is said
     */
    record Tables(
            Map<String, SourceLocation> tables,
            String written,
            @Nullable String problem,
            SourceLocation at) {}

    ViewTables(Catalogue catalogue, SqlOptions options) {
        this.catalogue = catalogue;
        this.options = options;
        this.relations = new Relations(options.nameRules());
        for (Definition view : catalogue.project().views()) {
            relations.declare(derivedId(view), null);
        }
    }

    Relations relations() {
        return relations;
    }

    private static String derivedId(Definition view) {
        return view.id.replace("lookml_view.", "lookml_query.");
    }

    /** What a view stands on. */
    Tables of(Definition view) {
        Tables known = found.get(view.id);
        if (known != null) {
            return known;
        }
        if (!open.add(view.id)) {
            return new Tables(Map.of(), "", "the query of " + view.name + " reads itself", view.own.place.location());
        }
        Tables tables = find(view);
        open.remove(view.id);
        found.put(view.id, tables);
        return tables;
    }

    private Tables find(Definition view) {
        Part.Attribute derived = view.whole.attribute("derived_table");
        Part.Attribute named = view.whole.attribute("sql_table_name");
        boolean ownTable = view.own.attribute("sql_table_name") != null;
        if (derived != null && !(ownTable && view.own.attribute("derived_table") == null)) {
            return derived(view, derived);
        }
        SourceLocation at = view.own.place.location();
        if (named != null) {
            return named(view, named);
        }
        boolean template = view.extended || "required".equals(view.own.text("extension"));
        if (view.refinesImported || template || catalogue.isOpen(view)) {
            return new Tables(Map.of(), "", null, at);
        }
        String table = options.nameRules().table(view.name).qualifiedName();
        return new Tables(one(catalogue.draft().table(table, at), at), table, null, at);
    }

    private static Map<String, SourceLocation> one(String id, SourceLocation at) {
        Map<String, SourceLocation> one = new LinkedHashMap<>();
        one.put(id, at);
        return one;
    }

    /** The tables of a {@code sql_table_name}: one for each way its template may come out. */
    Tables named(Definition view, Part.Attribute attribute) {
        SourceLocation at = attribute.location();
        Map<String, SourceLocation> tables = new LinkedHashMap<>();
        String problem = null;
        MappedText written = MappedText.of(attribute.text(), attribute.node().textStart());
        List<String> others = new ArrayList<>();
        for (SqlTemplate.Compiled way :
                SqlTemplate.compile(written, catalogue.project().constants(), (reference, offset) -> {
                    others.add(reference);
                    return "tw_other";
                })) {
            String text = SqlText.compact(way.text().text());
            if (text.startsWith("(") || text.toLowerCase(java.util.Locale.ROOT).startsWith("select")) {
                tables.putAll(query(view, attribute, attribute.node()).tables());
            } else if (!way.gaps().isEmpty()) {
                problem = way.gaps().get(0).reason();
            } else if (text.equals("tw_other")) {
                others.forEach(other -> tables.putAll(other(view, other, attribute.file(), at)));
            } else if (TABLE_NAME.matcher(text).matches()) {
                String table = options.nameRules().table(text).qualifiedName();
                tables.put(catalogue.draft().table(table, at), at);
            } else if (!text.isEmpty()) {
                problem = "this is no name of a table";
            }
        }
        return new Tables(
                tables,
                SqlText.compact(
                        SqlTemplate.constants(written, catalogue.project().constants())
                                .text()),
                tables.isEmpty() && problem == null ? "no table is named" : tables.isEmpty() ? problem : null,
                at);
    }

    /** The tables of another view, by {@code view.SQL_TABLE_NAME}. */
    private Map<String, SourceLocation> other(Definition self, String reference, LookmlFile file, SourceLocation at) {
        if (!reference.endsWith(TABLE_NAME_SUFFIX)) {
            return Map.of();
        }
        String name = reference.substring(0, reference.length() - TABLE_NAME_SUFFIX.length());
        Definition view = name.equals(self.name) ? self : catalogue.project().view(name, file.path());
        if (view == null) {
            return one(catalogue.elsewhere(name, file.path(), at), at);
        }
        Map<String, SourceLocation> tables = new LinkedHashMap<>();
        of(view).tables().keySet().forEach(id -> tables.put(id, at));
        return tables;
    }

    private Tables derived(Definition view, Part.Attribute derived) {
        Node sql = derived.node().child("sql");
        Node source = derived.node().child("explore_source");
        if (sql == null) {
            sql = derived.node().child("sql_create");
        }
        if (sql != null) {
            return query(view, derived, sql);
        }
        if (source != null) {
            return native_(view, derived, source);
        }
        return new Tables(Map.of(), "", "how this derived table is made is not written here", derived.location());
    }

    private Tables query(Definition view, Part.Attribute derived, Node sql) {
        LookmlFile file = derived.file();
        SourceLocation at = derived.at(sql.start());
        String id = derivedId(view);
        MappedText written = MappedText.of(sql.text() == null ? "" : sql.text(), sql.textStart());
        List<CompiledQuery> queries = new ArrayList<>();
        for (SqlTemplate.Compiled way : SqlTemplate.compile(
                written,
                catalogue.project().constants(),
                (reference, offset) -> relation(view, reference, file, file.at(offset)))) {
            MappedText text = way.text();
            queries.add(new CompiledQuery(text.text(), offset -> file.at(text.origin(offset)), way.gaps()));
        }
        Dataset dataset = EmbeddedQuery.dataset(
                id,
                view.name + " (derived table)",
                DatasetKinds.DERIVED_TABLE,
                DatasetRole.PRODUCED,
                at,
                queries,
                view.own.blobIds(),
                options,
                relations,
                catalogue.draft());
        catalogue.draft().add(dataset);
        relations.define(dataset);
        return new Tables(one(id, at), id, null, at);
    }

    /** How a query names what {@code ${view.SQL_TABLE_NAME}} stands for. */
    private String relation(Definition self, String reference, LookmlFile file, SourceLocation at) {
        String name = reference.endsWith(TABLE_NAME_SUFFIX)
                ? reference.substring(0, reference.length() - TABLE_NAME_SUFFIX.length())
                : reference;
        if (name.indexOf('.') >= 0) {
            // a field in the text of a query: its value, not a relation
            return "NULL";
        }
        Definition view = name.equals(self.name) ? self : catalogue.project().view(name, file.path());
        if (view == null) {
            String id = catalogue.elsewhere(name, file.path(), at);
            relations.declare(id, null);
            return RelationNames.schemaOf(id) + "." + name;
        }
        for (String id : of(view).tables().keySet()) {
            if (id.startsWith("table.")) {
                relations.declare(id, null);
            }
            return RelationNames.schemaOf(id) + "." + view.name;
        }
        return view.name;
    }

    /** A table made from an explore. */
    private Tables native_(Definition view, Part.Attribute derived, Node source) {
        LookmlFile file = derived.file();
        SourceLocation at = derived.at(source.start());
        String id = derivedId(view);
        DatasetDraft table = new DatasetDraft(
                id, view.name + " (derived table)", DatasetKinds.DERIVED_TABLE, DatasetRole.PRODUCED, at);
        String explore = source.text() == null ? "" : source.text();
        String exploreId = ExploreDatasets.id(catalogue, explore, null, file.path(), at);
        Definition definition = catalogue.project().explore(explore, null);
        String alias = definition == null
                ? explore
                : ExploreScope.aliases(definition.whole, definition.name)
                        .keySet()
                        .iterator()
                        .next();
        for (Node column : source.children("column")) {
            String name = column.text() == null ? "" : column.text();
            Node field = column.child("field");
            String written = field == null || field.text() == null ? name : field.text();
            String full = written.contains(".") ? written : alias + "." + written;
            SourceLocation place = file.at(column.start());
            table.column(name, null, place);
            table.expression(name, full);
            table.uses(name, exploreId, full, DirectUse.IDENTITY, place);
        }
        for (Node column : source.children("derived_column")) {
            String name = column.text() == null ? "" : column.text();
            Node sql = column.child("sql");
            table.column(name, null, file.at(column.start()));
            table.expression(name, sql == null || sql.text() == null ? "" : SqlText.compact(sql.text()));
        }
        StringBuilder filters = new StringBuilder();
        for (Node child : source.children()) {
            if (child.key().equals("filters") || child.key().equals("bind_filters")) {
                filters.append(filter(table, exploreId, alias, child, file));
            }
        }
        table.rowRule("the filters", filters.toString());
        table.reads(exploreId, at);
        Dataset dataset = table.build(view.own.blobIds(), options.dialect());
        catalogue.draft().add(dataset);
        relations.define(dataset);
        return new Tables(one(id, at), id, null, at);
    }

    private static String filter(DatasetDraft table, String exploreId, String alias, Node filter, LookmlFile file) {
        StringBuilder written = new StringBuilder();
        Node from = filter.child("from_field");
        Node field = from != null ? from : filter.child("field");
        List<Node> named = new ArrayList<>(field == null ? List.of() : List.of(field));
        if (filter.shape() == Node.Shape.LIST) {
            named.addAll(filter.children());
        }
        for (Node each : named) {
            boolean block = filter.shape() == Node.Shape.BLOCK;
            String name = block ? String.valueOf(each.text()) : each.key();
            String full = name.contains(".") ? name : alias + "." + name;
            table.uses(null, exploreId, full, IndirectUse.FILTER, file.at(each.start()));
            Node value = block ? filter.child("value") : each;
            written.append(full)
                    .append('=')
                    .append(value == null ? "" : String.valueOf(value.text()))
                    .append(';');
        }
        return written.toString();
    }
}
