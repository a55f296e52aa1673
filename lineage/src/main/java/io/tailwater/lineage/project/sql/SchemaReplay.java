package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.project.sql.TableState.DeclaredColumn;
import io.tailwater.lineage.project.sql.TableState.Piece;
import io.tailwater.lineage.sql.catalog.Catalog;
import io.tailwater.lineage.sql.catalog.KnownColumn;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.parse.ParseResult;
import io.tailwater.lineage.sql.parse.Recovery;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.OutputItem;
import io.tailwater.lineage.sql.result.PassThrough;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies the statements of SQL files one after the other; what cannot be applied is listed. */
final class SchemaReplay implements Catalog {
    private static final Pattern CHANGES_TABLE =
            Pattern.compile("(?i)\\b(?:alter|drop|rename|create)\\s+(?:table|view|materialized\\s+view)\\b");

    private static final Set<StatementKind> MADE =
            Set.of(StatementKind.CREATE_VIEW, StatementKind.CREATE_TABLE_AS, StatementKind.CREATE_TABLE_LIKE);

    private final NameRules rules;
    private final Defaults defaults;
    private final Map<TableRef, TableState> tables = new LinkedHashMap<>();
    private final Map<String, Set<TableRef>> byLastPart = new HashMap<>();
    private final Map<TableRef, SourceLocation> droppedTables = new LinkedHashMap<>();
    private final List<Unresolved> unresolved = new ArrayList<>();
    private final Set<TableRef> toldLater = new LinkedHashSet<>();
    private final Set<String> history = new LinkedHashSet<>();
    private boolean stating;

    private MigrationFile file = new MigrationFile("", MigrationFile.Kind.SCRIPT, List.of());
    private CompiledQuery text = new CompiledQuery("", offset -> SourceLocation.of("", 1), List.of());

    /** Dialects whose views know the tables they read by more than their name, and go on reading one that is renamed. */
    private static final Set<String> VIEWS_FOLLOW = Set.of("postgres", "redshift", "sqlite");

    private final boolean viewsFollow;

    SchemaReplay(NameRules rules, Defaults defaults, String dialect) {
        this.viewsFollow = VIEWS_FOLLOW.contains(dialect);
        this.rules = rules;
        this.defaults = defaults;
    }

    /** The columns of a table as the statements applied so far leave it. */
    @Override
    public @Nullable TableColumns columns(TableRef table) {
        TableRef known = find(table);
        TableState state = known == null ? null : tables.get(known);
        if (state == null) {
            return null;
        }
        Map<String, DeclaredColumn> declared = state.columns;
        if (declared != null) {
            return new TableColumns(
                    declared.entrySet().stream()
                            .map(column -> new KnownColumn(
                                    column.getKey(), column.getValue().type()))
                            .toList(),
                    state.unresolved.isEmpty());
        }
        return state.pieces.stream()
                .map(Piece::statement)
                .filter(statement ->
                        statement.allColumnsKnown() && !statement.columns().isEmpty())
                .findFirst()
                .map(statement -> new TableColumns(
                        statement.columns().stream()
                                .map(column -> new KnownColumn(column.name(), column.type()))
                                .toList(),
                        true))
                .orElse(null);
    }

    @Override
    public @Nullable String viewSql(TableRef table) {
        return null;
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

    /** Notes which tables dumps and models tell of: migrations before them may be kept only in part. */
    void expect(List<ParsedFile> files) {
        for (ParsedFile each : files) {
            if (!each.replaces.isEmpty() || each.file.kind() == MigrationFile.Kind.MODEL) {
                file = each.file;
                each.parsed.getFirst().statements().forEach(statement -> {
                    if (statement instanceof Ddl.CreateTable create) {
                        toldLater.add(ref(create.name()));
                    }
                });
            }
            history.addAll(each.replaces);
        }
    }

    /** Ends the replay: what was only altered, and what nothing tells of after all, is listed. */
    void finish() {
        tables.entrySet().removeIf(entry -> {
            if (entry.getValue().partial) {
                unresolved.add(new Unresolved(
                        entry.getValue().createdAt,
                        "no statement before creates the altered table " + entry.getKey(),
                        null,
                        null));
            }
            return entry.getValue().partial;
        });
    }

    /** Applies all statements of a file. */
    void apply(ParsedFile applied) {
        if (applied.replaces.isEmpty()) {
            applyAll(applied);
            return;
        }
        unresolved.removeIf(open -> applied.replaces.contains(open.location().path()));
        Map<TableRef, TableState> before = new LinkedHashMap<>();
        boolean viewsToo = applied.file.path().endsWith(".sql");
        tables.forEach((table, state) -> {
            if (applied.replaces.contains(state.createdAt.path()) && (viewsToo || !isView(state))) {
                before.put(table, state);
            }
        });
        before.keySet().forEach(tables::remove);
        stating = true;
        applyAll(applied);
        stating = false;
        before.forEach((table, old) -> {
            TableState state = tables.get(table);
            if (state != null && applied.file.path().equals(state.createdAt.path())) {
                inherit(state, old);
            }
        });
    }

    /** Keeps what migrations tell of a table whose columns a dump tells. */
    private static void inherit(TableState state, TableState old) {
        Map<String, DeclaredColumn> columns = state.columns;
        Map<String, DeclaredColumn> before = old.columns;
        state.dropped.putAll(old.dropped);
        state.rowChanges.putAll(old.rowChanges);
        if (columns != null) {
            state.tell(columns, before == null ? Map.of() : before);
        }
        if (!old.partial) {
            state.createdAt = old.createdAt;
        }
    }

    private static boolean isView(TableState state) {
        return state.view
                || state.pieces.stream().anyMatch(piece -> piece.statement().kind() == StatementKind.CREATE_VIEW);
    }

    /** A table of which only what migrations alter is known for now; null if nothing tells of it later. */
    private @Nullable TableRef partial(TableRef table, SourceRange range) {
        if (!toldLater.contains(table) || file.kind() != MigrationFile.Kind.VERSIONED) {
            return null;
        }
        TableState state = stateOf(table, at(range));
        state.partial = true;
        state.declare(Map.of());
        return table;
    }

    private void applyAll(ParsedFile applied) {
        file = applied.file;
        text = applied.text.variants().getFirst();
        SqlAnalysis analysis = applied.analyses().getFirst();
        ParseResult parsed = applied.parsed.getFirst();
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

    /** Has a file's own query fill a table that only its path names. */
    void fill(TableRef target, ParsedFile filling, boolean view) {
        List<Piece> pieces = filling.pieces();
        Piece first = pieces.getFirst();
        TableRef known = find(target);
        TableState state = stateOf(
                known == null ? target : known,
                first.query().origins().apply(first.statement().range().start()));
        state.pieces.addAll(pieces);
        state.view |= view;
        state.lastPath = filling.file.path();
    }

    /** Adds what files beside the query of a table say about it; makes the table known if they declare its columns. */
    void describe(TableRef target, SchemaFile described) {
        TableRef known = find(target);
        if (known == null && described.columns().isEmpty()) {
            return;
        }
        SourceLocation from = described.columns().isEmpty()
                ? SourceLocation.of(described.paths().getFirst(), 1)
                : described.columns().values().iterator().next().location();
        stateOf(known == null ? target : known, from).described = described;
    }

    /** What a routine writes when something calls it; what it defines or drops is unknown until then. */
    private void fillWheneverCalled(StatementLineage lineage) {
        TableRef target = target(lineage);
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

    /** Whether a name says that its table is gone with the session. */
    private static boolean isTemporary(TableRef table) {
        return table.name().startsWith("#");
    }

    private @Nullable TableRef target(StatementLineage lineage) {
        TableRef target = lineage.target();
        return target == null ? null : defaults.qualify(target, file.path());
    }

    private void addPiece(TableRef target, StatementLineage lineage) {
        TableRef known = find(target);
        stateOf(known == null ? target : known, at(lineage.range())).pieces.add(new Piece(file.path(), text, lineage));
    }

    private void apply(StatementLineage lineage) {
        TableRef target = target(lineage);
        if (target != null && isTemporary(target)) {
            return;
        }
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
        TableState state = stateOf(target, at(lineage.range()));
        state.pieces.removeIf(piece -> piece.statement().kind() == StatementKind.CREATE_VIEW);
        if (lineage.kind() == StatementKind.CREATE_VIEW) {
            state.createdAt = at(lineage.range());
            state.followed.clear();
        }
        boolean once = file.runsOnce() && lineage.kind() != StatementKind.CREATE_VIEW;
        boolean fromHere = lineage.tablesRead().stream().anyMatch(read -> find(read) != null);
        Map<String, DeclaredColumn> given = new LinkedHashMap<>();
        boolean complete = give(lineage, given) && !given.isEmpty();
        boolean declared = lineage.kind() == StatementKind.CREATE_TABLE || once && (complete || fromHere);
        if (declared && !complete) {
            open(lineage.range(), "which columns the table got from its query is not known", target);
        }
        if (declared) {
            state.declare(given);
        } else {
            state.columns = null;
            state.pieces.add(new Piece(file.path(), text, lineage));
        }
        state.lastPath = file.path();
        droppedTables.remove(target);
    }

    /** The columns that a statement gives at this point of the replay; false if there are more. */
    private boolean give(StatementLineage lineage, Map<String, DeclaredColumn> given) {
        boolean all = true;
        for (OutputItem item : lineage.output()) {
            switch (item) {
                case OutputColumn column ->
                    given.put(column.name(), new DeclaredColumn(column.name(), column.type(), at(column.range())));
                case PassThrough star -> {
                    TableColumns behind = star.mergedWith().isEmpty()
                                    && star.renamed().isEmpty()
                                    && star.replaced().isEmpty()
                            ? columns(star.table())
                            : null;
                    all &= behind != null && behind.complete();
                    for (KnownColumn column : behind == null ? List.<KnownColumn>of() : behind.columns()) {
                        if (!star.except().contains(column.name())) {
                            given.putIfAbsent(
                                    column.name(), new DeclaredColumn(column.name(), column.type(), at(star.range())));
                        }
                    }
                }
            }
        }
        return all;
    }

    private void fill(TableRef target, StatementLineage lineage) {
        TableRef known = find(target);
        boolean keepsRows = lineage.kind() == StatementKind.DELETE || lineage.kind() == StatementKind.TRUNCATE;
        if (file.runsOnce()) {
            if (known == null) {
                known = partial(target, lineage.range());
            }
            // rows in a dump are those that are there anyway
            if (known != null && !stating) {
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
                .flatMap(lineage -> Stream.ofNullable(target(lineage)))
                .findFirst()
                .orElseGet(() -> ref(create.name()));
        Map<String, DeclaredColumn> columns = new LinkedHashMap<>();
        create.columns().forEach(column -> columns.put(name(column.name()), declared(column)));
        if (file.kind() == MigrationFile.Kind.MODEL) {
            describe(target, columns, create);
            return;
        }
        TableState before = tables.get(target);
        if (before != null && before.partial) {
            // altered before it is created: what is created holds
            before.partial = false;
            before.columns = null;
        }
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
        TableState state = stateOf(target, at(create.range()));
        state.declare(columns);
        state.lastPath = file.path();
        droppedTables.remove(target);
    }

    /** A table as a class describes it: where nothing makes it, or drops it, or says how it looks. */
    private void describe(TableRef target, Map<String, DeclaredColumn> columns, Ddl.CreateTable create) {
        TableRef known = find(target);
        TableState before = known == null ? null : state(known);
        boolean told = before != null
                && (before.columns != null && !before.partial
                        || before.pieces.stream()
                                .anyMatch(
                                        piece -> MADE.contains(piece.statement().kind())));
        if (told || droppedTables.containsKey(target)) {
            return;
        }
        TableState state = stateOf(known == null ? target : known, at(create.range()));
        state.createdAt = at(create.range());
        state.lastPath = file.path();
        Map<String, DeclaredColumn> altered = state.columns;
        state.tell(columns, altered == null ? Map.of() : altered);
    }

    private void alter(Ddl.AlterTable alter) {
        TableRef table = find(ref(alter.name()));
        if (isTemporary(ref(alter.name()))) {
            return;
        }
        if (table == null) {
            table = partial(ref(alter.name()), alter.range());
        }
        if (table == null) {
            open(alter.range(), "no statement before creates the altered table " + ref(alter.name()), null);
            return;
        }
        for (AlterAction action : alter.actions()) {
            if (action instanceof AlterAction.RenameTable rename) {
                table = move(table, sibling(table, ref(rename.to())), action.range());
            } else {
                new ColumnAlterations(table, state(table), this).apply(action);
            }
        }
        TableState state = tables.get(table);
        if (state != null) {
            state.lastPath = file.path();
        }
    }

    private void drop(Ddl.Drop drop, QualifiedName name) {
        TableRef table = find(ref(name));
        if (table == null) {
            if (history.contains(file.path())) {
                droppedTables.put(ref(name), at(drop.range()));
            }
            if (!drop.ifExists() && !isTemporary(ref(name))) {
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
        if (viewsFollow) {
            follow(from, to);
        }
        tables.remove(from);
        tables.put(to, state);
        byLastPart.computeIfAbsent(to.name(), name -> new LinkedHashSet<>()).add(to);
        state.lastPath = file.path();
        droppedTables.put(from, at(range));
        droppedTables.remove(to);
        return to;
    }

    /** Lets the views that read a table go on reading it under its other name. */
    private void follow(TableRef from, TableRef to) {
        for (TableState reader : tables.values()) {
            reader.followed.replaceAll((written, now) -> now.equals(from) ? to : now);
            for (Piece piece : reader.pieces) {
                if (piece.statement().kind() == StatementKind.CREATE_VIEW) {
                    for (TableRef read : piece.statement().tablesRead()) {
                        if (from.equals(find(read))) {
                            reader.followed.putIfAbsent(read, to);
                        }
                    }
                }
            }
        }
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
        List<TableRef> candidates = byLastPart.getOrDefault(name.name(), Set.of()).stream()
                .filter(known -> tables.containsKey(known) && name.mayBeSameAs(known))
                .toList();
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    /** The state of a table that exists from now on, if it did not before. */
    private TableState stateOf(TableRef table, SourceLocation from) {
        return tables.computeIfAbsent(table, name -> {
            byLastPart
                    .computeIfAbsent(table.name(), last -> new LinkedHashSet<>())
                    .add(table);
            return new TableState(from);
        });
    }

    private TableState state(TableRef table) {
        TableState state = tables.get(table);
        if (state == null) {
            throw new IllegalStateException("no table " + table);
        }
        return state;
    }

    void open(SourceRange range, String reason, @Nullable TableRef table) {
        String dataset = table == null ? null : table.qualifiedName();
        Unresolved entry = new Unresolved(at(range), reason, dataset, null);
        TableState state = table == null ? null : tables.get(table);
        if (state == null) {
            unresolved.add(entry);
        } else {
            state.unresolved.add(entry);
        }
    }

    DeclaredColumn declared(ColumnDefinition column) {
        DataType type = column.type();
        return new DeclaredColumn(name(column.name()), type == null ? null : type(type), at(column.range()));
    }

    String type(DataType type) {
        return words(type.range()).toLowerCase(Locale.ROOT);
    }

    String words(SourceRange range) {
        String words = range.of(text.sql()).strip().replaceAll("\\s+", " ");
        return words.length() <= 200 ? words : words.substring(0, 197) + "...";
    }

    SourceLocation at(SourceRange range) {
        return text.origins().apply(range.start());
    }

    private TableRef ref(QualifiedName name) {
        List<String> parts = new ArrayList<>();
        for (Identifier part : name.parts()) {
            if (!part.text().isEmpty()) {
                parts.add(rules.tablePart(part.text(), part.quote() != QuoteStyle.NONE));
            }
        }
        return defaults.qualify(new TableRef(parts.isEmpty() ? List.of("?") : parts), file.path());
    }

    String name(QualifiedName column) {
        return name(column.parts().get(column.parts().size() - 1));
    }

    String name(Identifier column) {
        return rules.column(column.text(), column.quote() != QuoteStyle.NONE);
    }
}
