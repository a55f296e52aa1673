package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.sql.catalog.TableColumns;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Columns of datasets whose columns are not all known, proven by queries of the repository that read them by name: where several tables of a join
 * may have a column and one of them is proven to have it, that one is meant, or the database would refuse the query.
 */
final class ColumnProofs {
    /** By the name of the relation, since several projects may declare the same one as a source; by id where it has no name. */
    private final Map<String, Set<String>> columns = new HashMap<>();

    private final Map<String, String> relations = new HashMap<>();

    /** What these datasets read by name. */
    static ColumnProofs of(Map<String, Dataset> datasets) {
        ColumnProofs proofs = new ColumnProofs();
        for (Dataset dataset : datasets.values()) {
            if (dataset.role() == DatasetRole.SOURCE && dataset.qualifiedName() != null) {
                proofs.relations.put(dataset.id(), dataset.qualifiedName());
            }
        }
        for (Dataset dataset : datasets.values()) {
            dataset.columns().forEach(column -> proofs.add(column.dependencies(), datasets));
            proofs.add(dataset.rowDependencies(), datasets);
        }
        return proofs;
    }

    private void add(Collection<ColumnDependency> dependencies, Map<String, Dataset> datasets) {
        for (ColumnDependency dependency : dependencies) {
            Dataset read = datasets.get(dependency.datasetId());
            TableColumns known = read == null ? null : Relations.columnsOf(read);
            if (dependency.column() != null && (known == null || !known.complete())) {
                columns.computeIfAbsent(relation(dependency.datasetId()), name -> new TreeSet<>())
                        .add(dependency.column());
            }
        }
    }

    private String relation(String datasetId) {
        return relations.getOrDefault(datasetId, datasetId);
    }

    private Set<String> columns(String datasetId) {
        return columns.getOrDefault(relation(datasetId), Set.of());
    }

    /** Whether a column that the dataset's queries leave open is proven for a dataset they name. */
    boolean bearOn(Dataset dataset, Set<String> references) {
        return dataset.unresolved().stream().anyMatch(open -> bearsOn(open, references));
    }

    private boolean bearsOn(Unresolved open, Set<String> references) {
        return open.column() != null
                && open.concern() != Unresolved.Concern.COLUMNS
                && references.stream().anyMatch(id -> columns(id).contains(open.column()));
    }

    /** The proofs about datasets, as text; the same for the same proofs. */
    String about(Set<String> references) {
        StringBuilder text = new StringBuilder();
        references.stream()
                .filter(id -> !columns(id).isEmpty())
                .sorted()
                .forEach(id -> text.append(id).append(columns(id)));
        return text.toString();
    }

    void tell(Relations known) {
        columns.forEach(known::prove);
        relations.keySet().forEach(id -> known.prove(id, columns(id)));
    }
}
