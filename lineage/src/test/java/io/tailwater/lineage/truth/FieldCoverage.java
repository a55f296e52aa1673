package io.tailwater.lineage.truth;

import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Prints how many columns of each kind of dataset of a revision are known, and why the others are not. */
public final class FieldCoverage {
    private FieldCoverage() {}

    /** Takes a Git directory and a revision. */
    public static void main(String[] arguments) throws Exception {
        Path git = Path.of(arguments[0]);
        RepositoryLineage lineage;
        try (GitRevisionFiles files = new GitRevisionFiles(git, git.toString(), arguments[1])) {
            lineage = new RepositoryLineageExtractor().extract(files, ExtractionCache.none());
        }
        Map<String, int[]> byKind = new TreeMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        for (Dataset dataset : lineage.datasets()) {
            Set<String> open = new HashSet<>();
            for (Unresolved each : dataset.unresolved()) {
                open.add(each.column() == null ? "*" : each.column());
                reasons.merge(
                        each.reason().replaceAll("^\\S+: ", "").replaceAll("from .*", "from several"), 1, Integer::sum);
            }
            int[] counts = byKind.computeIfAbsent(dataset.kind(), kind -> new int[2]);
            for (Column column : dataset.columns()) {
                counts[0]++;
                counts[1] += open.contains(column.name()) || open.contains("*") ? 1 : 0;
            }
        }
        System.out.println(lineage.coverage());
        int[] all = new int[2];
        byKind.forEach((kind, counts) -> {
            System.out.printf("%-16s %7d columns, %5d unresolved%n", kind, counts[0], counts[1]);
            all[0] += counts[0];
            all[1] += counts[1];
        });
        System.out.printf(
                "%-16s %7d columns, %5d unresolved (%.1f %%)%n",
                "all", all[0], all[1], 100.0 * all[1] / Math.max(1, all[0]));
        reasons.entrySet().stream()
                .sorted((one, other) -> other.getValue() - one.getValue())
                .limit(12)
                .forEach(reason -> System.out.println(reason.getValue() + " " + reason.getKey()));
    }
}
