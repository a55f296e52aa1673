package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.project.bi.DatasetDraft;
import io.tailwater.lineage.project.lookml.LookmlProject.Definition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dashboards written in YAML, as readers: a column for each element and each filter. */
final class DashboardDatasets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\s*(\\w+\\.\\w+)(?::\\w+)?\\s*\\}");
    private static final Pattern FIELD = Pattern.compile("\\w+\\.\\w+");

    private final Catalogue catalogue;
    private final String path;
    private final String dialect;

    DashboardDatasets(Catalogue catalogue, String path, String dialect) {
        this.catalogue = catalogue;
        this.path = path;
        this.dialect = dialect;
    }

    /** Whether a text is YAML of dashboards. */
    static boolean isDashboard(String path, String text) {
        return path.endsWith(".dashboard.lookml") || text.stripLeading().startsWith("- dashboard:");
    }

    void build(String text) {
        switch (YamlReader.read(text)) {
            case YamlOutcome.Failed failed ->
                catalogue.draft().problem(SourceLocation.of(path, Math.max(1, failed.line())), failed.reason());
            case YamlOutcome.Read read -> {
                if (read.root() instanceof YamlValue.Sequence list) {
                    list.items().forEach(this::dashboard);
                } else if (read.root() != null) {
                    dashboard(read.root());
                }
            }
        }
    }

    private void dashboard(YamlValue yaml) {
        String name = yaml.text("dashboard");
        if (name == null) {
            return;
        }
        DatasetDraft dataset = new DatasetDraft(
                "lookml_dashboard." + name,
                name,
                DatasetKinds.DASHBOARD,
                DatasetRole.READER,
                SourceLocation.of(path, yaml.line()));
        String model = yaml.text("model");
        String explore = yaml.text("explore");
        Set<String> names = new HashSet<>();
        for (YamlValue element : yaml.items("elements")) {
            String title = first(element.text("title"), element.text("name"), "element");
            String column = unique(first(element.text("name"), title, "element"), names);
            dataset.column(column, element.text("type"), SourceLocation.of(path, element.line()));
            new Query(dataset, column, element, model, explore).read();
            for (YamlValue merged : element.items("merged_queries")) {
                new Query(dataset, column, merged, model, explore).read();
            }
        }
        for (YamlValue filter : yaml.items("filters")) {
            String field = filter.text("field");
            if (field != null || filter.get("dimension") != null) {
                String column =
                        unique("filter " + first(filter.text("name"), filter.text("title"), "without a name"), names);
                dataset.column(column, filter.text("type"), SourceLocation.of(path, filter.line()));
                Query query = new Query(dataset, column, filter, model, explore);
                query.field(first(field, filter.text("dimension"), ""), line(filter, "field"), IndirectUse.FILTER);
            }
        }
        catalogue.draft().add(dataset.build(catalogue.draft().files().blobId(path), dialect));
    }

    private static String first(@Nullable String one, @Nullable String two, String otherwise) {
        return one != null && !one.isBlank() ? one : two != null && !two.isBlank() ? two : otherwise;
    }

    private static String unique(String name, Set<String> names) {
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + " #" + i;
        }
        return unique;
    }

    private static int line(YamlValue yaml, String key) {
        return yaml instanceof YamlValue.Mapping mapping
                ? mapping.keyLines().getOrDefault(key, mapping.line())
                : yaml.line();
    }

    /** One query of an element. */
    private final class Query {
        private final DatasetDraft dataset;
        private final String column;
        private final YamlValue yaml;
        private final @Nullable String exploreName;
        private final @Nullable Definition explore;
        private final @Nullable String exploreId;
        private final Set<String> local = new HashSet<>();

        Query(
                DatasetDraft dataset,
                String column,
                YamlValue yaml,
                @Nullable String dashboardModel,
                @Nullable String dashboardExplore) {
            this.dataset = dataset;
            this.column = column;
            this.yaml = yaml;
            String model = yaml.text("model") != null ? yaml.text("model") : dashboardModel;
            this.exploreName = yaml.text("explore") != null ? yaml.text("explore") : dashboardExplore;
            if (exploreName == null) {
                this.explore = null;
                this.exploreId = null;
            } else {
                SourceLocation at = SourceLocation.of(path, line(yaml, "explore"));
                this.exploreId = ExploreDatasets.id(catalogue, exploreName, model, path, at);
                Definition found = catalogue.project().explore(exploreName, model);
                this.explore = found != null && found.id.equals(exploreId) ? found : null;
                dataset.reads(exploreId, at);
                if (exploreId.startsWith("lookml_explore.") && explore == null) {
                    dataset.uses(column, exploreId, null, IndirectUse.ROWS, at);
                    dataset.unresolved(at, "there is no explore " + exploreName, null);
                }
            }
        }

        void read() {
            if (exploreId == null) {
                return;
            }
            for (YamlValue dynamic : yaml.items("dynamic_fields")) {
                for (String key : List.of("table_calculation", "measure", "dimension", "name")) {
                    String name = dynamic.text(key);
                    if (name != null) {
                        local.add(name);
                    }
                }
            }
            for (String key : List.of("fields", "dimensions", "measures", "pivots", "fill_fields", "hidden_fields")) {
                for (YamlValue item : yaml.items(key)) {
                    if (item instanceof YamlValue.Scalar scalar) {
                        boolean maybeLocal =
                                key.equals("hidden_fields") && !scalar.text().contains(".");
                        if (!maybeLocal) {
                            field(scalar.text(), scalar.line(), DirectUse.IDENTITY);
                        }
                    }
                }
            }
            for (YamlValue item : yaml.items("sorts")) {
                if (item instanceof YamlValue.Scalar scalar) {
                    String name = scalar.text().trim().split("\\s+")[0];
                    if (name.contains(".")) {
                        field(name, scalar.line(), IndirectUse.SORT);
                    }
                }
            }
            filters(yaml.get("filters"));
            filters(yaml.get("query_filters"));
            listen(yaml.get("listen"));
            for (YamlValue dynamic : yaml.items("dynamic_fields")) {
                dynamic(dynamic);
            }
            expression(yaml.text("filter_expression"), line(yaml, "filter_expression"));
        }

        private void filters(@Nullable YamlValue filters) {
            if (filters instanceof YamlValue.Mapping mapping) {
                mapping.entries()
                        .keySet()
                        .forEach(name ->
                                field(name, mapping.keyLines().getOrDefault(name, mapping.line()), IndirectUse.FILTER));
            } else if (filters instanceof YamlValue.Sequence list) {
                list.items().forEach(this::filters);
            }
        }

        private void listen(@Nullable YamlValue listen) {
            if (listen instanceof YamlValue.Mapping mapping) {
                for (Map.Entry<String, YamlValue> entry : mapping.entries().entrySet()) {
                    if (entry.getValue() instanceof YamlValue.Scalar scalar) {
                        for (String each : scalar.text().split(",")) {
                            field(each.trim(), scalar.line(), IndirectUse.FILTER);
                        }
                    }
                }
            } else if (listen instanceof YamlValue.Sequence list) {
                list.items().forEach(this::listen);
            }
        }

        private void dynamic(YamlValue dynamic) {
            String based = dynamic.text("based_on");
            if (based != null) {
                field(based, line(dynamic, "based_on"), DirectUse.AGGREGATION);
            }
            expression(dynamic.text("expression"), line(dynamic, "expression"));
            expression(dynamic.text("filter_expression"), line(dynamic, "filter_expression"));
            filters(dynamic.get("filters"));
        }

        private void expression(@Nullable String expression, int line) {
            if (expression != null) {
                Matcher matcher = REFERENCE.matcher(expression);
                while (matcher.find()) {
                    field(matcher.group(1), line, DirectUse.TRANSFORMATION);
                }
            }
        }

        void field(String written, int line, Dependency kind) {
            if (exploreId == null || written.isEmpty() || local.contains(written)) {
                return;
            }
            String full = written;
            if (!written.contains(".")) {
                if (explore == null) {
                    return;
                }
                full = ExploreScope.aliases(explore.whole, explore.name)
                                .keySet()
                                .iterator()
                                .next() + "." + written;
            }
            if (!FIELD.matcher(full).matches()) {
                return;
            }
            SourceLocation at = SourceLocation.of(path, line);
            dataset.uses(column, exploreId, full, kind, at);
            if (explore != null && !offers(explore, full)) {
                dataset.unresolved(
                        at,
                        "the explore " + exploreName + " offers no field " + full,
                        full.substring(full.indexOf('.') + 1));
            }
        }

        private boolean offers(Definition definition, String full) {
            int dot = full.indexOf('.');
            ExploreScope.Used used =
                    ExploreScope.aliases(definition.whole, definition.name).get(full.substring(0, dot));
            if (used == null) {
                return definition.refinesImported
                        || definition.own.items("extends").size() > definition.parents.size();
            }
            Definition view =
                    catalogue.project().view(used.view(), used.at().file().path());
            return view == null
                    ? catalogue.project().mayBeImported(used.at().file().path())
                    : catalogue.has(view, full.substring(dot + 1));
        }
    }
}
