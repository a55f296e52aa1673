package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows changes downstream, column by column, nearest readers first. */
final class ImpactWalk {
    private final LineageIndex base;
    private final LineageIndex head;
    private final Map<String, OwnChange> changes;
    private final Map<String, Impact> impacts = new LinkedHashMap<>();
    private final Map<String, Mark> seen = new LinkedHashMap<>();
    private final Deque<Runnable> work = new ArrayDeque<>();

    ImpactWalk(LineageIndex base, LineageIndex head, Map<String, OwnChange> changes) {
        this.base = base;
        this.head = head;
        this.changes = changes;
    }

    /** All impacts, in the order they were reached. */
    List<Impact> walk() {
        for (Dataset before : base.datasets()) {
            Dataset after = head.dataset(before.id());
            boolean existed = before.role() == DatasetRole.PRODUCED || before.role() == DatasetRole.SOURCE;
            boolean exists =
                    after != null && (after.role() == DatasetRole.PRODUCED || after.role() == DatasetRole.SOURCE);
            if (existed && !exists) {
                datasetGone(before);
            }
        }
        head.datasets().forEach(this::contractNotKept);
        changes.values().stream().filter(change -> change.own).forEach(this::start);
        drain();
        changes.values().stream().filter(change -> !change.own).forEach(this::arrived);
        drain();
        return impacts.entrySet().stream()
                .filter(entry -> !standsBehindABreak(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What is not built any more shows no other values or rows. */
    private boolean standsBehindABreak(String key, Impact impact) {
        Impact broken = impacts.get(key.substring(0, key.indexOf('\n')) + "\nnull\n" + Effect.BREAKS);
        return broken != null
                && broken.certainty() == Certainty.PROVEN
                && switch (impact.effect()) {
                    case VALUES, ROWS, REACHED -> true;
                    case BREAKS, COLUMN_REMOVED, COLUMN_RENAMED -> false;
                };
    }

    private void drain() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    // where changes begin

    private void start(OwnChange change) {
        Dataset after = change.after;
        change.removed.forEach(
                column -> gone(change, column, null, begin(change, column, "no longer has the column " + column)));
        change.renamed.forEach(
                (from, to) -> gone(change, from, to, begin(change, from, "names the column " + from + " now " + to)));
        change.values.forEach((column, found) -> {
            Mark mark = begin(change, column, found);
            if (!change.edited) {
                add(after, column, Effect.VALUES, mark);
            }
            valuesDiffer(after, column, mark);
        });
        change.types.forEach((column, found) -> valuesDiffer(after, column, begin(change, column, found)));
        change.rows.forEach((found, certainty) -> {
            Mark mark = begin(change, null, found);
            Mark sure = certainty == Certainty.PROVEN ? mark : new Mark(mark.path(), certainty, mark.because());
            if (!change.edited) {
                add(after, null, Effect.ROWS, sure);
            }
            rowsDiffer(after, sure);
        });
    }

    private Mark begin(OwnChange change, @Nullable String column, String because) {
        Column now = column == null ? null : change.after.column(column).orElse(null);
        Column then = column == null || now != null
                ? null
                : change.before.column(column).orElse(null);
        Evidence at;
        SourceLocation dropped = column == null || now != null ? null : change.droppedAt(column);
        String renamed = column == null ? null : change.renamed.get(column);
        Column successor = renamed == null || DeclaredColumns.of(change.after).isEmpty()
                ? null
                : change.after.column(renamed).orElse(null);
        if (dropped != null) {
            at = head.evidence(dropped);
        } else if (successor != null) {
            at = head.evidence(successor.location());
        } else if (then != null) {
            at = base.evidence(then.location());
        } else {
            at = head.evidence(now != null ? now.location() : change.after.location());
        }
        return new Mark(List.of(new Hop(change.after.name(), column, "change", at)), Certainty.PROVEN, because);
    }

    /** What a dataset shows that was not edited, because columns arrive that did not, or in another order. */
    private void arrived(OwnChange change) {
        boolean broken = impacts.containsKey(change.after.id() + "\nnull\n" + Effect.BREAKS)
                && DatasetKinds.isComputedWhenRead(change.after.kind());
        if (broken || (change.values.isEmpty() && change.rows.isEmpty())) {
            return;
        }
        for (DatasetRead read : change.after.reads()) {
            OwnChange upstream = changes.get(read.datasetId());
            if (upstream != null && (upstream.reordered || !upstream.added.isEmpty() || upstream.losesColumns())) {
                Hop hop = new Hop(change.after.name(), null, "reference", head.evidence(read.location()));
                Mark mark = begin(upstream, null, "has other columns, or in another order")
                        .then(hop, Certainty.PROVEN);
                change.values.keySet().forEach(column -> {
                    add(change.after, column, Effect.VALUES, mark);
                    valuesDiffer(change.after, column, mark);
                });
                if (!change.rows.isEmpty()) {
                    add(change.after, null, Effect.ROWS, mark);
                    rowsDiffer(change.after, mark);
                }
                return;
            }
        }
    }

    // what is gone

    private void datasetGone(Dataset gone) {
        Dataset after = head.dataset(gone.id());
        Evidence at = after != null && after.role() == DatasetRole.MISSING && after.definition() != null
                ? head.evidence(after.location())
                : base.evidence(gone.location());
        Mark mark = new Mark(
                List.of(new Hop(gone.name(), null, "change", at)), Certainty.PROVEN, gone.name() + " no longer exists");
        head.readers(gone.id()).forEach((reader, read) -> {
            if (DatasetKinds.isFieldwise(reader.kind()) && fieldsBroken(reader, gone.id(), null, mark)) {
                return;
            }
            Hop hop = new Hop(reader.name(), null, "reference", head.evidence(read.location()));
            broken(reader, null, mark.then(hop, Certainty.PROVEN));
        });
    }

    /** A dataset that the build refuses now, since its query and its contract no longer agree. */
    private void contractNotKept(Dataset after) {
        String violation = Contracts.violation(after);
        Dataset before = base.dataset(after.id());
        if (violation != null && (before == null || Contracts.violation(before) == null)) {
            Hop hop = new Hop(after.name(), null, "change", head.evidence(after.location()));
            broken(after, null, new Mark(List.of(hop), Certainty.PROVEN, violation));
        }
    }

    /**
     * Fields of a reader break that use what is gone, one by one, and what uses those.
     *
     * @param gone column that is gone; null for all of them
     * @return whether there are any
     */
    private boolean fieldsBroken(Dataset reader, String upstreamId, @Nullable String gone, Mark mark) {
        boolean any = false;
        for (Column output : reader.columns()) {
            for (ColumnDependency dependency : output.dependencies()) {
                if (dependency.datasetId().equals(upstreamId) && (gone == null || gone.equals(dependency.column()))) {
                    fieldBroken(reader, output.name(), dependency, mark);
                    any = true;
                    break;
                }
            }
        }
        for (ColumnDependency dependency : reader.rowDependencies()) {
            if (dependency.datasetId().equals(upstreamId) && (gone == null || gone.equals(dependency.column()))) {
                fieldBroken(reader, null, dependency, mark);
                any = true;
            }
        }
        return any;
    }

    private void fieldBroken(Dataset reader, @Nullable String column, ColumnDependency dependency, Mark mark) {
        Hop hop = new Hop(reader.name(), column, dependency.kind().wireName(), head.evidence(dependency.location()));
        Mark next = mark.then(hop, Certainty.PROVEN);
        // a join that cannot be made is one thing, however many fields it would bring
        add(reader, dependency.kind() == IndirectUse.JOIN ? null : column, Effect.BREAKS, next);
        if (!first("broken", reader.id() + "\n" + column, next)) {
            return;
        }
        work.add(() -> {
            if (column == null) {
                head.readers(reader.id()).forEach((other, read) -> {
                    if (DatasetKinds.isFieldwise(other.kind()) && fieldsBroken(other, reader.id(), null, next)) {
                        return;
                    }
                    Hop onward = new Hop(other.name(), null, "reference", head.evidence(read.location()));
                    broken(other, null, next.then(onward, Certainty.PROVEN));
                });
                return;
            }
            for (LineageIndex.ColumnReader use : head.columnReaders(reader.id())) {
                Column output = use.column();
                boolean onlyLists = use.reader().kind().equals(DatasetKinds.FIELD_LIST);
                if (column.equals(use.dependency().column()) && !onlyLists) {
                    fieldUsed(use.reader(), output == null ? null : output.name(), use.dependency(), next);
                }
            }
        });
    }

    private void fieldUsed(Dataset reader, @Nullable String column, ColumnDependency dependency, Mark mark) {
        if (DatasetKinds.isFieldwise(reader.kind())) {
            fieldBroken(reader, column, dependency, mark);
        } else {
            Hop hop = new Hop(reader.name(), null, "reference", head.evidence(dependency.location()));
            broken(reader, null, mark.then(hop, Certainty.PROVEN));
        }
    }

    /** Readers of something that is not built any more and keeps showing what it had. */
    private void stale(Dataset reader, Mark mark) {
        if (reader.role() == DatasetRole.READER) {
            add(reader, null, Effect.REACHED, mark);
        }
        if (first("stale", reader.id(), mark)) {
            work.add(() -> head.readers(reader.id()).forEach((next, read) -> {
                Hop hop = new Hop(next.name(), null, "reference", head.evidence(read.location()));
                stale(next, mark.then(hop, Certainty.PROVEN));
            }));
        }
    }

    private void broken(Dataset reader, @Nullable String column, Mark mark) {
        if (reader.kind().equals("exposure")) {
            add(reader, null, Effect.REACHED, mark);
            return;
        }
        add(reader, column, Effect.BREAKS, mark);
        if (!first("broken", reader.id(), mark)) {
            return;
        }
        work.add(() -> head.readers(reader.id()).forEach((next, read) -> {
            Hop hop = new Hop(next.name(), null, "reference", head.evidence(read.location()));
            Mark onward = mark.then(hop, Certainty.PROVEN);
            boolean showsOldData =
                    DatasetKinds.isFieldwise(next.kind()) && !DatasetKinds.isComputedWhenRead(reader.kind());
            if (showsOldData) {
                stale(next, onward);
            } else if (!DatasetKinds.isFieldwise(next.kind()) || !fieldsBroken(next, reader.id(), null, mark)) {
                broken(next, null, onward);
            }
        }));
    }

    /** A column that is gone, or has another name now. */
    private void gone(OwnChange upstream, String column, @Nullable String renamedTo, Mark mark) {
        if (!first("gone", upstream.after.id() + "\n" + column, mark)) {
            return;
        }
        work.add(() -> {
            Map<String, List<LineageIndex.ColumnReader>> usesByReader = new LinkedHashMap<>();
            for (LineageIndex.ColumnReader use : base.columnReaders(upstream.before.id())) {
                if (column.equals(use.dependency().column())) {
                    usesByReader
                            .computeIfAbsent(use.reader().id(), id -> new ArrayList<>())
                            .add(use);
                }
            }
            usesByReader.forEach((id, uses) -> {
                Dataset reader = head.dataset(id);
                if (reader != null && reader.role() != DatasetRole.MISSING) {
                    lost(upstream, column, reader, uses, mark);
                }
            });
            stillNamed(upstream, column, usesByReader, mark);
            head.readers(upstream.after.id()).forEach((reader, read) -> {
                if (reader.kind().equals("exposure") && !saysItsColumns(reader, upstream.after)) {
                    Hop hop = new Hop(reader.name(), null, "reference", head.evidence(read.location()));
                    add(reader, null, Effect.REACHED, mark.then(hop, Certainty.PROVEN));
                }
            });
        });
    }

    /** A reader that used a column that is gone. */
    private void lost(
            OwnChange upstream, String column, Dataset reader, List<LineageIndex.ColumnReader> uses, Mark mark) {
        boolean fieldwise = DatasetKinds.isFieldwise(reader.kind());
        if (fieldwise) {
            fieldsBroken(reader, upstream.after.id(), column, mark);
        }
        if (reader.id().equals(upstream.after.id())) {
            return;
        }
        SourceLocation still = fieldwise ? null : stillUses(upstream.after, column, reader);
        if (still != null) {
            Hop hop = new Hop(reader.name(), null, "reference", head.evidence(still));
            broken(reader, null, mark.then(hop, Certainty.PROVEN));
            return;
        }
        OwnChange own = changes.get(reader.id());
        boolean fixed = false;
        for (LineageIndex.ColumnReader use : uses) {
            Hop hop = hop(use, own != null && own.edited ? head : base);
            Column output = use.column();
            boolean fromTopic = upstream.after.kind().equals(DatasetKinds.TOPIC);
            if (fromTopic
                    && own == null
                    && output != null
                    && reader.column(output.name()).isPresent()) {
                // declared by itself, and nothing brings it any more
                Mark unfed = mark.then(hop, Certainty.PROVEN);
                add(reader, output.name(), Effect.VALUES, unfed);
                valuesDiffer(reader, output.name(), unfed);
                fixed = true;
            }
            if (own == null || output == null) {
                continue;
            }
            Mark next = mark.then(hop, Certainty.PROVEN);
            if (own.removed.contains(output.name())) {
                add(reader, output.name(), Effect.COLUMN_REMOVED, next);
                gone(own, output.name(), null, next);
                fixed = true;
            } else if (own.renamed.containsKey(output.name())) {
                add(reader, own.renamed.get(output.name()), Effect.COLUMN_RENAMED, next);
                gone(own, output.name(), own.renamed.get(output.name()), next);
                fixed = true;
            } else if (own.values.containsKey(output.name())) {
                add(reader, output.name(), Effect.VALUES, next);
                valuesDiffer(reader, output.name(), next);
                fixed = true;
            }
        }
        boolean untouched = own == null || !own.own;
        if (!fixed && untouched && reader.completeness() == Completeness.UNKNOWN) {
            broken(reader, null, mark.then(hop(uses.get(0), base), Certainty.POSSIBLE));
        }
    }

    private static Hop hop(LineageIndex.ColumnReader use, LineageIndex index) {
        Column column = use.column();
        SourceLocation location = use.dependency().location();
        if (column != null) {
            Dataset same = index.dataset(use.reader().id());
            Column now = same == null ? null : same.column(column.name()).orElse(null);
            if (now != null) {
                location = now.location();
            }
        }
        return new Hop(
                use.reader().name(),
                column == null ? null : column.name(),
                use.dependency().kind().wireName(),
                index.evidence(location));
    }

    /** Where a reader at head still names a column its upstream no longer has; null if it does not. */
    private static @Nullable SourceLocation stillUses(Dataset upstream, String column, Dataset reader) {
        for (Column output : reader.columns()) {
            for (ColumnDependency dependency : output.dependencies()) {
                if (uses(dependency, upstream, column)) {
                    return dependency.location();
                }
            }
        }
        for (ColumnDependency dependency : reader.rowDependencies()) {
            if (uses(dependency, upstream, column)) {
                return dependency.location();
            }
        }
        for (Unresolved open : reader.unresolved()) {
            if (column.equals(open.column())) {
                return open.location();
            }
        }
        return null;
    }

    private static boolean uses(ColumnDependency dependency, Dataset upstream, String column) {
        return dependency.datasetId().equals(upstream.id()) && column.equals(dependency.column());
    }

    /** Readers that did not use the column before and do now: added or edited in the same change. */
    private void stillNamed(
            OwnChange upstream, String column, Map<String, List<LineageIndex.ColumnReader>> known, Mark mark) {
        for (LineageIndex.ColumnReader use : head.columnReaders(upstream.after.id())) {
            if (column.equals(use.dependency().column())
                    && !known.containsKey(use.reader().id())) {
                if (DatasetKinds.isFieldwise(use.reader().kind())) {
                    Column output = use.column();
                    fieldBroken(use.reader(), output == null ? null : output.name(), use.dependency(), mark);
                    continue;
                }
                Hop hop = new Hop(
                        use.reader().name(),
                        null,
                        use.dependency().kind().wireName(),
                        head.evidence(use.dependency().location()));
                broken(use.reader(), null, mark.then(hop, Certainty.PROVEN));
            }
        }
    }

    // what differs

    private void valuesDiffer(Dataset upstream, String column, Mark mark) {
        if (!first("values", upstream.id() + "\n" + column, mark)) {
            return;
        }
        work.add(() -> {
            for (LineageIndex.ColumnReader use : head.columnReaders(upstream.id())) {
                if (use.dependency().column() == null
                        || column.equals(use.dependency().column())) {
                    valuesArrive(use, mark);
                }
            }
            for (LineageIndex.StarReader star : head.starReaders(upstream.id())) {
                if (!star.star().except().contains(column)) {
                    Hop hop = new Hop(
                            star.reader().name(),
                            column,
                            DirectUse.IDENTITY.wireName(),
                            head.evidence(star.star().location()));
                    Mark next = mark.then(hop, Certainty.PROVEN);
                    add(star.reader(), column, Effect.VALUES, next);
                    valuesDiffer(star.reader(), column, next);
                }
            }
            readersWithoutColumns(upstream, column, Effect.VALUES, mark);
        });
    }

    private void valuesArrive(LineageIndex.ColumnReader use, Mark mark) {
        Dataset reader = use.reader();
        if (holdsOwnRows(reader)) {
            return;
        }
        Column output = use.column();
        Hop hop = new Hop(
                reader.name(),
                output == null ? null : output.name(),
                use.dependency().kind().wireName(),
                head.evidence(use.dependency().location()));
        Certainty certainty = use.dependency().column() == null ? Certainty.POSSIBLE : Certainty.PROVEN;
        Mark next = mark.then(hop, certainty);
        boolean joins = use.dependency().kind() == IndirectUse.JOIN && DatasetKinds.isFieldwise(reader.kind());
        if (reader.role() == DatasetRole.READER) {
            add(reader, null, Effect.REACHED, next);
        } else if (output == null || joins) {
            if (use.dependency().kind() != IndirectUse.SORT) {
                add(reader, null, Effect.ROWS, next);
                rowsDiffer(reader, next);
            }
        } else {
            add(reader, output.name(), Effect.VALUES, next);
            valuesDiffer(reader, output.name(), next);
        }
    }

    private void rowsDiffer(Dataset upstream, Mark mark) {
        if (!first("rows", upstream.id(), mark)) {
            return;
        }
        work.add(() -> {
            head.readers(upstream.id()).forEach((reader, read) -> {
                if (holdsOwnRows(reader)) {
                    return;
                }
                Hop hop = new Hop(reader.name(), null, IndirectUse.ROWS.wireName(), head.evidence(read.location()));
                Mark next = mark.then(hop, Certainty.PROVEN);
                if (reader.role() == DatasetRole.READER) {
                    add(reader, null, Effect.REACHED, next);
                } else {
                    add(reader, null, Effect.ROWS, next);
                    rowsDiffer(reader, next);
                }
            });
            for (LineageIndex.ColumnReader use : head.columnReaders(upstream.id())) {
                Column output = use.column();
                boolean collects = use.dependency().kind() == DirectUse.AGGREGATION
                        || use.dependency().kind() == IndirectUse.WINDOW;
                boolean fieldwise = DatasetKinds.isFieldwise(use.reader().kind());
                if (output != null && collects && !fieldwise && use.reader().role() != DatasetRole.READER) {
                    Hop hop = new Hop(
                            use.reader().name(),
                            output.name(),
                            use.dependency().kind().wireName(),
                            head.evidence(use.dependency().location()));
                    Mark next = mark.then(hop, Certainty.PROVEN);
                    add(use.reader(), output.name(), Effect.VALUES, next);
                    valuesDiffer(use.reader(), output.name(), next);
                }
            }
        });
    }

    /** Whether no data of its upstreams reaches it, only their shape: a unit test brings its own rows. */
    private static boolean holdsOwnRows(Dataset reader) {
        return reader.kind().equals("unit_test");
    }

    /** Whether an exposure says which columns of a dataset it shows. */
    private static boolean saysItsColumns(Dataset exposure, Dataset upstream) {
        return exposure.rowDependencies().stream()
                .anyMatch(dependency -> dependency.datasetId().equals(upstream.id()));
    }

    /** Readers of which only is known that they read the dataset. */
    private void readersWithoutColumns(Dataset upstream, String column, Effect effect, Mark mark) {
        head.readers(upstream.id()).forEach((reader, read) -> {
            Hop hop = new Hop(reader.name(), null, "reference", head.evidence(read.location()));
            if (reader.kind().equals("exposure")) {
                if (!saysItsColumns(reader, upstream)) {
                    add(reader, null, Effect.REACHED, mark.then(hop, Certainty.PROVEN));
                }
            } else if (reader.completeness() == Completeness.UNKNOWN) {
                Mark next = mark.then(hop, Certainty.POSSIBLE);
                add(reader, null, effect, next);
                rowsDiffer(reader, next);
            }
        });
    }

    // results

    private boolean first(String what, String where, Mark mark) {
        Mark before = seen.get(what + "\n" + where);
        if (before != null && (before.certainty() == Certainty.PROVEN || mark.certainty() == Certainty.POSSIBLE)) {
            return false;
        }
        seen.put(what + "\n" + where, mark);
        return true;
    }

    private void add(Dataset reader, @Nullable String column, Effect effect, Mark mark) {
        if (reader.role() == DatasetRole.SOURCE) {
            // a declaration of something else in the repository: a hop, no reader
            return;
        }
        if (effect != Effect.BREAKS && reader.kind().equals(DatasetKinds.FIELD_LIST)) {
            // it offers fields and shows no values
            return;
        }
        String key = reader.id() + "\n" + column + "\n" + effect;
        Impact before = impacts.get(key);
        if (before != null && (before.certainty() == Certainty.PROVEN || mark.certainty() == Certainty.POSSIBLE)) {
            return;
        }
        OwnChange own = changes.get(reader.id());
        boolean changedHere = own != null ? own.edited : base.dataset(reader.id()) == null;
        impacts.put(
                key,
                new Impact(
                        head.lineage().repository(),
                        reader.name(),
                        reader.qualifiedName(),
                        reader.kind(),
                        column,
                        effect,
                        mark.certainty(),
                        changedHere,
                        reader.owners(),
                        mark.because(),
                        mark.path()));
    }
}
