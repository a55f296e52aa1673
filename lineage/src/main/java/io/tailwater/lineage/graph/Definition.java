package io.tailwater.lineage.graph;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset is made by, after templates were rendered. Queries name the datasets of the repository by
 * {@link RelationNames}, since what a relation is called in the database can depend on where it runs.
 *
 * @param blobId id of the content of the file that defines the dataset; null where no single file does
 * @param dialect SQL dialect the queries are written in, by its command-line name
 * @param queries the queries that may fill the dataset; more than one where a template has branches that are both real, such as first and incremental run
 * @param settings settings that decide what the dataset holds (e.g. a seed's content, a snapshot's strategy), as {@code key=value}, sorted
 * @param dropped where columns were dropped that an earlier statement of the same revision declares, by their names
 */
public record Definition(
        @Nullable String blobId,
        String dialect,
        List<Query> queries,
        List<String> settings,
        Map<String, SourceLocation> dropped) {
    /** Start of the settings that declare one column each: {@code column.name=first name, line break, type}. */
    public static final String COLUMN_SETTING = "column.";

    /** Start of the settings that name a file whose statements once changed rows: {@code migration.path=digest}. */
    public static final String MIGRATION_SETTING = "migration.";

    /** Start of the settings that say what an enforced contract promises of one column: {@code contract.name=type}. */
    public static final String CONTRACT_SETTING = "contract.";

    /** Start of the settings that declare a field inside a column: {@code field.column.name=type}. */
    public static final String FIELD_SETTING = "field.";

    /** Start of the settings that say how one column is computed: {@code expression.name=text}. */
    public static final String EXPRESSION_SETTING = "expression.";

    /** Start of the settings that decide rows where no query says so: {@code rows.what it is=text}. */
    public static final String ROWS_SETTING = "rows.";

    public Definition {
        Objects.requireNonNull(dialect, "dialect");
        queries = List.copyOf(queries);
        settings = List.copyOf(settings);
        dropped = Map.copyOf(dropped);
    }

    /** A definition that no statement took a column away from. */
    public Definition(@Nullable String blobId, String dialect, List<Query> queries, List<String> settings) {
        this(blobId, dialect, queries, settings, Map.of());
    }

    /**
     * A query, with the place of every line of it.
     *
     * @param sql the query as rendered
     * @param lines for each line of {@code sql} where its text comes from
     */
    public record Query(String sql, LineOrigins lines) {
        public Query {
            Objects.requireNonNull(sql, "sql");
            Objects.requireNonNull(lines, "lines");
        }

        /** Where the text at an offset of {@code sql} comes from, to the line. */
        public SourceLocation at(int offset) {
            int line = 0;
            for (int i = 0; i < Math.min(offset, sql.length()); i++) {
                if (sql.charAt(i) == '\n') {
                    line++;
                }
            }
            return lines.at(line);
        }
    }
}
