package io.tailwater.lineage.coverage;

import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Coverage;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.parse.ParseLimits;
import io.tailwater.lineage.sql.parse.SqlParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much of one revision of a repository is understood.
 *
 * @param repository name of the repository
 * @param revision commit id
 * @param kinds what the repository makes and what reads it, by kind, in name order
 * @param files files that hold or describe data, and how far they were understood
 * @param unread why files that belong to no dataset were not understood, most frequent first
 */
public record CoverageReport(
        String repository, String revision, List<KindCoverage> kinds, Coverage files, List<ReasonCount> unread) {
    /** The reason of a dataset that is complete but for a star over one that is not. */
    private static final String INCOMPLETE_BEHIND_STAR =
            "a star brings the columns of a dataset whose own lineage is not complete";

    public CoverageReport {
        kinds = List.copyOf(kinds);
        unread = List.copyOf(unread);
    }

    /** Counts what a revision says about its data. */
    public static CoverageReport of(RepositoryLineage lineage) {
        Completed completed = new Completed(lineage);
        Map<String, List<Dataset>> byKind = new TreeMap<>();
        for (Dataset dataset : lineage.datasets()) {
            if (dataset.role() == DatasetRole.PRODUCED || dataset.role() == DatasetRole.READER) {
                byKind.computeIfAbsent(dataset.kind(), kind -> new ArrayList<>())
                        .add(dataset);
            }
        }
        List<KindCoverage> kinds = byKind.entrySet().stream()
                .map(entry -> kind(entry.getKey(), entry.getValue(), completed))
                .toList();
        Reasons unread = new Reasons();
        Set<String> counted = new LinkedHashSet<>();
        for (Unresolved open : lineage.unresolved()) {
            String reason = ReasonText.of(open);
            if (open.dataset() == null && counted.add(open.location().path() + "\n" + reason)) {
                unread.add(reason, open.location());
            }
        }
        return new CoverageReport(
                lineage.repository(), lineage.revision(), kinds, lineage.coverage(), unread.byCount());
    }

    private static KindCoverage kind(String kind, List<Dataset> datasets, Completed completed) {
        int complete = 0;
        int openStars = 0;
        int undeclared = 0;
        int queries = 0;
        int parsed = 0;
        int columns = 0;
        int known = 0;
        Reasons reasons = new Reasons();
        for (Dataset dataset : datasets) {
            if (completed.contains(dataset)) {
                complete++;
                openStars += dataset.openStars().isEmpty() ? 0 : 1;
            } else {
                undeclared += lacksOnlyDeclarations(dataset) ? 1 : 0;
                reasons.addAllOf(dataset);
            }
            columns += dataset.columns().size();
            known += knownColumns(dataset);
            Definition definition = dataset.definition();
            if (definition != null) {
                queries += definition.queries().size();
                parsed += (int) definition.queries().stream()
                        .filter(query -> isParsed(query.sql(), definition.dialect()))
                        .count();
            }
        }
        return new KindCoverage(
                kind,
                datasets.size(),
                complete,
                openStars,
                undeclared,
                queries,
                parsed,
                columns,
                known,
                reasons.byCount());
    }

    /** Columns about which nothing is open: neither about themselves nor about all that the dataset holds. */
    private static int knownColumns(Dataset dataset) {
        Set<String> open = new LinkedHashSet<>();
        for (Unresolved each : dataset.unresolved()) {
            String column = each.column();
            if (column == null) {
                return 0;
            }
            open.add(column);
        }
        return (int) dataset.columns().stream()
                .filter(column -> !open.contains(column.name()))
                .count();
    }

    private static boolean lacksOnlyDeclarations(Dataset dataset) {
        return dataset.completeness() == Completeness.PARTIAL
                && dataset.unresolved().stream().allMatch(ReasonText::isAmbiguous);
    }

    private static boolean isParsed(String sql, String dialect) {
        return SqlParser.parse(sql, Dialect.named(dialect), ParseLimits.DEFAULT)
                .recoveries()
                .isEmpty();
    }

    /** Which datasets are complete, stars followed to where columns are declared or the repository ends. */
    private static final class Completed {
        private final Map<String, Dataset> byId = new HashMap<>();
        private final Map<String, Boolean> known = new HashMap<>();

        Completed(RepositoryLineage lineage) {
            lineage.datasets().forEach(dataset -> byId.put(dataset.id(), dataset));
        }

        boolean contains(Dataset dataset) {
            Boolean before = known.get(dataset.id());
            if (before != null) {
                return before;
            }
            known.put(dataset.id(), true);
            boolean complete = switch (dataset.completeness()) {
                case COMPLETE -> true;
                case OPEN_STAR -> dataset.openStars().stream().allMatch(this::endsOpenly);
                case PARTIAL, UNKNOWN -> false;
            };
            known.put(dataset.id(), complete);
            return complete;
        }

        private boolean endsOpenly(OpenStar star) {
            Dataset behind = byId.get(star.datasetId());
            return behind != null
                    && switch (behind.role()) {
                        case SOURCE, REFERENCED -> true;
                        case PRODUCED -> contains(behind);
                        case MISSING, READER -> false;
                    };
        }
    }

    /** Reasons, counted. */
    private static final class Reasons {
        private final Map<String, Integer> counts = new LinkedHashMap<>();
        private final Map<String, SourceLocation> examples = new HashMap<>();

        void addAllOf(Dataset dataset) {
            if (dataset.completeness() == Completeness.OPEN_STAR) {
                add(INCOMPLETE_BEHIND_STAR, dataset.openStars().get(0).location());
                return;
            }
            Set<String> own = new LinkedHashSet<>();
            for (Unresolved open : dataset.unresolved()) {
                String reason = ReasonText.of(open);
                if (own.add(reason)) {
                    add(reason, open.location());
                }
            }
        }

        void add(String reason, SourceLocation location) {
            counts.merge(reason, 1, Integer::sum);
            examples.putIfAbsent(reason, location);
        }

        List<ReasonCount> byCount() {
            return counts.entrySet().stream()
                    .map(entry -> new ReasonCount(entry.getKey(), entry.getValue(), example(entry.getKey())))
                    .sorted(Comparator.comparingInt(ReasonCount::count)
                            .reversed()
                            .thenComparing(ReasonCount::reason))
                    .toList();
        }

        private SourceLocation example(String reason) {
            return java.util.Objects.requireNonNull(examples.get(reason));
        }
    }
}
