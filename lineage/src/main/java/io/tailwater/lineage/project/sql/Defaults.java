package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which database and schema a name means that does not say: by the folder of the file, else by the configuration. */
record Defaults(NameRules rules, RepositoryConfig config, PathLayouts layouts) {
    /** The options for the statements of a file. */
    SqlOptions options(SqlOptions options, String path) {
        return options.withDefaults(database(path), config.schema());
    }

    /** The whole name of a table that a file names, as far as anything tells it. */
    TableRef qualify(TableRef table, String path) {
        if (table.isPath()) {
            return table;
        }
        List<String> parts = new ArrayList<>(Relations.known(table).parts());
        String schema = config.schema();
        if (parts.size() == 1 && schema != null) {
            parts.addFirst(rules.tablePart(schema, false));
        }
        String database = database(path);
        if (parts.size() == 2 && database != null) {
            parts.addFirst(rules.tablePart(database, false));
        }
        return parts.equals(table.parts()) ? table : new TableRef(parts);
    }

    private @Nullable String database(String path) {
        String folder = layouts.databaseOf(path);
        return folder != null ? folder : config.database();
    }
}
