package io.tailwater.lineage.compare;

import io.tailwater.lineage.config.Glob;
import io.tailwater.lineage.config.SeverityRule;
import io.tailwater.lineage.config.Suppression;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people decided about findings: which to live with, and how much some count. Findings in other repositories are
 * never concerned: a repository speaks for its own readers only.
 *
 * @param suppressions those that stand where the change goes to, whether expired or not
 * @param severity likewise
 * @param day the day on which suppressions hold or have expired
 */
public record FindingRules(List<Suppression> suppressions, List<SeverityRule> severity, LocalDate day) {
    /** Every finding counts as its effect says. */
    public static final FindingRules NONE = new FindingRules(List.of(), List.of(), LocalDate.EPOCH);

    public FindingRules {
        suppressions = List.copyOf(suppressions);
        severity = List.copyOf(severity);
    }

    /** What is left of findings, and what was set aside. */
    record Applied(
            List<Change> changes, List<Impact> impacts, List<SuppressedFinding> suppressed, List<Unresolved> notes) {}

    /** Sets aside what is suppressed; counts the rest as the rules say; names expired suppressions that would have held. */
    Applied apply(List<Change> changes, List<Impact> impacts) {
        List<Change> allChanges = new ArrayList<>();
        List<Impact> left = new ArrayList<>();
        List<SuppressedFinding> suppressed = new ArrayList<>();
        Map<Suppression, String> expired = new LinkedHashMap<>();
        for (Change change : changes) {
            Suppression by = first(change, expired);
            allChanges.add(by == null ? change : change.asSuppressed());
            if (by != null) {
                suppressed.add(new SuppressedFinding(change, null, by));
            }
        }
        for (Impact impact : impacts) {
            Suppression by = first(impact, expired);
            if (by == null) {
                left.add(counted(impact));
            } else {
                suppressed.add(new SuppressedFinding(null, impact, by));
            }
        }
        List<Unresolved> notes = new ArrayList<>();
        expired.forEach((by, what) -> notes.add(new Unresolved(
                SourceLocation.of(by.path(), by.line()),
                "this suppression expired on " + by.expires() + ", so " + what + " counts again (\"" + by.reason()
                        + "\")",
                null,
                null)));
        return new Applied(allChanges, left, suppressed, notes);
    }

    private @Nullable Suppression first(Change change, Map<Suppression, String> expired) {
        if (change.kind() == ChangeKind.DATASET_ADDED || change.kind() == ChangeKind.COLUMN_ADDED) {
            return null;
        }
        String name = name(change.dataset(), change.column());
        for (Suppression by : suppressions) {
            // one that names readers or effects is about them, not about the change behind them
            boolean meant = by.reader() == null
                    && by.effects().isEmpty()
                    && by.change() != null
                    && names(by.change(), change.dataset(), change.qualifiedName(), change.column());
            if (meant && holds(by, name, expired)) {
                return by;
            }
        }
        return null;
    }

    private @Nullable Suppression first(Impact impact, Map<Suppression, String> expired) {
        Hop cause = impact.path().getFirst();
        for (Suppression by : suppressions) {
            boolean meant = (by.reader() == null
                            || names(by.reader(), impact.dataset(), impact.qualifiedName(), impact.column()))
                    && (by.change() == null || names(by.change(), cause.dataset(), null, cause.column()))
                    && (by.effects().isEmpty()
                            || by.effects().contains(impact.effect().wireName()));
            if (meant && holds(by, name(impact.dataset(), impact.column()), expired)) {
                return by;
            }
        }
        return null;
    }

    private boolean holds(Suppression by, String what, Map<Suppression, String> expired) {
        boolean holds = !day.isAfter(by.expires());
        if (!holds) {
            expired.putIfAbsent(by, what);
        }
        return holds;
    }

    private Impact counted(Impact impact) {
        for (SeverityRule rule : severity) {
            Glob reader = rule.reader();
            boolean meant = (reader == null || names(reader, impact.dataset(), impact.qualifiedName(), impact.column()))
                    && (rule.kind() == null || rule.kind().equals(impact.kind()));
            if (meant) {
                Verdict usual = VerdictRule.severity(impact);
                Verdict counted = bounded(rule, usual);
                return counted == usual ? impact : impact.countingAs(counted);
            }
        }
        return impact;
    }

    /** What the loss of a published output's own column counts as. */
    Verdict ofLoss(String dataset, @Nullable String qualifiedName, String kind) {
        for (SeverityRule rule : severity) {
            Glob reader = rule.reader();
            boolean meant = (reader == null || names(reader, dataset, qualifiedName, null))
                    && (rule.kind() == null || rule.kind().equals(kind));
            if (meant) {
                return bounded(rule, Verdict.BREAKING);
            }
        }
        return Verdict.BREAKING;
    }

    private static Verdict bounded(SeverityRule rule, Verdict usual) {
        Verdict bound = Verdict.valueOf(rule.severity().toUpperCase(Locale.ROOT));
        return switch (rule.bound()) {
            case AT_MOST -> usual.compareTo(bound) > 0 ? bound : usual;
            case AT_LEAST -> usual.compareTo(bound) < 0 ? bound : usual;
        };
    }

    private static boolean names(Glob glob, String dataset, @Nullable String qualifiedName, @Nullable String column) {
        return glob.matches(dataset)
                || (column != null && glob.matches(dataset + "." + column))
                || (qualifiedName != null
                        && (glob.matches(qualifiedName)
                                || (column != null && glob.matches(qualifiedName + "." + column))));
    }

    private static String name(String dataset, @Nullable String column) {
        return column == null ? dataset : dataset + "." + column;
    }
}
