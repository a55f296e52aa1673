package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.catalog.KnownColumn;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What earlier statements of a text left behind: defaults chosen by USE, tables created, temporary tables with where their columns came from. */
final class Session {

    private @Nullable String database;
    private @Nullable String schema;
    private final Map<TableRef, TableColumns> created = new HashMap<>();
    private final Map<TableRef, Remembered> temporary = new HashMap<>();
    private final Map<TableRef, String> functions = new HashMap<>();

    Session(@Nullable String database, @Nullable String schema) {
        this.database = database;
        this.schema = schema;
    }

    void useDatabase(@Nullable String name) {
        database = name;
        schema = null;
    }

    void useSchema(@Nullable String name) {
        schema = name;
    }

    /** The name with the defaults put in front, as far as there are any. */
    TableRef qualify(TableRef written) {
        if (written.isPath()
                || written.parts().size() > 2
                || written.name().startsWith("#")
                || written.name().startsWith("@")) {
            return written;
        }
        List<String> parts = new ArrayList<>();
        if (database != null) {
            parts.add(database);
        }
        if (schema != null && written.parts().size() == 1) {
            parts.add(schema);
        }
        parts.addAll(written.parts());
        return new TableRef(parts);
    }

    void createFunction(TableRef function, String returns) {
        functions.put(function, returns);
    }

    /** What a function defined before returns; null if none of that name was, or its fields are not known. */
    @Nullable
    String returnType(TableRef function) {
        return functions.get(function);
    }

    void create(TableRef table, TableColumns columns) {
        created.put(table, columns);
    }

    @Nullable
    TableColumns created(TableRef table) {
        return created.get(table);
    }

    /** What a temporary table or a view gives, and which base tables that reads. */
    record Remembered(QueryOutput output, Set<TableRef> reads) {}

    void createTemporary(TableRef table, Remembered content) {
        temporary.put(table, content);
    }

    @Nullable
    Remembered temporary(TableRef table) {
        return temporary.get(table);
    }

    boolean isTemporary(TableRef table) {
        return temporary.containsKey(table);
    }

    void drop(TableRef table) {
        created.remove(table);
        temporary.remove(table);
    }

    void forgetColumns(TableRef table) {
        created.remove(table);
    }

    void rename(TableRef from, TableRef to) {
        TableColumns columns = created.remove(from);
        if (columns != null) {
            created.put(to, columns);
        }
        Remembered output = temporary.remove(from);
        if (output != null) {
            temporary.put(to, output);
        }
    }

    /** The columns a query's output would give a table. */
    static TableColumns columnsOf(QueryOutput output) {
        List<KnownColumn> columns = new ArrayList<>();
        boolean complete = true;
        for (OutputPart part : output.parts()) {
            switch (part) {
                case ScopeColumn column -> columns.add(new KnownColumn(quoted(column.name()), column.type()));
                case OpenTable open -> complete = false;
            }
        }
        return new TableColumns(columns, complete);
    }

    /** A normalised name as {@link KnownColumn} wants it, where its case matters. */
    private static String quoted(String name) {
        return name.equals(name.toLowerCase(Locale.ROOT)) ? name : '"' + name + '"';
    }
}
