package io.tailwater.lineage.project;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.RelationNames;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.sql.catalog.Catalog;
import io.tailwater.lineage.sql.catalog.KnownColumn;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dataset a table of a query is, and which columns it has: by {@link RelationNames}, else by what the relation is
 * called in the database, else as a table that is only named.
 */
public final class Relations implements Catalog {
    private final NameRules rules;
    private final Map<String, String> idsBySchema = new HashMap<>();
    private final Map<String, String> idsByQualifiedName = new HashMap<>();
    private final Map<String, Dataset> datasets = new HashMap<>();
    private final Map<String, Set<String>> proven = new HashMap<>();
    private final Map<TableRef, String> functions = new HashMap<>();
    private final Map<String, Set<TableRef>> namesByLastPart = new HashMap<>();

    /** Relations under the naming rules of a dialect. */
    public Relations(NameRules rules) {
        this.rules = rules;
    }

    /** Makes a dataset findable by its id. */
    public void declare(String datasetId, @Nullable String qualifiedName) {
        idsBySchema.put(RelationNames.schemaOf(datasetId), datasetId);
        if (qualifiedName != null) {
            TableRef name = isOfSql(datasetId) ? exact(qualifiedName) : rules.table(qualifiedName);
            idsByQualifiedName.putIfAbsent(name.qualifiedName(), datasetId);
            namesByLastPart
                    .computeIfAbsent(name.name(), last -> new LinkedHashSet<>())
                    .add(name);
        }
    }

    /** Whether its names come from SQL that was read, so that they are normalised already. */
    private static boolean isOfSql(String datasetId) {
        return datasetId.startsWith("table.");
    }

    /** A normalised name under the rules of this dialect: what it would not be without quotes had them. */
    private TableRef exact(String qualifiedName) {
        List<String> parts = new ArrayList<>();
        for (String part : qualifiedName.split("\\.")) {
            String plain = rules.tablePart(part, false);
            parts.add(plain.equals(part) || part.startsWith("\"") ? plain : rules.tablePart(part, true));
        }
        return parts.isEmpty() ? rules.table(qualifiedName) : new TableRef(parts);
    }

    /** Makes the columns of a dataset known. */
    public void define(Dataset dataset) {
        datasets.put(dataset.id(), dataset);
        declare(dataset.id(), dataset.qualifiedName());
    }

    /** Makes known what a function returns. */
    public void defineFunction(TableRef function, String returns) {
        functions.put(function, returns);
    }

    @Override
    public @Nullable String returnType(TableRef function) {
        return functions.get(known(function));
    }

    /** Makes known that queries read these columns of a dataset, so that it must have them. */
    public void prove(String datasetId, Set<String> columns) {
        proven.put(datasetId, columns);
    }

    @Override
    public boolean proves(TableRef table, String column) {
        return !proven.isEmpty()
                && proven.getOrDefault(datasetId(table), Set.of()).contains(column);
    }

    /** The id of the dataset a table is. */
    public String datasetId(TableRef table) {
        int size = table.parts().size();
        if (size >= 2) {
            String id = idsBySchema.get(table.parts().get(size - 2));
            if (id != null) {
                return id;
            }
        }
        String exact = idsByQualifiedName.get(table.qualifiedName());
        if (exact != null) {
            return exact;
        }
        TableRef known = known(table);
        TableRef whole = known.equals(table) && table.parts().size() < 2 ? null : onlyOneEndingIn(known);
        String named = whole == null ? null : idsByQualifiedName.get(whole.qualifiedName());
        return named != null ? named : "table." + known.qualifiedName();
    }

    /** The only longer name that ends in the given parts; null if there is none, or if several do. */
    private @Nullable TableRef onlyOneEndingIn(TableRef table) {
        TableRef found = null;
        for (TableRef name : namesByLastPart.getOrDefault(table.name(), Set.of())) {
            if (name.parts().size() >= table.parts().size() && name.mayBeSameAs(table)) {
                if (found != null) {
                    return null;
                }
                found = name;
            }
        }
        return found;
    }

    /** Whether a part of a name is nothing but a placeholder, {@code ${…}}. */
    public static boolean isPlaceholder(String part) {
        return part.startsWith("${") && part.indexOf('}') == part.length() - 1;
    }

    /** The table by as much of its name as is written out: leading parts that are filled in by a run are left out. */
    public static TableRef known(TableRef table) {
        int from = 0;
        while (from < table.parts().size() - 1 && isPlaceholder(table.parts().get(from))) {
            from++;
        }
        return from == 0
                ? table
                : new TableRef(table.parts().subList(from, table.parts().size()));
    }

    /** Whether queries over both datasets see the same columns. */
    public static boolean sameColumns(Dataset one, Dataset other) {
        return Objects.equals(columnsOf(one), columnsOf(other));
    }

    @Override
    public @Nullable TableColumns columns(TableRef table) {
        Dataset dataset = datasets.get(datasetId(table));
        if (dataset == null) {
            return null;
        }
        TableColumns known = columnsOf(dataset);
        return known == null || !isOfSql(dataset.id()) ? known : quoted(known);
    }

    /** Columns as people would write them: with quotes where their case matters. */
    private TableColumns quoted(TableColumns known) {
        return new TableColumns(
                known.columns().stream()
                        .map(column -> column.name().startsWith("\"")
                                        || rules.column(column.name(), false).equals(column.name())
                                ? column
                                : new KnownColumn("\"" + column.name() + "\"", column.type()))
                        .toList(),
                known.complete());
    }

    /** The columns of a dataset as far as queries over it may count on them; null if none are known. */
    public static @Nullable TableColumns columnsOf(Dataset dataset) {
        if (dataset.role() == DatasetRole.MISSING || dataset.role() == DatasetRole.REFERENCED) {
            return null;
        }
        List<KnownColumn> known =
                dataset.columns().stream().map(Relations::known).toList();
        boolean linked =
                dataset.role() == DatasetRole.SOURCE && !dataset.reads().isEmpty();
        boolean complete = (dataset.role() == DatasetRole.PRODUCED || linked) && knowsAllColumns(dataset);
        return known.isEmpty() ? null : new TableColumns(known, complete);
    }

    /** Whether the dataset is known to have its listed columns and no others. */
    public static boolean knowsAllColumns(Dataset dataset) {
        if (dataset.completeness() == Completeness.UNKNOWN
                || !dataset.openStars().isEmpty()) {
            return false;
        }
        return dataset.completeness() == Completeness.COMPLETE
                || dataset.unresolved().stream()
                        .allMatch(open -> open.concern() != Unresolved.Concern.COLUMNS
                                || (open.column() != null
                                        && dataset.column(open.column()).isPresent()));
    }

    private static KnownColumn known(Column column) {
        return new KnownColumn(column.name(), column.type());
    }

    /** A dataset is itself whatever its relation is called: an alias that changes moves nothing. */
    @Override
    public TableRef comparedAs(TableRef table) {
        int size = table.parts().size();
        String id = size < 2 ? null : idsBySchema.get(table.parts().get(size - 2));
        Dataset dataset = id == null ? null : datasets.get(id);
        return dataset == null ? table : comparedAs(dataset);
    }

    /** The name under which readings of a dataset are compared. */
    public static TableRef comparedAs(Dataset dataset) {
        return TableRef.of(RelationNames.schemaOf(dataset.id()), dataset.name());
    }

    @Override
    public @Nullable String viewSql(TableRef table) {
        return null;
    }
}
