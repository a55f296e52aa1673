package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Coverage;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Unresolved;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What was not understood and bears on the answer. A dataset that the change breaks is understood: it is known to break. */
final class NotUnderstood {
    private final LineageIndex base;
    private final LineageIndex head;
    private final List<Impact> impacts;
    private final Set<String> broken;

    NotUnderstood(LineageIndex base, LineageIndex head, List<Impact> impacts) {
        this.base = base;
        this.head = head;
        this.impacts = impacts;
        this.broken = broken(impacts);
    }

    /** What is not known about datasets that change or stand downstream of one that does, and what is newly unknown. */
    List<Unresolved> bearingOn(Set<String> changed) {
        Set<String> concerned = new HashSet<>(changed);
        List<String> open = new ArrayList<>(changed);
        for (Dataset after : head.datasets()) {
            Dataset before = base.dataset(after.id());
            if (before == null || before.role() != after.role()) {
                if (concerned.add(after.id())) {
                    open.add(after.id());
                }
            }
        }
        while (!open.isEmpty()) {
            String id = open.remove(open.size() - 1);
            head.readers(id).keySet().forEach(reader -> {
                if (concerned.add(reader.id())) {
                    open.add(reader.id());
                }
            });
        }
        Set<Unresolved> result = new LinkedHashSet<>();
        Set<String> explained = explainedByBreaks(impacts);
        for (Dataset dataset : head.datasets()) {
            Dataset before = base.dataset(dataset.id());
            if (broken.contains(dataset.name()) && before != null) {
                dataset.unresolved().stream()
                        .filter(entry -> isNew(entry, before))
                        .forEach(entry -> explained.add(place(entry)));
            }
        }
        for (Dataset dataset : head.datasets()) {
            if (concerned.contains(dataset.id())) {
                dataset.unresolved().stream()
                        .filter(entry -> !explained.contains(place(entry)))
                        .forEach(result::add);
            }
        }
        Set<String> known = new HashSet<>();
        base.lineage().unresolved().forEach(each -> known.add(each.location().path() + each.reason()));
        for (Unresolved each : head.lineage().unresolved()) {
            if (!known.contains(each.location().path() + each.reason()) && !explained.contains(place(each))) {
                result.add(each);
            }
        }
        return List.copyOf(result);
    }

    /** Files that still name columns that are gone: that they cannot be found there is known, and why. */
    private static Set<String> explainedByBreaks(List<Impact> impacts) {
        Set<String> places = new HashSet<>();
        for (Impact impact : impacts) {
            if (impact.effect() == Effect.BREAKS && impact.certainty() == Certainty.PROVEN) {
                Hop first = impact.path().get(0);
                Hop last = impact.path().get(impact.path().size() - 1);
                places.add(last.at().path() + "\n" + first.column());
            }
        }
        return places;
    }

    private static String place(Unresolved open) {
        return open.location().path() + "\n" + open.column();
    }

    /** Names of datasets that are proven to break. */
    private static Set<String> broken(List<Impact> impacts) {
        Set<String> names = new HashSet<>();
        impacts.stream()
                .filter(impact -> impact.effect() == Effect.BREAKS && impact.certainty() == Certainty.PROVEN)
                .forEach(impact -> names.add(impact.dataset()));
        return names;
    }

    /** What head's lineage covers; a file whose dataset the change breaks was understood well enough to know that. */
    Coverage coverage() {
        Set<String> understood = new HashSet<>();
        for (Dataset after : head.datasets()) {
            Dataset before = base.dataset(after.id());
            if (broken.contains(after.name())
                    && isOpen(after)
                    && before != null
                    && !isOpen(before)
                    && after.unresolved().stream().allMatch(open -> isNew(open, before))) {
                understood.add(after.location().path());
            }
        }
        Coverage all = head.lineage().coverage();
        int explained = Math.min(understood.size(), all.unresolved());
        return new Coverage(all.files(), all.analysed() + explained, all.unresolved() - explained);
    }

    private static boolean isOpen(Dataset dataset) {
        return switch (dataset.completeness()) {
            case PARTIAL, UNKNOWN -> true;
            case COMPLETE, OPEN_STAR -> false;
        };
    }

    private static boolean isNew(Unresolved open, Dataset before) {
        return before.unresolved().stream()
                .noneMatch(
                        known -> known.reason().equals(open.reason()) && Objects.equals(known.column(), open.column()));
    }
}
