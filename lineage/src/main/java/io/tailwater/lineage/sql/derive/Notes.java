package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.result.ColumnRole;
import io.tailwater.lineage.sql.result.ColumnUse;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.TableUse;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is noticed on the way through one statement: reads, uses, and what could not be told. Each once. */
final class Notes {

    private final Set<TableUse> reads = new LinkedHashSet<>();
    private final Set<ColumnUse> uses = new LinkedHashSet<>();
    private final Set<Unresolved> unresolved = new LinkedHashSet<>();

    void read(TableRef table, SourceRange range) {
        reads.add(new TableUse(table, range));
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
        reads.forEach(use -> tables.add(use.table()));
        return tables;
    }

    List<TableUse> reads() {
        return reads.stream()
                .sorted(Comparator.comparingInt(use -> use.range().start()))
                .toList();
    }

    List<ColumnUse> uses() {
        return uses.stream()
                .sorted(Comparator.comparingInt(use -> use.range().start()))
                .toList();
    }

    List<Unresolved> unresolved() {
        return unresolved.stream()
                .sorted(Comparator.comparingInt(each -> each.range().start()))
                .toList();
    }

    /** The same without columns, where an expression stands outside of any query and its names are variables. */
    Notes readsOnly() {
        Notes only = new Notes();
        only.reads.addAll(reads);
        return only;
    }

    /** Takes over what was noticed in text that stands at {@code place}. */
    void addAllAt(Notes inside, SourceRange place) {
        inside.reads.forEach(use -> read(use.table(), place));
        inside.uses.forEach(use -> use(use.column(), use.role(), place));
        inside.unresolved.forEach(
                each -> unresolved(each.what(), each.reason(), each.detail(), each.candidates(), place));
    }
}
