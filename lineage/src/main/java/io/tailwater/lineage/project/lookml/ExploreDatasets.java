package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.bi.DatasetDraft;
import io.tailwater.lineage.project.bi.ReadingDraft;
import io.tailwater.lineage.project.bi.SqlText;
import io.tailwater.lineage.project.lookml.LookmlProject.Definition;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explores as datasets: a column {@code view.field} for each field they offer. */
final class ExploreDatasets {
    private static final int MOST_COLUMNS = 20_000;
    private static final int MOST_COLUMNS_IN_ALL = 400_000;
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\s*([\\w.]+)\\s*\\}");

    private final Catalogue catalogue;
    private final String dialect;
    private int columnsInAll;

    ExploreDatasets(Catalogue catalogue, String dialect) {
        this.catalogue = catalogue;
        this.dialect = dialect;
    }

    /** The dataset of an explore that is named in a file; made up as imported or missing where it is not here. */
    static String id(Catalogue catalogue, String name, @Nullable String model, String path, SourceLocation at) {
        Definition explore = catalogue.project().explore(name, model);
        boolean otherModel = model != null && !catalogue.project().hasModel(model);
        if (explore != null && (model == null || !otherModel)) {
            return explore.id;
        }
        boolean elsewhere = otherModel || catalogue.project().mayBeImported(path);
        String id = elsewhere ? "lookml_import.explore." + model + "." + name : "lookml_explore." + name;
        catalogue
                .draft()
                .add(ReadingDraft.onlyNamed(
                        id,
                        name,
                        elsewhere && model != null ? Catalogue.qualifiedExplore(model, name) : null,
                        DatasetKinds.EXPLORE,
                        elsewhere ? DatasetRole.REFERENCED : DatasetRole.MISSING,
                        at));
        return id;
    }

    void build(Definition explore) {
        new Builder(explore).build();
    }

    /** Works on one explore. */
    private final class Builder {
        private final Definition explore;
        private final DatasetDraft dataset;
        private final Map<String, ExploreScope.Used> aliases;
        /** Views that are here, by the name the explore gives them. */
        private final Map<String, Definition> views = new LinkedHashMap<>();

        private final Map<String, String> viewIds = new LinkedHashMap<>();
        private final Map<String, Set<String>> columns = new LinkedHashMap<>();

        Builder(Definition explore) {
            this.explore = explore;
            this.aliases = ExploreScope.aliases(explore.whole, explore.name);
            this.dataset = new DatasetDraft(
                    explore.id, explore.name, DatasetKinds.EXPLORE, DatasetRole.PRODUCED, explore.own.place.location());
        }

        void build() {
            Set<String> models = catalogue.project().models(explore.path());
            if (models.size() == 1) {
                dataset.qualifiedName(
                        Catalogue.qualifiedExplore(models.iterator().next(), explore.name));
            }
            if (!"required".equals(explore.own.text("extension"))) {
                dataset.published();
            }
            findViews();
            FieldChoice choice = new FieldChoice(explore.whole.items("fields"), this::setFields, base());
            aliases.forEach((alias, used) -> fields(alias, used, choice));
            aliases.forEach(this::join);
            rows();
            catalogue.draft().add(dataset.build(explore.own.blobIds(), dialect));
            explore.whole.parts("aggregate_table").forEach(part -> query(part, "aggregate table"));
            explore.whole.parts("query").forEach(part -> query(part, "query"));
            exclusions();
        }

        private String base() {
            return aliases.keySet().iterator().next();
        }

        private void findViews() {
            aliases.forEach((alias, used) -> {
                SourceLocation at = used.at().location();
                String path = used.at().file().path();
                Definition view = catalogue.project().view(used.view(), path);
                boolean importedBase = used.join() == null && view == null && explore.refinesImported;
                if (view != null) {
                    views.put(alias, view);
                    viewIds.put(alias, view.id);
                    dataset.reads(view.id, at);
                } else if (importedBase || explore.own.attribute("extension") != null) {
                    dataset.unresolved(
                            at,
                            "the explore " + explore.name + " is imported; only what is written here is known",
                            null);
                } else {
                    String id = catalogue.elsewhere(used.view(), path, at);
                    viewIds.put(alias, id);
                    dataset.reads(id, at);
                    if (id.startsWith("lookml_import.")) {
                        dataset.star(id, List.of(), at);
                    } else {
                        dataset.unresolved(at, "there is no view " + used.view(), null);
                    }
                }
            });
        }

        /** The fields of a set of a view. */
        private Set<String> setFields(String alias, String set) {
            Set<String> found = new LinkedHashSet<>();
            Definition view = views.get(alias);
            Part part = view == null ? null : view.whole.part("set", set);
            if (part != null && view != null) {
                part.items("fields").forEach(item -> {
                    String name = item.node().key();
                    found.add(name.contains(".") ? name : alias + "." + name);
                });
            }
            return found;
        }

        private void fields(String alias, ExploreScope.Used used, FieldChoice choice) {
            Definition view = views.get(alias);
            if (view == null) {
                return;
            }
            SourceLocation at = used.at().location();
            FieldChoice ofJoin = used.join() == null
                    ? new FieldChoice(List.of(), this::setFields, alias)
                    : new FieldChoice(used.join().items("fields"), this::setFields, alias);
            Set<String> names = new LinkedHashSet<>();
            for (Part field : view.whole.fields().values()) {
                for (String name : FieldColumns.of(field)) {
                    String full = alias + "." + name;
                    if (!choice.has(full, alias + "." + field.name) || !ofJoin.has(full, alias + "." + field.name)) {
                        continue;
                    }
                    if (names.size() >= MOST_COLUMNS || columnsInAll >= MOST_COLUMNS_IN_ALL) {
                        dataset.unresolved(
                                at,
                                "there are more fields than the limit of " + MOST_COLUMNS + "; the rest is left out",
                                null);
                        dataset.unknown();
                        columns.put(alias, names);
                        return;
                    }
                    columnsInAll++;
                    names.add(full);
                    dataset.column(full, null, at);
                    dataset.uses(full, view.id, name, DirectUse.IDENTITY, at);
                }
            }
            columns.put(alias, names);
            if (view.refinesImported) {
                dataset.star(catalogue.imported(view.name, view.path(), at), List.of(), at);
            }
        }

        /** What a join is made by: all fields of the joined view depend on it. */
        private void join(String alias, ExploreScope.Used used) {
            Part join = used.join();
            if (join == null) {
                return;
            }
            String from = join.text("from");
            StringBuilder written = new StringBuilder("from " + (from == null ? join.name : from));
            String type = join.text("type");
            written.append(" type ").append(type == null ? "left_outer" : type);
            for (String key : List.of("sql_on", "sql_where", "sql_table_name", "foreign_key", "sql")) {
                Part.Attribute attribute = join.attribute(key);
                if (attribute == null) {
                    continue;
                }
                written.append(' ').append(key).append(' ').append(compact(attribute));
                if (key.equals("foreign_key")) {
                    String name = attribute.text().contains(".") ? attribute.text() : base() + "." + attribute.text();
                    joined(alias, name, attribute.location());
                } else if (!key.equals("sql_table_name")) {
                    references(attribute, (reference, at) -> joined(alias, reference, at));
                }
            }
            dataset.rowRule("the join " + alias, written.toString());
        }

        private String compact(Part.Attribute attribute) {
            return SqlText.compact(SqlTemplate.constants(
                            MappedText.of(attribute.text(), 0),
                            catalogue.project().constants())
                    .text());
        }

        private void references(Part.Attribute code, java.util.function.BiConsumer<String, SourceLocation> use) {
            Matcher matcher = REFERENCE.matcher(code.text());
            while (matcher.find()) {
                if (!matcher.group(1).endsWith("SQL_TABLE_NAME")) {
                    use.accept(matcher.group(1), code.at(code.node().textStart() + matcher.start()));
                }
            }
            SqlTemplate.uses(code.text(), code.node().textStart())
                    .forEach(liquid -> use.accept(liquid.field(), code.at(liquid.offset())));
        }

        private void joined(String alias, String reference, SourceLocation at) {
            columns.getOrDefault(alias, Set.of()).forEach(column -> use(column, reference, IndirectUse.JOIN, at));
            check(reference, at);
        }

        /** Lets a column, or the rows, depend on a field that the explore names. */
        private void use(@Nullable String column, String reference, Dependency kind, SourceLocation at) {
            int dot = reference.indexOf('.');
            String alias = dot < 0 ? base() : reference.substring(0, dot);
            String field = reference.substring(dot + 1);
            String viewId = viewIds.get(alias);
            if (viewId != null) {
                dataset.uses(column, viewId, field, kind, at);
            }
        }

        /** Notes a field that is named and does not exist. */
        private void check(String reference, SourceLocation at) {
            int dot = reference.indexOf('.');
            String alias = dot < 0 ? base() : reference.substring(0, dot);
            String field = reference.substring(dot + 1);
            Definition view = views.get(alias);
            boolean extendsImported = explore.own.items("extends").size() > explore.parents.size();
            boolean template = explore.own.attribute("extension") != null
                    || explore.extended
                    || explore.refinesImported
                    || extendsImported;
            if (view == null && !viewIds.containsKey(alias) && !template) {
                dataset.unresolved(at, "the explore " + explore.name + " joins no view " + alias, field);
            } else if (view != null && !template && !catalogue.has(view, field)) {
                dataset.unresolved(at, "there is no field " + alias + "." + field, field);
            }
        }

        /** What decides the rows of every query of the explore. */
        private void rows() {
            ExploreScope.Used base = aliases.get(base());
            dataset.rowRule("the view", base == null ? "" : base.view());
            for (String key : List.of("sql_always_where", "sql_always_having", "sql_table_name")) {
                Part.Attribute attribute = explore.whole.attribute(key);
                dataset.rowRule(key, attribute == null ? "" : compact(attribute));
                if (attribute != null && !key.equals("sql_table_name")) {
                    references(attribute, (reference, at) -> {
                        use(null, reference, IndirectUse.FILTER, at);
                        check(reference, at);
                    });
                }
            }
            StringBuilder access = new StringBuilder();
            for (Part.Attribute filter : explore.whole.attributes("access_filter")) {
                Node field = filter.node().child("field");
                Node attribute = filter.node().child("user_attribute");
                if (field != null && field.text() != null) {
                    named(field.text(), filter.at(field.start()));
                    access.append(field.text())
                            .append('=')
                            .append(attribute == null ? "" : attribute.text())
                            .append(';');
                }
            }
            dataset.rowRule("access_filter", access.toString());
            for (String key : List.of("always_filter", "conditionally_filter")) {
                StringBuilder filters = new StringBuilder();
                for (Part.Attribute filter : explore.whole.attributes(key)) {
                    filters(filter.node(), filter, filters);
                }
                dataset.rowRule(key, filters.toString());
            }
        }

        private void filters(Node node, Part.Attribute filter, StringBuilder written) {
            for (Node child : node.children()) {
                if (!child.key().equals("filters")) {
                    continue;
                }
                Node field = child.child("field");
                if (child.shape() == Node.Shape.BLOCK && field != null) {
                    named(String.valueOf(field.text()), filter.at(field.start()));
                    Node value = child.child("value");
                    written.append(field.text())
                            .append('=')
                            .append(value == null ? "" : value.text())
                            .append(';');
                } else {
                    for (Node item : child.children()) {
                        named(item.key(), filter.at(item.start()));
                        written.append(item.key())
                                .append('=')
                                .append(item.text())
                                .append(';');
                    }
                }
            }
        }

        private void named(String reference, SourceLocation at) {
            use(null, reference, IndirectUse.FILTER, at);
            check(reference, at);
        }

        /** A query that is kept ready over the explore. */
        private void query(Part part, String what) {
            DatasetDraft list = new DatasetDraft(
                    "lookml_list." + explore.id + "." + part.kind + "." + part.name,
                    explore.name + ": " + what + " " + part.name,
                    DatasetKinds.FIELD_LIST,
                    DatasetRole.READER,
                    part.place.location());
            Part.Attribute inner = part.attribute("query");
            for (String key : List.of("dimensions", "measures", "filters", "pivots", "sorts")) {
                for (Part.Attribute attribute : part.attributes(key)) {
                    queryItems(list, attribute.node(), attribute);
                }
                if (inner != null) {
                    inner.node().children(key).forEach(node -> queryItems(list, node, inner));
                }
            }
            catalogue.draft().add(list.build(explore.own.blobIds(), dialect));
        }

        private void queryItems(DatasetDraft list, Node node, Part.Attribute file) {
            for (Node item : node.children()) {
                String name = item.key().contains(".") ? item.key() : base() + "." + item.key();
                offered(list, name, file.at(item.start()));
            }
        }

        private void offered(DatasetDraft list, String full, SourceLocation at) {
            String alias = full.substring(0, full.indexOf('.'));
            list.uses(null, explore.id, full, IndirectUse.ROWS, at);
            Definition view = views.get(alias);
            String field = full.substring(full.indexOf('.') + 1);
            if (view != null && !catalogue.has(view, field)) {
                list.unresolved(at, "there is no field " + full, field);
            }
        }

        /** Fields that the explore names to offer or to leave out. */
        private void exclusions() {
            DatasetDraft list = new DatasetDraft(
                    "lookml_list." + explore.id + ".fields",
                    explore.name + ": fields",
                    DatasetKinds.FIELD_LIST,
                    DatasetRole.READER,
                    explore.own.place.location());
            boolean any = named(list, explore.whole.items("fields"), base());
            for (Part join : explore.whole.parts("join")) {
                any |= named(list, join.items("fields"), join.name);
            }
            if (any) {
                catalogue.draft().add(list.build(explore.own.blobIds(), dialect));
            }
        }

        private boolean named(DatasetDraft list, List<Part.Attribute> items, String alias) {
            boolean any = false;
            for (Part.Attribute item : items) {
                String name = item.node().key().startsWith("-")
                        ? item.node().key().substring(1)
                        : item.node().key();
                if (name.endsWith("*") || name.equals("fields")) {
                    continue;
                }
                String full = name.contains(".") ? name : alias + "." + name;
                String used = full.substring(0, full.indexOf('.'));
                String viewId = viewIds.get(used);
                Definition view = views.get(used);
                if (viewId == null) {
                    continue;
                }
                any = true;
                String field = full.substring(full.indexOf('.') + 1);
                boolean group = view != null && view.whole.fields().containsKey(field);
                if (!group) {
                    list.uses(null, viewId, field, IndirectUse.ROWS, item.location());
                    if (view != null && !catalogue.has(view, field)) {
                        list.unresolved(item.location(), "there is no field " + full, field);
                    }
                }
            }
            return any;
        }
    }
}
