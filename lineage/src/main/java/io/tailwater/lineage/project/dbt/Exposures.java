package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.List;

/** Exposures as readers. */
final class Exposures {
    private final DbtProject project;
    private final Registry registry;

    Exposures(DbtProject project, Registry registry) {
        this.project = project;
        this.registry = registry;
    }

    List<Dataset> of(Properties properties) {
        return properties.exposures().stream().map(this::dataset).toList();
    }

    private Dataset dataset(Properties.Declared exposure) {
        List<DatasetRead> reads = new ArrayList<>();
        for (YamlValue dependency : exposure.yaml().items("depends_on")) {
            if (dependency instanceof YamlValue.Scalar scalar) {
                String id = References.id(scalar.text(), project, registry);
                if (id != null) {
                    reads.add(new DatasetRead(id, SourceLocation.of(exposure.path(), scalar.line())));
                }
            }
        }
        return new Dataset(
                "dbt_exposure." + project.name() + "." + exposure.name(),
                exposure.name(),
                null,
                "exposure",
                DatasetRole.READER,
                exposure.location(),
                false,
                List.of(),
                List.of(),
                reads,
                List.of(),
                Owners.of(exposure.yaml()),
                Completeness.COMPLETE,
                List.of(),
                null);
    }
}
