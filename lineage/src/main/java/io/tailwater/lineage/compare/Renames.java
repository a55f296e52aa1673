package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.sql.catalog.Catalog;
import io.tailwater.lineage.sql.catalog.KnownColumn;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What goes by another name at head.
 *
 * @param columns by dataset id, the old name of a column by the new one
 * @param datasets by the id at head, the dataset of the merge base that is the same
 */
record Renames(Map<String, Map<String, String>> columns, Map<String, Dataset> datasets) {
    boolean ofColumns() {
        return !columns.isEmpty();
    }

    /** A query of head with the old names of columns. */
    String rewrite(String sql) {
        Map<String, String> all = new HashMap<>();
        columns.values().forEach(all::putAll);
        Pattern names = Pattern.compile(
                "(?<![\\w$])("
                        + String.join(
                                "|", all.keySet().stream().map(Pattern::quote).toList()) + ")(?![\\w$])",
                Pattern.CASE_INSENSITIVE);
        Matcher matcher = names.matcher(sql);
        return matcher.replaceAll(found ->
                Matcher.quoteReplacement(all.getOrDefault(found.group(1).toLowerCase(Locale.ROOT), found.group(1))));
    }

    /** The head's relations, those that have a new name compared as what they were. */
    Catalog followingDatasets(Relations head) {
        return new OldNames(head, this, false);
    }

    /** The same, with renamed columns under their old names: the catalog for {@link #rewrite rewritten} queries. */
    Catalog followingColumns(Relations head) {
        return new OldNames(head, this, true);
    }

    private record OldNames(Relations head, Renames renames, boolean oldColumns) implements Catalog {
        @Override
        public @Nullable TableColumns columns(TableRef table) {
            TableColumns known = head.columns(table);
            Map<String, String> oldByNew = renames.columns().get(head.datasetId(table));
            if (known == null || oldByNew == null || !oldColumns) {
                return known;
            }
            return new TableColumns(
                    known.columns().stream()
                            .map(column ->
                                    new KnownColumn(oldByNew.getOrDefault(column.name(), column.name()), column.type()))
                            .toList(),
                    known.complete());
        }

        @Override
        public @Nullable String viewSql(TableRef table) {
            return null;
        }

        @Override
        public TableRef comparedAs(TableRef table) {
            Dataset before = renames.datasets().get(head.datasetId(table));
            return before == null ? head.comparedAs(table) : Relations.comparedAs(before);
        }
    }
}
