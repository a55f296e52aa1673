package io.tailwater.lineage.sql.catalog;

import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A catalog held in memory. A table is found by its exact name, else by the only entry of which one name is a tail of the other ({@code orders} finds
 * {@code shop.orders} when no other {@code orders} is known); several such entries are no answer.
 */
public final class TableCatalog implements Catalog {

    private final Index<TableColumns> tables;
    private final Index<String> views;

    private TableCatalog(Map<TableRef, TableColumns> tables, Map<TableRef, String> views) {
        this.tables = new Index<>(tables);
        this.views = new Index<>(views);
    }

    /** A builder that folds names by the given rules. */
    public static Builder builder(NameRules rules) {
        return new Builder(rules);
    }

    @Override
    public @Nullable TableColumns columns(TableRef table) {
        return tables.find(table);
    }

    @Override
    public @Nullable String viewSql(TableRef table) {
        return views.find(table);
    }

    /** Collects tables and views. Later entries of the same name replace earlier ones. */
    public static final class Builder {

        private final NameRules rules;
        private final Map<TableRef, TableColumns> tables = new HashMap<>();
        private final Map<TableRef, String> views = new HashMap<>();

        private Builder(NameRules rules) {
            this.rules = rules;
        }

        /** Adds a table whose columns are completely known. */
        public Builder table(String name, String... columns) {
            return table(rules.table(name), TableColumns.complete(List.of(columns)));
        }

        /** Adds a table. */
        public Builder table(TableRef name, TableColumns columns) {
            tables.put(name, columns);
            return this;
        }

        /** Adds a view by its query. */
        public Builder view(String name, String sql) {
            views.put(rules.table(name), sql);
            return this;
        }

        /** The catalog with everything added so far. */
        public TableCatalog build() {
            return new TableCatalog(tables, views);
        }
    }

    /** Entries by name, also findable by a tail of it. */
    private static final class Index<V> {

        private final Map<TableRef, V> exact;
        private final Map<String, List<TableRef>> byLastPart = new HashMap<>();

        Index(Map<TableRef, V> entries) {
            exact = Map.copyOf(entries);
            for (TableRef name : exact.keySet()) {
                byLastPart
                        .computeIfAbsent(name.name(), key -> new ArrayList<>())
                        .add(name);
            }
        }

        @Nullable
        V find(TableRef table) {
            V found = exact.get(table);
            if (found != null) {
                return found;
            }
            TableRef only = null;
            for (TableRef candidate : byLastPart.getOrDefault(table.name(), List.of())) {
                if (candidate.mayBeSameAs(table)) {
                    if (only != null) {
                        return null;
                    }
                    only = candidate;
                }
            }
            return only == null ? null : exact.get(only);
        }
    }
}
