package io.tailwater.lineage.sql.scope;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.Instance;
import io.tailwater.lineage.sql.canonical.TooLarge;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All columns of a table whose columns are not (all) known, as they arrive through stars.
 *
 * @param table the base table
 * @param instance the reading of the table
 * @param view turns a column of {@code instance} into what the present reader sees of it
 * @param except names that do not pass
 * @param renamed old name to new name
 * @param replaced columns with another definition, by name
 * @param range the star, or the table's name where there is no star yet
 * @param branches tables of further branches of a UNION whose columns arrive in the same place; matched by name, since their order is not known
 */
public record OpenTable(
        TableRef table,
        Instance instance,
        UnaryOperator<Canon> view,
        Set<String> except,
        Map<String, String> renamed,
        Map<String, ScopeColumn> replaced,
        SourceRange range,
        List<OpenTable> branches)
        implements OutputPart {

    private static final int MOST_BRANCHES = 2_000;

    /** A table read directly, some columns of which are known and listed elsewhere. */
    public static OpenTable of(TableRef table, Instance instance, Set<String> listed, SourceRange range) {
        return new OpenTable(
                table, instance, UnaryOperator.identity(), Set.copyOf(listed), Map.of(), Map.of(), range, List.of());
    }

    /** The column that arrives under {@code name} if the table has it; null when the star keeps it out. */
    public @Nullable ScopeColumn column(String name) {
        ScopeColumn own = ownColumn(name);
        if (own == null || branches.isEmpty()) {
            return own;
        }
        Set<Dependency> all = new LinkedHashSet<>(own.dependencies());
        for (OpenTable branch : branches) {
            ScopeColumn other = branch.column(name);
            if (other != null) {
                all.addAll(other.dependencies());
            }
        }
        return own.withDependencies(List.copyOf(all));
    }

    private @Nullable ScopeColumn ownColumn(String name) {
        ScopeColumn replacement = replaced.get(name);
        if (replacement != null) {
            return replacement;
        }
        String original = originalName(name);
        if (original == null || (original.equals(name) && except.contains(name))) {
            return null;
        }
        UpstreamColumn column = new UpstreamColumn(table, original);
        ScopeColumn found = ScopeColumn.ofTable(column, view.apply(new Canon.Column(instance, original)), null, range);
        return original.equals(name) ? found : found.renamed(name, name);
    }

    /** What the table calls the column that arrives under {@code name}; null when nothing arrives under it any more. */
    private @Nullable String originalName(String name) {
        for (Map.Entry<String, String> renaming : renamed.entrySet()) {
            if (renaming.getValue().equals(name)) {
                return renaming.getKey();
            }
        }
        return renamed.containsKey(name) ? null : name;
    }

    /** The same without these columns. */
    public OpenTable without(Set<String> names) {
        Set<String> all = new HashSet<>(except);
        all.addAll(names);
        return new OpenTable(
                table, instance, view, all, renamed, replaced, range, each(branch -> branch.without(names)));
    }

    /** The same with a column under another name. */
    public OpenTable withRenaming(String from, String to) {
        Map<String, String> all = new LinkedHashMap<>(renamed);
        all.put(from, to);
        return new OpenTable(
                table, instance, view, except, all, replaced, range, each(branch -> branch.withRenaming(from, to)));
    }

    /** The same with another definition of a column. */
    public OpenTable withReplacement(ScopeColumn column) {
        Map<String, ScopeColumn> all = new HashMap<>(replaced);
        all.put(column.name(), column);
        return new OpenTable(table, instance, view, except, renamed, all, range, branches);
    }

    /** The same seen by a reader further down. */
    public OpenTable seenThrough(UnaryOperator<Canon> reader) {
        Map<String, ScopeColumn> all = new HashMap<>();
        replaced.forEach((name, column) -> all.put(name, column.withCanon(reader.apply(column.canon()))));
        return new OpenTable(
                table,
                instance,
                canon -> reader.apply(view.apply(canon)),
                except,
                renamed,
                all,
                range,
                each(branch -> branch.seenThrough(reader)));
    }

    /** The same, standing at another place. */
    public OpenTable at(SourceRange newRange) {
        return new OpenTable(table, instance, view, except, renamed, replaced, newRange, branches);
    }

    /** The same with the tables of another UNION branch in the same place; one that passes the same columns of the same table adds nothing. */
    public OpenTable withBranch(OpenTable branch) {
        List<OpenTable> all = new java.util.ArrayList<>(branches);
        all.addAll(branch.branches.stream().filter(this::adds).toList());
        if (adds(branch)) {
            all.add(new OpenTable(
                    branch.table,
                    branch.instance,
                    branch.view,
                    branch.except,
                    branch.renamed,
                    branch.replaced,
                    branch.range,
                    List.of()));
        }
        if (all.size() > MOST_BRANCHES) {
            throw new TooLarge("more than " + MOST_BRANCHES + " tables with unknown columns in one UNION");
        }
        return new OpenTable(table, instance, view, except, renamed, replaced, range, List.copyOf(all));
    }

    private boolean adds(OpenTable branch) {
        return !passesAs(branch) && branches.stream().noneMatch(branch::passesAs);
    }

    private boolean passesAs(OpenTable other) {
        return table.equals(other.table)
                && except.equals(other.except)
                && renamed.equals(other.renamed)
                && replaced.isEmpty()
                && other.replaced.isEmpty();
    }

    private List<OpenTable> each(UnaryOperator<OpenTable> change) {
        return branches.stream().map(change).toList();
    }

    /** How the star as a whole looks to its reader. */
    public Canon canon() {
        return view.apply(new Canon.Column(instance, UpstreamColumn.ALL));
    }
}
