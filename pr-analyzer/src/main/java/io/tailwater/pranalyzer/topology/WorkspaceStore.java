package io.tailwater.pranalyzer.topology;

import io.tailwater.lineage.compare.WorkspaceGraph;
import io.tailwater.lineage.compare.WorkspaceReader;
import io.tailwater.pranalyzer.impact.AssetReaders;
import io.tailwater.schemas.lineage.LineageAsset;
import io.tailwater.schemas.topic.DatasetKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The graph of the workspaces that a task owns: every dataset by its key, and beside it, for each relation, the datasets
 * that read it. Both live in stores, so that nothing has to be built at start and memory does not grow with a workspace.
 */
final class WorkspaceStore {

    /** Cannot stand in a relation's name or a uuid. */
    private static final char SEPARATOR = '\u0000';

    private static final StringSerializer TEXT = new StringSerializer();

    private final KeyValueStore<String, LineageAsset> assets;
    private final KeyValueStore<String, String> readers;
    private final KeyValueStore<String, String> repositories;

    /**
     * Over three stores of one task.
     *
     * @param assets dataset key to dataset
     * @param readers workspace, relation and dataset key of a reader, to nothing
     * @param repositories workspace and repository uuid to the repository's full name
     */
    WorkspaceStore(
            KeyValueStore<String, LineageAsset> assets,
            KeyValueStore<String, String> readers,
            KeyValueStore<String, String> repositories) {
        this.assets = assets;
        this.readers = readers;
        this.repositories = repositories;
    }

    /** Takes in what a default branch says now; null when the dataset is gone. */
    void put(DatasetKey key, @Nullable LineageAsset asset) {
        LineageAsset before = assets.get(key.text());
        if (before != null) {
            AssetReaders.relationsReadBy(before).forEach(relation -> readers.delete(readerKey(key, relation)));
        }
        String repository = key.workspaceUuid() + "/" + key.repositoryUuid();
        if (asset == null) {
            assets.delete(key.text());
            if (!any(assets, repository + "/")) {
                repositories.delete(repository);
            }
            return;
        }
        assets.put(key.text(), asset);
        AssetReaders.relationsReadBy(asset).forEach(relation -> readers.put(readerKey(key, relation), ""));
        repositories.put(repository, asset.getRepository());
    }

    /** Full names of a workspace's repositories that have datasets, except one; in alphabetical order. */
    List<String> repositoriesExcept(String workspaceUuid, String repositoryUuid) {
        Set<String> names = new TreeSet<>();
        String own = workspaceUuid + "/" + repositoryUuid;
        try (KeyValueIterator<String, String> found = repositories.prefixScan(workspaceUuid + "/", TEXT)) {
            found.forEachRemaining(entry -> {
                if (!entry.key.equals(own)) {
                    names.add(entry.value);
                }
            });
        }
        return List.copyOf(names);
    }

    /** The workspace as seen from one repository: who reads what in the others. */
    WorkspaceGraph seenFrom(String workspaceUuid, String repositoryUuid) {
        return relation -> readersOf(workspaceUuid, repositoryUuid, relation);
    }

    private List<WorkspaceReader> readersOf(String workspaceUuid, String repositoryUuid, String relation) {
        String prefix = workspaceUuid + SEPARATOR + relation + SEPARATOR;
        String own = workspaceUuid + "/" + repositoryUuid + "/";
        List<WorkspaceReader> found = new ArrayList<>();
        try (KeyValueIterator<String, String> entries = readers.prefixScan(prefix, TEXT)) {
            while (entries.hasNext()) {
                String dataset = entries.next().key.substring(prefix.length());
                LineageAsset asset = dataset.startsWith(own) ? null : assets.get(dataset);
                if (asset != null) {
                    found.addAll(AssetReaders.of(asset, relation));
                }
            }
        }
        return found;
    }

    private static boolean any(KeyValueStore<String, ?> store, String prefix) {
        try (KeyValueIterator<String, ?> entries = store.prefixScan(prefix, TEXT)) {
            return entries.hasNext();
        }
    }

    private static String readerKey(DatasetKey key, String relation) {
        return key.workspaceUuid() + SEPARATOR + relation + SEPARATOR + key.text();
    }
}
