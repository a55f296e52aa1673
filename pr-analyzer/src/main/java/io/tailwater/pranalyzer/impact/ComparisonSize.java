package io.tailwater.pranalyzer.impact;

import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Comparison;
import java.util.ArrayList;
import java.util.List;

/** Keeps a comparison below what one Kafka record may hold, and says what was left out. Pure. */
final class ComparisonSize {

    /** Well below Kafka's default of 1 MiB a record, since impacts of other repositories and a title come on top. */
    static final int MOST_BYTES = 700_000;

    private ComparisonSize() {}

    /** The comparison itself when it is small enough; otherwise one with the front half of its longest list, and so on. */
    static Comparison fit(Comparison comparison, int mostBytes) {
        Comparison fitted = comparison;
        int impacts = 0;
        int changes = 0;
        int unresolved = 0;
        while (ReportIds.bytes(fitted).length > mostBytes) {
            int half;
            Comparison.Builder smaller = Comparison.newBuilder(fitted).setComplete(false);
            if (fitted.getImpacts().size() > 1
                    && fitted.getImpacts().size() >= fitted.getChanges().size()) {
                half = fitted.getImpacts().size() / 2;
                impacts += fitted.getImpacts().size() - half;
                smaller.setImpacts(List.copyOf(fitted.getImpacts().subList(0, half)));
            } else if (fitted.getChanges().size() > 1) {
                half = fitted.getChanges().size() / 2;
                changes += fitted.getChanges().size() - half;
                smaller.setChanges(List.copyOf(fitted.getChanges().subList(0, half)));
            } else if (fitted.getUnresolved().size() > 1) {
                half = fitted.getUnresolved().size() / 2;
                unresolved += fitted.getUnresolved().size() - half;
                smaller.setUnresolved(List.copyOf(fitted.getUnresolved().subList(0, half)));
            } else {
                return fitted;
            }
            fitted = smaller.build();
        }
        return fitted == comparison ? comparison : withNote(fitted, impacts, changes, unresolved);
    }

    private static Comparison withNote(Comparison fitted, int impacts, int changes, int unresolved) {
        List<UnresolvedLineage> notes = new ArrayList<>(fitted.getUnresolved());
        notes.add(UnresolvedLineage.newBuilder()
                .setPath(".")
                .setLine(0)
                .setReason("The report was too long: left out " + impacts + " impacts, " + changes + " changes and "
                        + unresolved + " unresolved places")
                .build());
        return Comparison.newBuilder(fitted).setUnresolved(notes).build();
    }
}
