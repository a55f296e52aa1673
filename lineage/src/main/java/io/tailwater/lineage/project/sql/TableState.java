package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the statements replayed so far made of a table or view. */
final class TableState {
    /** Where it was created, or first filled; for a view, where it was last defined. */
    SourceLocation createdAt;
    /** The file of the last statement that defined or altered it. */
    String lastPath;
    /** Columns by name, as declared and altered; null where a query decides them. */
    @Nullable
    Map<String, DeclaredColumn> columns;
    /** The statements whose query makes or fills it. */
    final List<Piece> pieces = new ArrayList<>();
    /** Where columns were dropped that it had. */
    final Map<String, SourceLocation> dropped = new TreeMap<>();
    /** What tables that it reads are called now, by their name in its definition; only those that were renamed since. */
    final Map<TableRef, TableRef> followed = new LinkedHashMap<>();
    /** By path of a file that runs once and changes its rows: a digest of the statements. */
    final Map<String, Integer> rowChanges = new TreeMap<>();
    /** What files beside its query say; null if there are none. */
    @Nullable
    SchemaFile described;
    /** Whether a file without {@code CREATE} says that it is a view. */
    boolean view;
    /** Whether only alterations are known so far, and what exists besides is told later. */
    boolean partial;
    /** What could not be applied to it. */
    final List<Unresolved> unresolved = new ArrayList<>();

    /**
     * A column that DDL declares.
     *
     * @param origin its first name
     * @param type type as written in capitals; null without one
     * @param location the last statement that gave it name or type
     */
    record DeclaredColumn(String origin, @Nullable String type, SourceLocation location) {}

    /** A statement that makes or fills it. */
    record Piece(String path, CompiledQuery query, StatementLineage statement) {}

    TableState(SourceLocation createdAt) {
        this.createdAt = createdAt;
        this.lastPath = createdAt.path();
    }

    void declare(Map<String, DeclaredColumn> declared) {
        columns = new LinkedHashMap<>(declared);
    }

    /**
     * Takes the columns that a dump or a model tells. Where a column got its name, and which name it had first, is known
     * from the migrations before, if they name it.
     */
    void tell(Map<String, DeclaredColumn> told, Map<String, DeclaredColumn> before) {
        Map<String, DeclaredColumn> all = new LinkedHashMap<>();
        told.forEach((name, column) -> {
            DeclaredColumn known = before.get(name);
            all.put(name, known == null ? column : new DeclaredColumn(known.origin(), column.type(), known.location()));
        });
        columns = all;
        dropped.keySet().removeAll(all.keySet());
        partial = false;
    }
}
