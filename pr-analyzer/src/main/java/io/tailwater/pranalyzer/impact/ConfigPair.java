package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.compare.FindingRules;
import io.tailwater.lineage.config.Glob;
import io.tailwater.lineage.config.SeverityRule;
import io.tailwater.lineage.config.Suppression;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.RepositoryConfig;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration of a pull request's destination and of its head. How to read is taken from the head, for both sides,
 * so that it is seen at work before it is merged and is no change of the data. What silences is taken from the
 * destination, so that no pull request silences its own findings; what the head adds is told.
 *
 * @param destination at the destination's tip
 * @param head at the head
 */
record ConfigPair(RepositoryConfig destination, RepositoryConfig head) {

    /** How both sides are read. */
    RepositoryConfig ofBothSides() {
        boolean unreadable = head.withIgnore(List.of()).equals(withMistakesOf(head))
                && !head.mistakes().isEmpty();
        RepositoryConfig reading = unreadable ? destination : head;
        List<Glob> ignoredByBoth = unreadable
                ? destination.ignore()
                : destination.ignore().stream().filter(head.ignore()::contains).toList();
        return reading.withIgnore(ignoredByBoth);
    }

    private static RepositoryConfig withMistakesOf(RepositoryConfig config) {
        RepositoryConfig none = RepositoryConfig.NONE;
        return new RepositoryConfig(
                none.database(),
                none.schema(),
                none.dialects(),
                none.names(),
                none.dbtTarget(),
                none.dbtVars(),
                none.ignore(),
                none.layouts(),
                none.topics(),
                none.severity(),
                none.suppressions(),
                config.mistakes());
    }

    /** What was decided about findings where the change goes to. */
    FindingRules rules(LocalDate day) {
        return new FindingRules(destination.suppressions(), destination.severity(), day);
    }

    /** Mistakes in the head's file, and what it adds that holds only once it is merged. */
    List<Unresolved> notes() {
        List<Unresolved> notes = new ArrayList<>(head.mistakes());
        for (Suppression added : head.suppressions()) {
            if (destination.suppressions().stream().noneMatch(added::saysTheSame)) {
                notes.add(note(
                        added.line(),
                        "this pull request adds a suppression (\"" + added.reason()
                                + "\"); it holds once it is in the destination branch"));
            }
        }
        for (SeverityRule added : head.severity()) {
            if (destination.severity().stream().noneMatch(added::saysTheSame)) {
                notes.add(note(
                        added.line(),
                        "this pull request adds a severity; it holds once it is in the destination branch"));
            }
        }
        for (Glob added : head.ignore()) {
            if (!destination.ignore().contains(added)) {
                notes.add(note(
                        1, "this pull request ignores " + added + "; that holds once it is in the destination branch"));
            }
        }
        return notes;
    }

    private static Unresolved note(int line, String reason) {
        return new Unresolved(SourceLocation.of(RepositoryConfig.PATH, Math.max(1, line)), reason, null, null);
    }
}
