package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Unit tests as readers. They hold rows of their own, so no data reaches them; but they name columns of the model and of
 * its inputs, and fail when one of those is gone.
 */
final class UnitTests {
    /** The kind of dataset they are. */
    static final String KIND = "unit_test";

    private final DbtProject project;
    private final Registry registry;
    private final ColumnUses columns;

    UnitTests(DbtProject project, Registry registry) {
        this.project = project;
        this.registry = registry;
        this.columns = new ColumnUses(project);
    }

    List<Dataset> of(Properties properties) {
        return properties.unitTests().stream().map(this::dataset).toList();
    }

    private Dataset dataset(Properties.Declared test) {
        Reader reader = new Reader();
        String model = test.yaml().text("model");
        if (model != null) {
            Node node = registry.find(project, null, model);
            String id = node == null ? "dbt." + project.name() + "." + model : node.id;
            reader.reads(id, test.location());
            YamlValue expected = test.yaml().get("expect");
            if (expected != null) {
                reader.uses(rows(id, expected, test));
            }
        }
        for (YamlValue given : test.yaml().items("given")) {
            String input = given.text("input");
            String id = input == null || input.equals("this") ? null : References.id(input, project, registry);
            if (id != null) {
                reader.reads(id, SourceLocation.of(test.path(), given.line()));
                reader.uses(rows(id, given, test));
            }
        }
        return reader.dataset(
                "dbt_unit_test." + project.name() + "." + test.name(),
                test.name(),
                KIND,
                test.location(),
                Owners.of(test.yaml()),
                null);
    }

    /** The columns that rows given as mappings or as CSV name. */
    private List<ColumnDependency> rows(String id, YamlValue holder, Properties.Declared test) {
        Set<String> names = new LinkedHashSet<>();
        for (YamlValue row : holder.items("rows")) {
            if (row instanceof YamlValue.Mapping mapping) {
                names.addAll(mapping.entries().keySet());
            }
        }
        String text = holder.text("rows");
        if (text != null && "csv".equals(holder.text("format"))) {
            names.addAll(List.of(text.strip().lines().findFirst().orElse("").split(",")));
        }
        SourceLocation at = SourceLocation.of(test.path(), Math.max(1, holder.line()));
        List<ColumnDependency> uses = new ArrayList<>();
        names.stream()
                .map(String::strip)
                .filter(ColumnUses::isName)
                .forEach(name -> uses.add(new ColumnDependency(id, columns.column(name), DirectUse.IDENTITY, at)));
        return uses;
    }
}
