package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Datasets in the order in which data flows. */
final class Upstream {
    private Upstream() {}

    /** All datasets, each behind those it reads as far as they do not read each other in a circle. */
    static List<Dataset> first(LineageIndex index) {
        List<Dataset> order = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Dataset dataset : index.datasets()) {
            visit(index, dataset, order, seen);
        }
        return order;
    }

    /** Depth first without recursion: a chain of readers can be as long as a repository is large. */
    private static void visit(LineageIndex index, Dataset start, List<Dataset> order, Set<String> seen) {
        List<Dataset> stack = new ArrayList<>(List.of(start));
        Set<String> opened = new HashSet<>();
        while (!stack.isEmpty()) {
            Dataset dataset = stack.get(stack.size() - 1);
            if (seen.contains(dataset.id())) {
                stack.remove(stack.size() - 1);
            } else if (opened.add(dataset.id())) {
                for (DatasetRead read : dataset.reads()) {
                    Dataset upstream = index.dataset(read.datasetId());
                    if (upstream != null && !seen.contains(upstream.id()) && !opened.contains(upstream.id())) {
                        stack.add(upstream);
                    }
                }
            } else {
                seen.add(dataset.id());
                order.add(dataset);
                stack.remove(stack.size() - 1);
            }
        }
    }
}
