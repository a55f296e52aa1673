package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Exposures as readers. dbt knows no columns of them; where the project says them in {@code meta.columns}, as
 * {@code model.column} or, for an exposure of one model, {@code column}, only those reach it. A metric it depends on
 * reaches it with that metric's columns.
 */
final class Exposures {
    private final DbtProject project;
    private final Registry registry;
    private final SemanticLayer semantics;
    private final ColumnUses columns;

    Exposures(DbtProject project, Registry registry, SemanticLayer semantics) {
        this.project = project;
        this.registry = registry;
        this.semantics = semantics;
        this.columns = new ColumnUses(project);
    }

    List<Dataset> of(Properties properties) {
        return properties.exposures().stream().map(this::dataset).toList();
    }

    private Dataset dataset(Properties.Declared exposure) {
        Reader reader = new Reader();
        List<String> models = new ArrayList<>();
        for (YamlValue dependency : exposure.yaml().items("depends_on")) {
            if (dependency instanceof YamlValue.Scalar scalar) {
                SourceLocation at = SourceLocation.of(exposure.path(), scalar.line());
                String metric = SemanticLayer.metricName(scalar.text());
                String id = metric == null ? References.id(scalar.text(), project, registry) : null;
                if (id != null) {
                    reader.reads(id, at);
                    models.add(id);
                } else if (metric != null) {
                    Reader through = semantics.metricReads(metric);
                    through.reads().forEach(read -> reader.reads(read.datasetId(), at));
                    reader.uses(through.columns());
                }
            }
        }
        for (String declared : declaredColumns(exposure.yaml())) {
            reader.uses(declared(declared, models, exposure));
        }
        return reader.dataset(
                "dbt_exposure." + project.name() + "." + exposure.name(),
                exposure.name(),
                "exposure",
                exposure.location(),
                Owners.of(exposure.yaml()),
                null);
    }

    private static List<String> declaredColumns(YamlValue yaml) {
        List<String> texts = new ArrayList<>();
        YamlValue config = yaml.get("config");
        for (YamlValue holder : config == null ? List.of(yaml) : List.of(yaml, config)) {
            YamlValue meta = holder.get("meta");
            if (meta != null) {
                texts.addAll(meta.texts("columns"));
            }
        }
        return texts;
    }

    private List<ColumnDependency> declared(String text, List<String> models, Properties.Declared exposure) {
        int dot = text.lastIndexOf('.');
        String column = columns.column(text.substring(dot + 1));
        return models.stream()
                .filter(id -> dot < 0 ? models.size() == 1 : id.endsWith("." + text.substring(0, dot)))
                .map(id -> new ColumnDependency(id, column, DirectUse.IDENTITY, exposure.location()))
                .toList();
    }
}
