package io.tailwater.lineage.sql.compare;

import io.tailwater.lineage.sql.compare.QueryChange.Certainty;
import io.tailwater.lineage.sql.compare.QueryChange.RowsChanged;
import io.tailwater.lineage.sql.compare.QueryChange.RowsReason;
import io.tailwater.lineage.sql.result.OuterJoin;
import io.tailwater.lineage.sql.result.RowFacts;
import io.tailwater.lineage.sql.result.RowSource;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What decides rows, side by side; subqueries of the same shape are looked into, so that the reason is the one inside. */
final class RowComparison {

    private static final int DEPTH = 50;
    private static final String EQUALS = " = ";

    private final UniqueKeys keys;
    private final List<QueryChange> changes = new ArrayList<>();

    private RowComparison(UniqueKeys keys) {
        this.keys = keys;
    }

    static List<QueryChange> compare(RowFacts before, RowFacts after, UniqueKeys keys) {
        RowComparison comparison = new RowComparison(keys);
        comparison.compare(before, after, DEPTH);
        return comparison.changes.stream().distinct().toList();
    }

    private void compare(RowFacts before, RowFacts after, int depth) {
        sources(RowsReason.SOURCES, before.sources(), after.sources(), depth);
        texts(RowsReason.FILTERS, before.filters(), after.filters());
        joins(before.outerJoins(), after.outerJoins(), depth);
        if (before.grouped() != after.grouped()) {
            change(
                    RowsReason.GRAIN,
                    before.grouped() ? List.of("grouped") : List.of(),
                    after.grouped() ? List.of("grouped") : List.of());
        }
        texts(RowsReason.GRAIN, before.grain(), after.grain());
        if (before.distinct() != after.distinct()) {
            change(
                    RowsReason.DISTINCT,
                    before.distinct() ? List.of("distinct") : List.of(),
                    after.distinct() ? List.of("distinct") : List.of());
        }
        if (!Objects.equals(before.limit(), after.limit())) {
            change(RowsReason.LIMIT, optional(before.limit()), optional(after.limit()));
        }
        if (!Objects.equals(before.setOperator(), after.setOperator())) {
            change(RowsReason.SET_OPERATIONS, optional(before.setOperator()), optional(after.setOperator()));
        }
        sources(RowsReason.SET_OPERATIONS, before.setOperations(), after.setOperations(), depth);
    }

    private static List<String> optional(@Nullable String text) {
        return text == null ? List.of() : List.of(text);
    }

    private void change(RowsReason reason, List<String> removed, List<String> added) {
        changes.add(new RowsChanged(Certainty.CERTAIN, reason, removed, added));
    }

    private void texts(RowsReason reason, List<String> before, List<String> after) {
        List<String> removed = minus(before, after);
        List<String> added = minus(after, before);
        if (!removed.isEmpty() || !added.isEmpty()) {
            Certainty certainty = sameKeys(removed, added) ? Certainty.POSSIBLE : Certainty.CERTAIN;
            changes.add(new RowsChanged(certainty, reason, removed, added));
        }
    }

    /**
     * Whether all that changed is what readings of one relation are joined on to one another. Both sides still compute the key alike, so rows that met before may well meet
     * now, and nothing proves that they do not.
     */
    private static boolean sameKeys(List<String> removed, List<String> added) {
        return removed.size() == added.size()
                && removed.stream().allMatch(RowComparison::isSelfEquality)
                && added.stream().allMatch(RowComparison::isSelfEquality);
    }

    /** Whether a condition says that one expression is equal on two readings of the same relation. */
    private static boolean isSelfEquality(String condition) {
        boolean inParentheses = condition.startsWith("(") && condition.endsWith(")");
        String plain =
                (inParentheses ? condition.substring(1, condition.length() - 1) : condition).replaceAll("~\\d+", "");
        int half = (plain.length() - EQUALS.length()) / 2;
        return half > 0
                && plain.startsWith(EQUALS, half)
                && plain.substring(0, half).equals(plain.substring(half + EQUALS.length()));
    }

    /** {@code from} without {@code what}, each taken away as often as it stands there. */
    private static List<String> minus(List<String> from, List<String> what) {
        List<String> rest = new ArrayList<>(from);
        what.forEach(rest::remove);
        return rest;
    }

    // --- relations
    // -------------------------------------------------------------------------------------------------------

    private void sources(RowsReason reason, List<RowSource> before, List<RowSource> after, int depth) {
        List<RowSource> removed = new ArrayList<>(before);
        List<RowSource> added = new ArrayList<>(after);
        for (RowSource each : before) {
            int same = indexOf(added, other -> unnumbered(other.name()).equals(unnumbered(each.name())));
            if (same >= 0) {
                added.remove(same);
                removed.remove(each);
            }
        }
        for (RowSource each : List.copyOf(removed)) {
            int alike = indexOf(added, other -> other.shape().equals(each.shape()) && other.facts() != null);
            if (each.facts() != null && alike >= 0 && depth > 0) {
                inside(each.facts(), Objects.requireNonNull(added.remove(alike).facts()), depth);
                removed.remove(each);
            }
        }
        folded(removed, added, depth, false);
        folded(added, removed, depth, true);
        if (!removed.isEmpty() || !added.isEmpty()) {
            change(reason, names(removed), names(added));
        }
    }

    /** Which of several readings of the same relation is meant shows where it is used, not here. */
    private static String unnumbered(String name) {
        int number = name.lastIndexOf('~');
        return number < 0 ? name : name.substring(0, number);
    }

    /** A subquery that stands on one side where its tables stand by themselves on the other: there it was plain enough to be folded into its reader. */
    private void folded(List<RowSource> plain, List<RowSource> subqueries, int depth, boolean turned) {
        for (RowSource each : List.copyOf(subqueries)) {
            RowFacts facts = each.facts();
            if (facts == null || facts.sources().isEmpty() || depth == 0) {
                continue;
            }
            List<RowSource> own = plain.stream()
                    .filter(source -> facts.sources().stream()
                            .anyMatch(inner -> unnumbered(inner.name()).equals(unnumbered(source.name()))))
                    .toList();
            if (own.size() == facts.sources().size()) {
                RowFacts bare = new RowFacts(
                        facts.sources(),
                        facts.filters(),
                        facts.outerJoins(),
                        List.of(),
                        false,
                        false,
                        null,
                        null,
                        List.of(),
                        Set.of());
                plain.removeAll(own);
                subqueries.remove(each);
                compare(turned ? facts : bare, turned ? bare : facts, depth - 1);
            }
        }
    }

    /** A subquery that is named differently differs in something; where that is no fact of its rows, it is in the columns that decide them. */
    private void inside(RowFacts before, RowFacts after, int depth) {
        int count = changes.size();
        compare(before, after, depth - 1);
        if (changes.size() == count && before.distinct()) {
            change(RowsReason.DISTINCT, List.of("distinct columns"), List.of("distinct columns"));
        }
    }

    private static int indexOf(List<RowSource> sources, java.util.function.Predicate<RowSource> wanted) {
        for (int i = 0; i < sources.size(); i++) {
            if (wanted.test(sources.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> names(List<RowSource> sources) {
        return sources.stream().map(RowSource::name).toList();
    }

    // --- outer joins
    // -----------------------------------------------------------------------------------------------------

    private void joins(List<OuterJoin> before, List<OuterJoin> after, int depth) {
        List<OuterJoin> removed = new ArrayList<>(before);
        List<OuterJoin> added = new ArrayList<>(after);
        for (OuterJoin each : before) {
            for (OuterJoin other : added) {
                if (each.text().equals(other.text())) {
                    added.remove(other);
                    removed.remove(each);
                    break;
                }
            }
        }
        for (OuterJoin each : List.copyOf(removed)) {
            for (OuterJoin other : List.copyOf(added)) {
                if (removed.contains(each) && alike(each, other)) {
                    sources(RowsReason.JOINS, each.sources(), other.sources(), depth);
                    removed.remove(each);
                    added.remove(other);
                }
            }
        }
        removed.removeIf(this::keepsRows);
        added.removeIf(this::keepsRows);
        if (!removed.isEmpty() || !added.isEmpty()) {
            boolean oneSided = removed.isEmpty() || added.isEmpty();
            boolean onlyLeft = removed.stream().allMatch(join -> join.kind().equals("LEFT"))
                    && added.stream().allMatch(join -> join.kind().equals("LEFT"));
            changes.add(new RowsChanged(
                    oneSided && onlyLeft || sameKeysOfJoins(removed, added) ? Certainty.POSSIBLE : Certainty.CERTAIN,
                    RowsReason.JOINS,
                    removed.stream().map(OuterJoin::text).toList(),
                    added.stream().map(OuterJoin::text).toList()));
        }
    }

    private static boolean sameKeysOfJoins(List<OuterJoin> removed, List<OuterJoin> added) {
        if (removed.size() != added.size()) {
            return false;
        }
        for (int i = 0; i < removed.size(); i++) {
            OuterJoin before = removed.get(i);
            OuterJoin after = added.get(i);
            if (!before.kind().equals(after.kind())
                    || !sameKeys(
                            minus(before.conditions(), after.conditions()),
                            minus(after.conditions(), before.conditions()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(OuterJoin first, OuterJoin second) {
        return first.kind().equals(second.kind())
                && first.conditions().equals(second.conditions())
                && first.sources().stream()
                        .map(RowSource::shape)
                        .toList()
                        .equals(second.sources().stream().map(RowSource::shape).toList());
    }

    /** A left join that finds at most one row for each row on its left changes no rows. */
    private boolean keepsRows(OuterJoin join) {
        if (!join.kind().equals("LEFT")
                || join.sources().size() != 1
                || join.keys().isEmpty()) {
            return false;
        }
        RowSource source = join.sources().getFirst();
        TableRef table = source.table();
        if (table != null) {
            return keys.isUnique(table, join.keys());
        }
        RowFacts facts = source.facts();
        return facts != null && facts.grouped() && joinsOnGrain(facts, join.keys());
    }

    private static boolean joinsOnGrain(RowFacts facts, Set<String> keys) {
        return new HashSet<>(keys).containsAll(facts.grain());
    }
}
