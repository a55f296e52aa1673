package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.project.sql.TableState.DeclaredColumn;
import io.tailwater.lineage.project.sql.TableState.Piece;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.parse.ParseLimits;
import io.tailwater.lineage.sql.parse.ParseResult;
import io.tailwater.lineage.sql.parse.Recovery;
import io.tailwater.lineage.sql.parse.SqlParser;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.tree.AlterAction;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.CreateOption;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import io.tailwater.lineage.sql.tree.ScriptStatement;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.TableRenaming;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Applies the statements of SQL files one after the other; what cannot be applied is listed. */
final class SchemaReplay {
    private static final Pattern CHANGES_TABLE =
            Pattern.compile("(?i)\\b(?:alter|drop|rename|create)\\s+(?:table|view|materialized\\s+view)\\b");
    private static final Pattern IF_EXISTS = Pattern.compile("(?is).*\\bif\\s+exists\\b.*");
    private static final Pattern IF_NOT_EXISTS = Pattern.compile("(?is).*\\bif\\s+not\\s+exists\\b.*");
    private static final Pattern KEEPS_COLUMNS = Pattern.compile("(?is)"
            + "(?:add|drop|validate|rename|alter)\\s+(?:constraint|primary\\s+key|foreign\\s+key|unique|check|index|key)\\b.*"
            + "|(?:alter|modify)\\s+(?:column\\s+)?\\S+\\s+(?:set|drop)\\s+(?:default|not\\s+null|statistics|storage)\\b.*"
            + "|owner\\s+to\\b.*|cluster\\s+on\\b.*|(?:enable|disable|force)\\s+.*|set\\s*\\(.*|reset\\s*\\(.*"
            + "|set\\s+tablespace\\b.*|replica\\s+identity\\b.*|comment\\b.*|engine\\b.*|auto_increment\\b.*");

    private final NameRules rules;
    private final Dialect dialect;
    private final Map<TableRef, TableState> tables = new LinkedHashMap<>();
    private final Map<TableRef, SourceLocation> droppedTables = new LinkedHashMap<>();
    private final List<Unresolved> unresolved = new ArrayList<>();

    private MigrationFile file = new MigrationFile("", MigrationFile.Kind.SCRIPT, List.of());
    private CompiledQuery text = new CompiledQuery("", offset -> SourceLocation.of("", 1), List.of());

    SchemaReplay(String dialect, NameRules rules) {
        this.dialect = Dialect.named(dialect);
        this.rules = rules;
    }

    /** What exists after the statements applied so far. */
    Map<TableRef, TableState> tables() {
        return tables;
    }

    /** Where tables and views were dropped or renamed that do not exist any more. */
    Map<TableRef, SourceLocation> droppedTables() {
        return droppedTables;
    }

    /** What could not be applied. */
    List<Unresolved> unresolved() {
        return unresolved;
    }

    /** Applies all statements of a file. */
    void apply(MigrationFile applied, CompiledQuery query, SqlAnalysis analysis) {
        file = applied;
        text = query;
        ParseResult parsed = SqlParser.parse(query.sql(), dialect, ParseLimits.DEFAULT);
        for (Statement statement : parsed.statements()) {
            List<StatementLineage> lineages = analysis.statements().stream()
                    .filter(lineage -> statement.range().contains(lineage.range()))
                    .toList();
            apply(statement, lineages);
            if (statement instanceof Ddl) {
                parsed.recoveries().stream()
                        .filter(recovery -> statement.range().contains(recovery.range()))
                        .forEach(this::notRead);
            }
        }
    }

    private void notRead(Recovery recovery) {
        open(recovery.range(), "part of the statement cannot be read: " + recovery.reason(), null);
    }

    private void apply(Statement statement, List<StatementLineage> lineages) {
        switch (statement) {
            case Ddl.AlterTable alter -> alter(alter);
            case Ddl.Drop drop -> drop.names().forEach(name -> drop(drop, name));
            case Ddl.RenameTables rename -> rename(rename.renamings());
            case Ddl.CreateTable create
            when create.query() == null && create.copy() == null -> create(create, lineages);
            case Statement.Skipped skipped -> {
                if (CHANGES_TABLE.matcher(skipped.range().of(text.sql())).find()) {
                    open(skipped.range(), "a table is changed in a statement that is not followed", null);
                }
            }
            case Ddl.CreateRoutine routine -> lineages.forEach(this::fillWheneverCalled);
            case Ddl.CreateTable create -> lineages.forEach(this::apply);
            case Ddl.CreateView view -> lineages.forEach(this::apply);
            case Ddl.CreateSynonym synonym -> lineages.forEach(this::apply);
            case Ddl.AlterView view -> lineages.forEach(this::apply);
            case Ddl.Truncate truncate -> lineages.forEach(this::apply);
            case Ddl.CacheTable cache -> lineages.forEach(this::apply);
            case Dml dml -> lineages.forEach(this::apply);
            case ScriptStatement script -> lineages.forEach(this::apply);
            case Statement.QueryStatement query -> lineages.forEach(this::apply);
            case Statement.Explain explain -> lineages.forEach(this::apply);
            // listed by the reader, with what the analysis says about it
            case Statement.Unparsed nothing -> {}
        }
    }

    /** What a routine writes when something calls it; what it defines or drops is unknown until then. */
    private void fillWheneverCalled(StatementLineage lineage) {
        TableRef target = lineage.target();
        boolean fills = switch (lineage.kind()) {
            case INSERT, UPDATE, MERGE, COPY, CREATE_TABLE_AS -> true;
            case QUERY,
                    DELETE,
                    CREATE_TABLE,
                    CREATE_TABLE_LIKE,
                    CREATE_VIEW,
                    ALTER_TABLE,
                    RENAME,
                    SWAP,
                    DROP,
                    TRUNCATE,
                    OTHER,
                    UNPARSED -> false;
        };
        if (fills && target != null && !lineage.temporary()) {
            addPiece(target, lineage);
        }
    }

    private void addPiece(TableRef target, StatementLineage lineage) {
        TableRef known = find(target);
        tables.computeIfAbsent(known == null ? target : known, name -> new TableState(at(lineage.range())))
                .pieces
                .add(new Piece(file.path(), text, lineage));
    }

    private void apply(StatementLineage lineage) {
        TableRef target = lineage.target();
        switch (lineage.kind()) {
            case ALTER_TABLE, RENAME, SWAP, DROP ->
                open(lineage.range(), "a table is changed inside a block, which is not followed", null);
            case CREATE_VIEW, CREATE_TABLE, CREATE_TABLE_AS, CREATE_TABLE_LIKE -> {
                if (target != null && !lineage.temporary()) {
                    define(target, lineage);
                }
            }
            case INSERT, UPDATE, MERGE, COPY, DELETE, TRUNCATE -> {
                if (target != null && !lineage.temporary()) {
                    fill(target, lineage);
                }
            }
            case QUERY, OTHER, UNPARSED -> {}
        }
    }

    /** A view or table whose query decides its columns; one that is made once keeps the columns of that time. */
    private void define(TableRef target, StatementLineage lineage) {
        TableState state = tables.computeIfAbsent(target, name -> new TableState(at(lineage.range())));
        state.pieces.removeIf(piece -> piece.statement().kind() == StatementKind.CREATE_VIEW);
        boolean once = file.runsOnce() && lineage.kind() != StatementKind.CREATE_VIEW;
        boolean declared = lineage.kind() == StatementKind.CREATE_TABLE
                || once && lineage.allColumnsKnown() && !lineage.columns().isEmpty();
        if (declared) {
            Map<String, DeclaredColumn> columns = new LinkedHashMap<>();
            for (OutputColumn column : lineage.columns()) {
                columns.put(column.name(), new DeclaredColumn(column.name(), column.type(), at(column.range())));
            }
            state.declare(columns);
        } else {
            state.columns = null;
            state.pieces.add(new Piece(file.path(), text, lineage));
        }
        state.lastPath = file.path();
        droppedTables.remove(target);
    }

    private void fill(TableRef target, StatementLineage lineage) {
        TableRef known = find(target);
        boolean keepsRows = lineage.kind() == StatementKind.DELETE || lineage.kind() == StatementKind.TRUNCATE;
        if (file.runsOnce()) {
            if (known != null) {
                int digest = lineage.range().of(text.sql()).hashCode();
                state(known).rowChanges.merge(file.path(), digest, (one, other) -> 31 * one + other);
                state(known).lastPath = file.path();
            }
        } else if (!keepsRows) {
            addPiece(target, lineage);
        }
    }

    private void create(Ddl.CreateTable create, List<StatementLineage> lineages) {
        if (create.options().contains(CreateOption.TEMPORARY)) {
            return;
        }
        TableRef target = lineages.stream()
                .map(StatementLineage::target)
                .filter(ref -> ref != null)
                .findFirst()
                .orElseGet(() -> ref(create.name()));
        Map<String, DeclaredColumn> columns = new LinkedHashMap<>();
        create.columns().forEach(column -> columns.put(name(column.name()), declared(column)));
        TableState before = tables.get(target);
        if (before != null && before.columns != null && !create.options().contains(CreateOption.OR_REPLACE)) {
            if (!create.options().contains(CreateOption.IF_NOT_EXISTS)
                    && !before.columns.keySet().equals(columns.keySet())) {
                open(
                        create.range(),
                        target + " is created again with other columns; those of " + before.createdAt.path()
                                + " are taken",
                        target);
            }
            return;
        }
        TableState state = tables.computeIfAbsent(target, name -> new TableState(at(create.range())));
        state.declare(columns);
        state.lastPath = file.path();
        droppedTables.remove(target);
    }

    private void alter(Ddl.AlterTable alter) {
        TableRef table = find(ref(alter.name()));
        if (table == null) {
            open(alter.range(), "no statement before creates the altered table " + ref(alter.name()), null);
            return;
        }
        for (AlterAction action : alter.actions()) {
            if (action instanceof AlterAction.RenameTable rename) {
                table = move(table, sibling(table, ref(rename.to())), action.range());
            } else {
                alter(table, action);
            }
        }
        TableState state = tables.get(table);
        if (state != null) {
            state.lastPath = file.path();
        }
    }

    private void alter(TableRef table, AlterAction action) {
        TableState state = state(table);
        Map<String, DeclaredColumn> columns = state.columns;
        String words = words(action.range());
        if (action instanceof AlterAction.OtherAlteration
                && KEEPS_COLUMNS.matcher(words).matches()) {
            return;
        }
        if (columns == null) {
            open(
                    action.range(),
                    "the columns of " + table + " are not declared, so this is not followed: " + words,
                    table);
            return;
        }
        switch (action) {
            case AlterAction.AddColumn add -> {
                String name = name(add.column().name());
                if (!columns.containsKey(name)) {
                    columns.put(name, declared(add.column()));
                    state.dropped.remove(name);
                } else if (!IF_NOT_EXISTS.matcher(words).matches()) {
                    open(action.range(), table + " has a column " + name + " already", table);
                }
            }
            case AlterAction.DropColumn drop -> {
                String name = name(drop.column());
                if (columns.remove(name) != null) {
                    state.dropped.put(name, at(action.range()));
                } else if (!IF_EXISTS.matcher(words).matches()) {
                    open(action.range(), table + " has no column " + name + " to drop", table);
                }
            }
            case AlterAction.RenameColumn rename ->
                renameColumn(table, state, name(rename.from()), name(rename.to()), action.range());
            case AlterAction.ChangeColumnType change -> {
                String name = name(change.column());
                DeclaredColumn before = columns.get(name);
                if (before == null) {
                    open(action.range(), table + " has no column " + name + " to change", table);
                } else {
                    columns.put(name, new DeclaredColumn(before.origin(), type(change.type()), at(action.range())));
                }
            }
            case AlterAction.RenameTable rename -> throw new IllegalStateException("handled before");
            case AlterAction.SwapWith swap -> open(action.range(), "not followed: " + words, table);
            case AlterAction.ExchangePartition exchange -> open(action.range(), "not followed: " + words, table);
            case AlterAction.OtherAlteration other -> open(action.range(), "not followed: " + words, table);
        }
    }

    private void renameColumn(TableRef table, TableState state, String from, String to, SourceRange range) {
        Map<String, DeclaredColumn> columns = state.columns;
        if (columns == null || !columns.containsKey(from) || columns.containsKey(to) && !from.equals(to)) {
            open(range, table + " has no column " + from + " that could be named " + to, table);
            return;
        }
        // in place: stars show columns in order
        Map<String, DeclaredColumn> renamed = new LinkedHashMap<>();
        columns.forEach((name, column) -> renamed.put(
                name.equals(from) ? to : name,
                name.equals(from) ? new DeclaredColumn(column.origin(), column.type(), at(range)) : column));
        state.declare(renamed);
    }

    private void drop(Ddl.Drop drop, QualifiedName name) {
        TableRef table = find(ref(name));
        if (table == null) {
            if (!drop.ifExists()) {
                open(drop.range(), "no statement before creates the dropped table or view " + ref(name), null);
            }
            return;
        }
        boolean sameFile = state(table).lastPath.equals(file.path());
        if (!sameFile && !file.hasPlaceInOrder()) {
            open(
                    drop.range(),
                    "nothing tells when this file runs, so " + table + " is taken to exist although it is dropped here",
                    table);
            return;
        }
        tables.remove(table);
        droppedTables.put(table, at(drop.range()));
    }

    private void rename(List<TableRenaming> renamings) {
        for (TableRenaming renaming : renamings) {
            TableRef from = find(ref(renaming.from()));
            if (from == null) {
                open(renaming.range(), "no statement before creates the renamed table " + ref(renaming.from()), null);
            } else {
                move(from, sibling(from, ref(renaming.to())), renaming.range());
            }
        }
    }

    private TableRef move(TableRef from, TableRef to, SourceRange range) {
        if (tables.containsKey(to)) {
            open(range, from + " cannot be named " + to + ": that exists", from);
            return from;
        }
        TableState state = state(from);
        tables.remove(from);
        tables.put(to, state);
        state.lastPath = file.path();
        droppedTables.put(from, at(range));
        droppedTables.remove(to);
        return to;
    }

    /** The new name beside the old one: {@code RENAME TO b} stays in the schema of the table. */
    private static TableRef sibling(TableRef table, TableRef to) {
        if (to.parts().size() >= table.parts().size()) {
            return to;
        }
        List<String> parts = new ArrayList<>(
                table.parts().subList(0, table.parts().size() - to.parts().size()));
        parts.addAll(to.parts());
        return new TableRef(parts);
    }

    /** The table of that name, or the only one that may be it; null if there is none. */
    private @Nullable TableRef find(TableRef name) {
        if (tables.containsKey(name)) {
            return name;
        }
        List<TableRef> candidates =
                tables.keySet().stream().filter(name::mayBeSameAs).toList();
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    private TableState state(TableRef table) {
        TableState state = tables.get(table);
        if (state == null) {
            throw new IllegalStateException("no table " + table);
        }
        return state;
    }

    private void open(SourceRange range, String reason, @Nullable TableRef table) {
        String dataset = table == null ? null : table.qualifiedName();
        Unresolved entry = new Unresolved(at(range), reason, dataset, null);
        TableState state = table == null ? null : tables.get(table);
        if (state == null) {
            unresolved.add(entry);
        } else {
            state.unresolved.add(entry);
        }
    }

    private DeclaredColumn declared(ColumnDefinition column) {
        DataType type = column.type();
        return new DeclaredColumn(name(column.name()), type == null ? null : type(type), at(column.range()));
    }

    private String type(DataType type) {
        return words(type.range()).toLowerCase(Locale.ROOT);
    }

    private String words(SourceRange range) {
        String words = range.of(text.sql()).strip().replaceAll("\\s+", " ");
        return words.length() <= 200 ? words : words.substring(0, 197) + "...";
    }

    private SourceLocation at(SourceRange range) {
        return text.origins().apply(range.start());
    }

    private TableRef ref(QualifiedName name) {
        List<String> parts = new ArrayList<>();
        for (Identifier part : name.parts()) {
            if (!part.text().isEmpty()) {
                parts.add(rules.tablePart(part.text(), part.quote() != QuoteStyle.NONE));
            }
        }
        return new TableRef(parts.isEmpty() ? List.of("?") : parts);
    }

    private String name(QualifiedName column) {
        return name(column.parts().get(column.parts().size() - 1));
    }

    private String name(Identifier column) {
        return rules.column(column.text(), column.quote() != QuoteStyle.NONE);
    }
}
