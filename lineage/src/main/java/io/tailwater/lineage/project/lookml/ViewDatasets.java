package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.project.bi.DatasetDraft;
import io.tailwater.lineage.project.bi.ExpressionColumns;
import io.tailwater.lineage.project.bi.SqlText;
import io.tailwater.lineage.project.lookml.LookmlProject.Definition;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Views as datasets: a column for each name a field can be asked for by. */
final class ViewDatasets {
    private static final List<String> CODE =
            List.of("sql", "sql_start", "sql_end", "sql_latitude", "sql_longitude", "sql_distinct_key", "expression");
    /** Parameters of a field that decide its values. All others are for the eye. */
    private static final Set<String> VALUES = new TreeSet<>(List.of(
            "type",
            "sql",
            "sql_start",
            "sql_end",
            "sql_latitude",
            "sql_longitude",
            "sql_distinct_key",
            "expression",
            "filters",
            "convert_tz",
            "datatype",
            "percentile",
            "tiers",
            "style",
            "bins",
            "case",
            "approximate",
            "approximate_threshold",
            "precision",
            "based_on",
            "period",
            "value_to_show",
            "list_field",
            "default_value",
            "direction",
            "offset"));

    private static final Set<String> WITHOUT_SQL =
            Set.of("count", "location", "distance", "duration", "period_over_period", "list", "bin");
    private static final String PLACEHOLDER = "tw_ref_";

    private final Catalogue catalogue;
    private final ViewTables tables;
    private final SqlOptions options;
    private final Map<String, ExpressionColumns.Found> expressions = new HashMap<>();

    ViewDatasets(Catalogue catalogue, ViewTables tables, SqlOptions options) {
        this.catalogue = catalogue;
        this.tables = tables;
        this.options = options;
    }

    /** The view, and lists of fields it offers. */
    void build(Definition view) {
        SourceLocation at = view.own.place.location();
        DatasetDraft dataset = new DatasetDraft(view.id, view.name, DatasetKinds.LOOKML_VIEW, DatasetRole.PRODUCED, at);
        dataset.qualifiedName(Catalogue.qualifiedView(catalogue.project().name(), view.name));
        ViewTables.Tables standsOn = tables.of(view);
        standsOn.tables().forEach(dataset::reads);
        dataset.rowRule("the table", standsOn.written());
        if (standsOn.problem() != null) {
            dataset.unresolved(standsOn.at(), standsOn.problem(), null);
        }
        for (Part.Attribute parent : view.own.items("extends")) {
            String name = parent.node().key().equals("extends")
                    ? parent.text()
                    : parent.node().key();
            dataset.reads(catalogue.viewId(name, view.path(), parent.location()), parent.location());
        }
        if (catalogue.isOpen(view)) {
            if (view.refinesImported) {
                dataset.star(catalogue.imported(view.name, view.path(), at), List.of(), at);
            }
        }
        Map<String, Part> fields = view.whole.fields();
        fields.values()
                .forEach(field ->
                        FieldColumns.of(field).forEach(column -> dataset.column(column, null, field.place.location())));
        fields.values().forEach(field -> new FieldBuilder(view, field, dataset, standsOn).build());
        Dataset built = dataset.build(view.own.blobIds(), options.dialect());
        catalogue.draft().add(built);
        lists(view);
    }

    /** Works on one field. */
    private final class FieldBuilder {
        private final Definition view;
        private final Part field;
        private final DatasetDraft dataset;
        private final ViewTables.Tables standsOn;
        private final List<String> names;

        FieldBuilder(Definition view, Part field, DatasetDraft dataset, ViewTables.Tables standsOn) {
            this.view = view;
            this.field = field;
            this.dataset = dataset;
            this.standsOn = standsOn;
            this.names = FieldColumns.of(field);
        }

        void build() {
            Part own = view.own.fields().get(field.name);
            inherited(own);
            if (own != null && VALUES.stream().anyMatch(key -> own.attribute(key) != null) || view.parents.isEmpty()) {
                String expression = expression();
                names.forEach(name -> dataset.expression(name, expression));
            }
            boolean any = false;
            for (String key : CODE) {
                for (Part.Attribute attribute : field.attributes(key)) {
                    any = true;
                    code(attribute, attribute.node());
                }
            }
            for (Part.Attribute attribute : field.attributes("case")) {
                any = true;
                attribute.node().children("when").forEach(when -> {
                    Node sql = when.child("sql");
                    if (sql != null) {
                        code(attribute, sql);
                    }
                });
            }
            String type = field.text("type");
            boolean hasOwn = any || field.attribute("based_on") != null || field.attribute("list_field") != null;
            boolean needsNone = type != null && WITHOUT_SQL.contains(type)
                    || field.kind.equals("filter")
                    || field.kind.equals("parameter");
            if (!hasOwn && !needsNone && !field.kind.equals("measure")) {
                String column = options.nameRules().column(field.name, false);
                base(column, DirectUse.IDENTITY, field.place.location());
            }
            others();
        }

        private void inherited(@Nullable Part own) {
            boolean overridden = own != null && own.attribute("sql") != null;
            for (Definition parent : overridden ? List.<Definition>of() : view.parents) {
                for (String name : names) {
                    if (parent.whole.fields().containsKey(field.name)) {
                        Part.Attribute extending = view.own.attribute("extends");
                        SourceLocation at = extending == null ? view.own.place.location() : extending.location();
                        use(name, parent.id, name, DirectUse.IDENTITY, at);
                    }
                }
            }
        }

        private void use(
                @Nullable String name, String id, @Nullable String column, Dependency kind, SourceLocation at) {
            dataset.uses(name, id, column, kind, at);
        }

        private Dependency kind() {
            return field.kind.equals("measure") ? DirectUse.AGGREGATION : DirectUse.TRANSFORMATION;
        }

        /** A column of what the view stands on. */
        private void base(String column, Dependency kind, SourceLocation at) {
            standsOn.tables().keySet().forEach(id -> {
                names.forEach(name -> use(name, id, column, kind, at));
                Dataset table = catalogue.draft().dataset(id);
                boolean missing = table != null
                        && table.role() == DatasetRole.PRODUCED
                        && Relations.knowsAllColumns(table)
                        && !table.columns().isEmpty()
                        && table.column(column).isEmpty();
                if (missing) {
                    names.forEach(name ->
                            dataset.unresolved(at, "the query of " + view.name + " has no column " + column, column));
                }
            });
        }

        private void code(Part.Attribute attribute, Node node) {
            LookmlFile file = attribute.file();
            MappedText written = MappedText.of(node.text() == null ? "" : node.text(), node.textStart());
            boolean looker = node.key().equals("expression");
            for (SqlTemplate.Compiled way :
                    SqlTemplate.compile(written, catalogue.project().constants(), (reference, offset) -> {
                        if (reference.equals("TABLE")) {
                            return ExpressionColumns.TABLE;
                        }
                        reference(reference, file, offset);
                        return ExpressionColumns.TABLE + "." + PLACEHOLDER + "x";
                    })) {
                way.uses().forEach(use -> {
                    SourceLocation at = file.at(use.offset());
                    resolve(use.field(), file, at, IndirectUse.CONDITIONAL, false);
                });
                if (!looker) {
                    columns(way, file);
                }
                way.gaps().forEach(gap -> {
                    int offset = Math.max(0, way.text().text().indexOf(gap.name()));
                    names.forEach(name -> dataset.unresolved(file.at(way.text().origin(offset)), gap.reason(), name));
                });
            }
        }

        private void columns(SqlTemplate.Compiled way, LookmlFile file) {
            ExpressionColumns.Found found =
                    expressions.computeIfAbsent(way.text().text(), text -> ExpressionColumns.of(text, options));
            for (ExpressionColumns.Named named : found.columns()) {
                if (named.column().startsWith(PLACEHOLDER) || named.column().contains("tw_unknown_")) {
                    continue;
                }
                SourceLocation at = file.at(way.text().origin(named.offset()));
                if (named.table().equalsIgnoreCase(ExpressionColumns.TABLE)) {
                    boolean whole = named.column().equals("*");
                    if (!whole) {
                        base(named.column(), kind(), at);
                    }
                } else {
                    otherTable(named, at);
                }
            }
            // said once, where it is written, not again in every view that extends that one
            boolean inherited = view.own.fields().get(field.name) == null;
            if (!inherited
                    && !found.understood()
                    && !way.text().text().isBlank()
                    && way.gaps().isEmpty()) {
                names.forEach(name -> dataset.unresolved(
                        file.at(way.text().origin(0)),
                        "the SQL could not be read as an expression; only columns written with ${TABLE} are known",
                        name));
            }
        }

        /** A column of a table that a subquery reads, or of a view that is joined and written without {@code ${}}. */
        private void otherTable(ExpressionColumns.Named named, SourceLocation at) {
            Definition joined = catalogue.project().view(named.table(), view.path());
            if (joined == null) {
                String id = catalogue.draft().table(named.table(), at);
                names.forEach(name -> use(name, id, named.column().equals("*") ? null : named.column(), kind(), at));
                return;
            }
            for (String id : tables.of(joined).tables().keySet()) {
                names.forEach(name -> use(name, id, named.column(), kind(), at));
            }
        }

        /** A field, or the table of a view, between {@code ${} and {@code }}. */
        private void reference(String reference, LookmlFile file, int offset) {
            SourceLocation at = file.at(offset);
            String plain = reference.contains("::") ? reference.substring(0, reference.indexOf("::")) : reference;
            if (plain.equals("EXTENDED")) {
                view.parents.forEach(
                        parent -> names.forEach(name -> use(name, parent.id, name, DirectUse.IDENTITY, at)));
                return;
            }
            if (plain.endsWith(".SQL_TABLE_NAME")) {
                String other = plain.substring(0, plain.indexOf('.'));
                String id = catalogue.viewId(other, file.path(), at);
                dataset.reads(id, at);
                return;
            }
            resolve(plain, file, at, kind(), true);
        }

        private void resolve(String reference, LookmlFile file, SourceLocation at, Dependency kind, boolean mustBe) {
            List<Catalogue.Target> targets = catalogue.fromView(view, new Part.Place(file, 0), reference, at);
            String column = reference.substring(reference.indexOf('.') + 1);
            if (targets.isEmpty() && mustBe) {
                names.forEach(
                        name -> dataset.unresolved(at, "there is no view or join for ${" + reference + "}", column));
            }
            for (Catalogue.Target target : targets) {
                names.forEach(name -> use(name, target.datasetId(), target.column(), kind, at));
                if (!target.known() && (mustBe || view.extended)) {
                    if (!view.extended && !"required".equals(view.own.text("extension"))) {
                        names.forEach(name -> dataset.unresolved(at, "there is no field " + reference, column));
                    }
                }
            }
        }

        /** Fields named by other parameters. */
        private void others() {
            for (Part.Attribute attribute : field.attributes("filters")) {
                Node node = attribute.node();
                Node inner = node.child("field");
                if (inner != null && node.shape() == Node.Shape.BLOCK) {
                    resolve(
                            String.valueOf(inner.text()),
                            attribute.file(),
                            attribute.at(inner.start()),
                            IndirectUse.CONDITIONAL,
                            true);
                } else if (node.shape() == Node.Shape.LIST) {
                    node.children().forEach(item -> filterItem(attribute, item));
                }
            }
            for (String key : List.of("based_on", "list_field", "order_by_field", "based_on_time")) {
                Part.Attribute attribute = field.attribute(key);
                if (attribute != null) {
                    Dependency kind = key.equals("order_by_field") ? IndirectUse.SORT : DirectUse.AGGREGATION;
                    resolve(attribute.text(), attribute.file(), attribute.location(), kind, true);
                }
            }
            for (Part.Attribute item : field.items("required_fields")) {
                resolve(item.node().key(), item.file(), item.location(), IndirectUse.CONDITIONAL, true);
            }
        }

        /** An item of a list of filters: {@code field: "value"}, or {@code field: view.f, value: "value"} of old. */
        private void filterItem(Part.Attribute attribute, Node item) {
            String name = item.key().equals("field") ? String.valueOf(item.text()) : item.key();
            if (!item.key().equals("value")) {
                resolve(name, attribute.file(), attribute.at(item.start()), IndirectUse.CONDITIONAL, true);
            }
        }

        /** All that decides the values, as a text that is equal for equal values. */
        private String expression() {
            StringBuilder out = new StringBuilder(
                    field.kind.equals("measure") || field.kind.equals("dimension_group") ? field.kind : "dimension");
            for (String key : VALUES) {
                for (Part.Attribute attribute : field.attributes(key)) {
                    boolean plain = key.equals("type") && "string".equals(attribute.text());
                    if (!plain) {
                        out.append('|').append(key).append(':').append(written(attribute.node()));
                    }
                }
            }
            boolean implied = field.attribute("sql") == null && out.indexOf("|sql") < 0;
            if (implied && field.kind.startsWith("dimension")) {
                out.append("|sql:${TABLE}.").append(field.name);
            }
            return out.toString();
        }

        private String written(Node node) {
            if (node.shape() == Node.Shape.LIST || node.shape() == Node.Shape.BLOCK) {
                StringBuilder out = new StringBuilder("[");
                node.children()
                        .forEach(child -> out.append(child.key())
                                .append('=')
                                .append(child.children().isEmpty() ? String.valueOf(child.text()) : written(child))
                                .append(';'));
                return out.append(']').toString();
            }
            String text = node.text() == null ? "" : node.text();
            return SqlText.compact(SqlTemplate.constants(
                            MappedText.of(text, 0), catalogue.project().constants())
                    .text());
        }
    }

    /** Sets, drill fields and links: they name fields and compute nothing. */
    private void lists(Definition view) {
        for (Part set : view.own.parts("set")) {
            list(view, "set " + set.name, set.place.location(), set.items("fields"));
        }
        for (Part field : view.own.fields().values()) {
            List<Part.Attribute> drill = field.items("drill_fields");
            if (!drill.isEmpty()) {
                list(view, "drill fields of " + field.name, drill.get(0).location(), drill);
            }
        }
    }

    private void list(Definition view, String what, SourceLocation at, List<Part.Attribute> items) {
        DatasetDraft list = new DatasetDraft(
                "lookml_list." + view.id + "." + what.replace(' ', '_'),
                view.name + ": " + what,
                DatasetKinds.FIELD_LIST,
                DatasetRole.READER,
                at);
        List<Catalogue.Target> targets = new ArrayList<>();
        for (Part.Attribute item : items) {
            String name = item.node().shape() == Node.Shape.ITEM ? item.node().key() : item.text();
            String plain = name.startsWith("-") ? name.substring(1) : name;
            if (plain.endsWith("*") || plain.isEmpty()) {
                continue;
            }
            for (Catalogue.Target target :
                    catalogue.fromView(view, new Part.Place(item.file(), 0), plain, item.location())) {
                targets.add(target);
                list.uses(null, target.datasetId(), target.column(), IndirectUse.ROWS, item.location());
                if (!target.known() && !view.extended) {
                    list.unresolved(item.location(), "there is no field " + plain, target.column());
                }
            }
        }
        if (!targets.isEmpty()) {
            catalogue.draft().add(list.build(view.own.blobIds(), options.dialect()));
        }
    }
}
