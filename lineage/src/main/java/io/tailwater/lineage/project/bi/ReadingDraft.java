package io.tailwater.lineage.project.bi;

import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.SourceTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a reader has found so far. */
public final class ReadingDraft {
    private final SourceTree files;
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();
    private final Map<String, Dataset> named = new LinkedHashMap<>();
    private final List<Unresolved> unresolved = new ArrayList<>();
    private final Set<String> paths = new LinkedHashSet<>();
    private final Set<String> notAnalysed = new LinkedHashSet<>();

    /** Nothing found yet. */
    public ReadingDraft(SourceTree files) {
        this.files = files;
    }

    /** The files of the revision. */
    public SourceTree files() {
        return files;
    }

    /** Counts a file as this reader's. */
    public void take(String path) {
        files.take(path);
        paths.add(path);
    }

    /** Notes that a file, or a part of it, is not known. */
    public void problem(SourceLocation at, String reason) {
        unresolved.add(new Unresolved(at, reason, null, null));
        notAnalysed.add(at.path());
    }

    /** Adds a dataset; of two with the same id the first stays. */
    public void add(Dataset dataset) {
        files.checkTime();
        datasets.putIfAbsent(dataset.id(), dataset);
    }

    /** Whether a dataset of that id was added. */
    public boolean has(String datasetId) {
        return datasets.containsKey(datasetId);
    }

    /** The dataset of that id, if it was added. */
    public @Nullable Dataset dataset(String datasetId) {
        return datasets.get(datasetId);
    }

    /** The id of a table that is only named here; the table is listed once. */
    public String table(String qualifiedName, SourceLocation at) {
        String id = "table." + qualifiedName;
        named.putIfAbsent(id, onlyNamed(id, qualifiedName, qualifiedName, "table", DatasetRole.REFERENCED, at));
        return id;
    }

    /** A dataset that is named and not found here: elsewhere, or nowhere. */
    public static Dataset onlyNamed(
            String id, String name, @Nullable String qualifiedName, String kind, DatasetRole role, SourceLocation at) {
        return new Dataset(
                id,
                name,
                qualifiedName,
                kind,
                role,
                at,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Completeness.UNKNOWN,
                List.of(),
                null);
    }

    /** The reading. */
    public ProjectReader.Reading finish() {
        named.forEach(datasets::putIfAbsent);
        datasets.values().forEach(dataset -> unresolved.addAll(dataset.unresolved()));
        return new ProjectReader.Reading(List.copyOf(datasets.values()), unresolved, paths, notAnalysed);
    }
}
