package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.result.ColumnRole;
import io.tailwater.lineage.sql.result.ColumnUse;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.TableUse;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is noticed on the way through one statement: reads, uses, and what could not be told. Each once. */
final class Notes {

    private final Set<Notes> included = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<TableUse> reads = new LinkedHashSet<>();
    private final Set<TableRef> through = new LinkedHashSet<>();
    private final Set<ColumnUse> uses = new LinkedHashSet<>();
    private final Set<Unresolved> unresolved = new LinkedHashSet<>();

    void read(TableRef table, SourceRange range) {
        reads.add(new TableUse(table, range));
    }

    /** A temporary table or view that is followed to its base tables. */
    void readThrough(TableRef table) {
        through.add(table);
    }

    Set<TableRef> through() {
        return all(notes -> notes.through);
    }

    /** What was noticed in a CTE counts where the CTE is read. */
    void include(Notes other) {
        if (other != this) {
            included.add(other);
        }
    }

    /** Everything of one kind, here and in what is included, each once. */
    private <T> Set<T> all(Function<Notes, Set<T>> kind) {
        Set<T> found = new LinkedHashSet<>();
        Set<Notes> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Notes> left = new ArrayDeque<>(List.of(this));
        while (!left.isEmpty()) {
            Notes notes = left.pop();
            if (seen.add(notes)) {
                found.addAll(kind.apply(notes));
                left.addAll(notes.included);
            }
        }
        return found;
    }

    /** Takes back a read: the place turned out to name the table that is written. */
    void notRead(SourceRange range) {
        reads.removeIf(use -> use.range().equals(range));
    }

    void use(UpstreamColumn column, ColumnRole role, SourceRange range) {
        uses.add(new ColumnUse(column, role, range));
    }

    void unresolved(String what, Unresolved.Reason reason, String detail, List<String> candidates, SourceRange range) {
        unresolved.add(new Unresolved(what, reason, detail, candidates, range));
    }

    Set<TableRef> tablesRead() {
        Set<TableRef> tables = new LinkedHashSet<>();
        all(notes -> notes.reads).forEach(use -> tables.add(use.table()));
        return tables;
    }

    List<TableUse> reads() {
        return all(notes -> notes.reads).stream()
                .sorted(Comparator.comparingInt(use -> use.range().start()))
                .toList();
    }

    List<ColumnUse> uses() {
        return all(notes -> notes.uses).stream()
                .sorted(Comparator.comparingInt(use -> use.range().start()))
                .toList();
    }

    List<Unresolved> unresolved() {
        return all(notes -> notes.unresolved).stream()
                .sorted(Comparator.comparingInt(each -> each.range().start()))
                .toList();
    }

    /** The same without columns, where an expression stands outside of any query and its names are variables. */
    Notes readsOnly() {
        Notes only = new Notes();
        only.reads.addAll(reads());
        only.through.addAll(through());
        return only;
    }

    /** Takes over what was noticed in text that stands at {@code place}. */
    void addAllAt(Notes inside, SourceRange place) {
        through.addAll(inside.through());
        inside.reads().forEach(use -> read(use.table(), place));
        inside.uses().forEach(use -> use(use.column(), use.role(), place));
        inside.unresolved()
                .forEach(each -> unresolved(each.what(), each.reason(), each.detail(), each.candidates(), place));
    }
}
