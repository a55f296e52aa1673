package io.tailwater.lineage.project.bi;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of a BI dataset that are computed in SQL from one table or query. */
public final class FieldsOverTable {
    private final DatasetDraft dataset;
    private final String tableId;
    private final SqlOptions options;

    /**
     * Fields over a table.
     *
     * @param dataset the dataset with the fields
     * @param tableId what they are computed from
     * @param options dialect of the expressions
     */
    public FieldsOverTable(DatasetDraft dataset, String tableId, SqlOptions options) {
        this.dataset = dataset;
        this.tableId = tableId;
        this.options = options;
    }

    /** A field that is a column of the table. */
    public void column(String name, @Nullable String type, SourceLocation at) {
        dataset.column(name, type, at);
        dataset.uses(name, tableId, options.nameRules().column(name, true), DirectUse.IDENTITY, at);
    }

    /** A field that an expression computes. A name in it that is another field is that field. */
    public void expression(String name, @Nullable String type, String sql, boolean measure, SourceLocation at) {
        dataset.column(name, type, at);
        dataset.expression(name, SqlText.compact(sql));
        ExpressionColumns.Found found = ExpressionColumns.of(sql, options);
        Dependency kind = measure ? DirectUse.AGGREGATION : DirectUse.TRANSFORMATION;
        for (ExpressionColumns.Named named : found.columns()) {
            if (!named.table().equalsIgnoreCase(ExpressionColumns.TABLE)
                    || named.column().equals("*")) {
                continue;
            }
            boolean field = dataset.hasColumn(named.column()) && !named.column().equals(name);
            dataset.uses(name, field ? dataset.id() : tableId, named.column(), kind, at);
        }
        if (!found.understood()) {
            dataset.unresolved(at, "the SQL of " + name + " could not be read as an expression", name);
        }
    }

    /** A query that a file carries, as one the SQL front end can read: whatever is templated becomes a placeholder. */
    public static CompiledQuery query(String sql, String path, int firstLine) {
        Templates.Plain plain = Templates.plain(sql);
        return new CompiledQuery(
                plain.sql(), offset -> SourceLocation.of(path, firstLine + plain.lineOf(offset)), plain.gaps());
    }

    /** The dataset of a query, with its columns made known. */
    public static Dataset define(Dataset query, Relations relations, ReadingDraft draft) {
        draft.add(query);
        relations.define(query);
        return query;
    }

    /** Lists of texts joined for a setting. */
    public static String joined(List<String> texts) {
        return String.join(";", texts);
    }
}
