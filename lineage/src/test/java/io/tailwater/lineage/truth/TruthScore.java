package io.tailwater.lineage.truth;

import io.tailwater.lineage.compare.Change;
import io.tailwater.lineage.compare.ChangeReport;
import io.tailwater.lineage.compare.Impact;
import io.tailwater.lineage.compare.RepositoryComparison;
import io.tailwater.lineage.compare.Verdict;
import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Scores comparisons against hand-checked pull requests. Arguments: a folder of Git directories named
 * {@code owner+name} (or {@code owner+name/repo}), the truth file, and optionally ids to look at closely.
 */
final class TruthScore {
    private static final RepositoryLineageExtractor EXTRACTOR = new RepositoryLineageExtractor();

    private final Path clones;
    private final Set<String> detailed;
    private final ExtractionCache cache = ExtractionCache.inMemory(100_000);
    private int right;
    private int rows;

    private TruthScore(Path clones, Set<String> detailed) {
        this.clones = clones;
        this.detailed = detailed;
    }

    public static void main(String[] arguments) throws IOException {
        TruthScore score = new TruthScore(
                Path.of(arguments[0]), Set.copyOf(List.of(arguments).subList(2, arguments.length)));
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            if (!line.isBlank()
                    && YamlReader.read(line) instanceof YamlOutcome.Read read
                    && read.root() != null
                    && (score.detailed.isEmpty()
                            || score.detailed.contains(read.root().text("id")))) {
                score.row(read.root());
            }
        }
        System.out.println(score.right + " of " + score.rows + " rows right");
        System.exit(score.right == score.rows ? 0 : 1);
    }

    private void row(YamlValue row) throws IOException {
        rows++;
        String id = row.text("id");
        Path directory = clones.resolve(String.valueOf(row.text("repo")).replace('/', '+'));
        if (Files.isDirectory(directory.resolve("repo"))) {
            directory = directory.resolve("repo");
        }
        long start = System.nanoTime();
        RepositoryLineage base = lineage(directory, row, "merge_base");
        RepositoryLineage head = lineage(directory, row, "head");
        ChangeReport report = RepositoryComparison.compare(base, head);
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        List<String> faults = faults(row, report);
        System.out.println((faults.isEmpty() ? "right " : "WRONG ") + id + " verdict "
                + report.verdict().wireName() + ", "
                + report.changes().size() + " changes, " + report.impacts().size() + " impacts, coverage "
                + completeness(head) + ", " + milliseconds + " ms");
        faults.forEach(fault -> System.out.println("    " + fault));
        if (faults.isEmpty()) {
            right++;
        }
        if (detailed.contains(id)) {
            report.changes().forEach(change -> System.out.println("  " + shown(change)));
            report.impacts().forEach(impact -> System.out.println("  " + shown(impact)));
            report.unresolved().forEach(open -> System.out.println("  ? " + open));
        }
    }

    private RepositoryLineage lineage(Path directory, YamlValue row, String which) throws IOException {
        try (GitRevisionFiles files =
                new GitRevisionFiles(directory, String.valueOf(row.text("repo")), String.valueOf(row.text(which)))) {
            return EXTRACTOR.extract(files, cache);
        }
    }

    private static String completeness(RepositoryLineage lineage) {
        Map<Completeness, Long> counts = lineage.datasets().stream()
                .filter(dataset -> dataset.role() == DatasetRole.PRODUCED)
                .collect(Collectors.groupingBy(dataset -> dataset.completeness(), Collectors.counting()));
        return counts.toString();
    }

    private static String shown(Change change) {
        return change.kind().wireName() + " " + change.dataset() + " " + change.column()
                + (change.renamedTo() == null ? "" : " -> " + change.renamedTo()) + " @"
                + change.at().path() + ":"
                + change.at().line() + " " + change.because() + " "
                + change.certainty().wireName();
    }

    private static String shown(Impact impact) {
        return "=> " + impact.effect().wireName() + " " + impact.kind() + " " + impact.dataset() + " "
                + impact.column() + " " + impact.certainty().wireName() + (impact.changedHere() ? " here" : "") + " "
                + impact.path().stream()
                        .map(hop -> hop.dataset() + "." + hop.column() + "[" + hop.dependency() + " "
                                + hop.at().path().replaceAll(".*/", "") + ":"
                                + hop.at().line() + "]")
                        .collect(Collectors.joining(" > "));
    }

    private static List<String> faults(YamlValue row, ChangeReport report) {
        List<String> faults = new ArrayList<>();
        Set<String> hit =
                report.impacts().stream().map(Impact::dataset).collect(Collectors.toCollection(LinkedHashSet::new));
        for (YamlValue impacted : row.items("impacted")) {
            if ("must".equals(impacted.text("certainty")) && !hit.contains(impacted.text("dataset"))) {
                faults.add("missed " + impacted.text("dataset") + " (" + impacted.text("effect") + ")");
            }
        }
        row.texts("not_impacted").stream().filter(hit::contains).forEach(name -> faults.add("false alarm for " + name));
        for (YamlValue changed : row.items("changed")) {
            if (isUnchanged(changed) && hit.contains(changed.text("dataset"))) {
                faults.add("false alarm for " + changed.text("dataset") + ", whose output is unchanged");
            }
        }
        Set<Verdict> allowed = new LinkedHashSet<>(verdicts(row.text("severity")));
        allowed.addAll(verdicts(row.text("severity_in_repo")));
        if (!allowed.contains(report.verdict())) {
            faults.add("verdict " + report.verdict() + " instead of " + allowed);
        }
        return faults;
    }

    private static boolean isUnchanged(YamlValue changed) {
        return "edited".equals(changed.text("state"))
                && List.of("columns_removed", "columns_added", "columns_renamed", "columns_values", "rows").stream()
                        .allMatch(key -> changed.get(key) == null);
    }

    private static List<Verdict> verdicts(String severity) {
        return switch (String.valueOf(severity)) {
            case "breaking" -> List.of(Verdict.BREAKING);
            case "values" -> List.of(Verdict.BEHAVIOURAL);
            default -> List.of(Verdict.ADDITIVE, Verdict.NONE);
        };
    }
}
