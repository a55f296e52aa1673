package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.AlterAction;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.CopyKind;
import io.tailwater.lineage.sql.tree.CreateOption;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.TableCopy;
import io.tailwater.lineage.sql.tree.TableRenaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Statements that define, rename and drop tables and views. */
final class DefinitionDeriver {

    private final Derivation derivation;
    private final Targets targets;

    DefinitionDeriver(Derivation derivation) {
        this.derivation = derivation;
        this.targets = new Targets(derivation);
    }

    List<Change> derive(Ddl statement, Env env) {
        return switch (statement) {
            case Ddl.CreateTable table -> List.of(table(table, env));
            case Ddl.CreateView view -> view(view, env);
            case Ddl.CreateSynonym synonym -> List.of(synonym(synonym));
            case Ddl.AlterView view ->
                List.of(defined(
                        StatementKind.CREATE_VIEW,
                        view.name(),
                        false,
                        view.columns(),
                        derivation.queries().derive(view.query(), env)));
            case Ddl.AlterTable alter -> alter(alter);
            case Ddl.Drop drop -> drop(drop);
            case Ddl.Truncate truncate ->
                truncate.names().stream()
                        .map(name -> Change.of(StatementKind.TRUNCATE, targets.qualified(name), Outputs.NONE))
                        .toList();
            case Ddl.RenameTables rename -> rename(rename);
            case Ddl.CacheTable cache -> cache(cache, env);
            case Ddl.CreateRoutine routine -> List.of();
        };
    }

    // --- CREATE
    // ----------------------------------------------------------------------------------------------------------

    private Change table(Ddl.CreateTable table, Env env) {
        boolean temporary = table.options().contains(CreateOption.TEMPORARY);
        if (table.query() != null) {
            QueryOutput output = derivation.queries().derive(table.query(), env);
            return defined(StatementKind.CREATE_TABLE_AS, table.name(), temporary, table.columns(), output);
        }
        if (table.copy() != null) {
            return defined(StatementKind.CREATE_TABLE_LIKE, table.name(), temporary, List.of(), copied(table.copy()));
        }
        return defined(StatementKind.CREATE_TABLE, table.name(), temporary, List.of(), declared(table.columns()));
    }

    private Change defined(
            StatementKind kind,
            QualifiedName name,
            boolean temporary,
            List<ColumnDefinition> columns,
            QueryOutput query) {
        TableRef target = targets.qualified(name);
        List<Identifier> names = columns.stream().map(ColumnDefinition::name).toList();
        QueryOutput output = names.isEmpty()
                ? query
                : query.withParts(Renames.byPosition(query.parts(), names, derivation, name.range()));
        boolean gone = temporary || target.name().startsWith("#");
        remember(target, gone, output);
        return new Change(kind, target, gone, output);
    }

    private void remember(TableRef target, boolean temporary, QueryOutput output) {
        derivation.session().drop(target);
        if (temporary) {
            derivation
                    .session()
                    .createTemporary(
                            target,
                            new Session.Remembered(output, derivation.notes().tablesRead()));
        } else {
            derivation.session().create(target, Session.columnsOf(output));
        }
    }

    /** The columns a definition lists: they depend on nothing, or on one another where they are computed. */
    QueryOutput declared(List<ColumnDefinition> definitions) {
        List<OutputPart> parts = new ArrayList<>();
        for (ColumnDefinition column : definitions) {
            String name = derivation.names().column(column.name());
            String type = column.type() == null ? null : CanonicalWords.type(column.type());
            parts.add(new ScopeColumn(
                    name,
                    column.name().text(),
                    true,
                    List.of(),
                    Canon.text("column " + name),
                    null,
                    false,
                    type,
                    column.range()));
        }
        return Outputs.of(parts, JoinForm.EMPTY, List.of(), Set.of());
    }

    private QueryOutput copied(TableCopy copy) {
        TableRef source = targets.qualified(copy.source());
        derivation.notes().read(source, copy.source().range());
        FromPart part =
                derivation.relations().baseTable(source, null, copy.source().range());
        List<OutputPart> parts = derivation.stars().all(part.scope(null), copy.range());
        if (copy.kind() == CopyKind.LIKE) {
            List<OutputPart> names = new ArrayList<>();
            for (OutputPart each : parts) {
                if (each instanceof ScopeColumn column) {
                    names.add(column.withDependencies(List.of()).withoutOrigin());
                }
            }
            return Outputs.of(names, part.joins(), List.of(), Set.of());
        }
        return Outputs.of(parts, part.joins(), List.of(), Set.of());
    }

    private List<Change> view(Ddl.CreateView view, Env env) {
        QueryOutput output = view.query() == null
                ? declared(view.columns())
                : derivation.queries().derive(view.query(), env);
        boolean temporary = view.options().contains(CreateOption.TEMPORARY);
        List<ColumnDefinition> names = view.query() == null ? List.of() : view.columns();
        List<Change> changes = new ArrayList<>();
        changes.add(defined(StatementKind.CREATE_VIEW, view.name(), temporary, names, output));
        if (view.target() != null) {
            changes.add(Change.of(StatementKind.INSERT, targets.qualified(view.target()), output));
        }
        return changes;
    }

    private Change synonym(Ddl.CreateSynonym synonym) {
        TableRef source = targets.qualified(synonym.source());
        derivation.notes().read(source, synonym.source().range());
        FromPart part =
                derivation.relations().baseTable(source, null, synonym.source().range());
        List<OutputPart> parts = derivation.stars().all(part.scope(null), synonym.range());
        return defined(
                StatementKind.CREATE_VIEW,
                synonym.name(),
                false,
                List.of(),
                Outputs.of(parts, part.joins(), List.of(), Set.of()));
    }

    private List<Change> cache(Ddl.CacheTable cache, Env env) {
        if (cache.query() == null) {
            return List.of();
        }
        Notes before = derivation.exchangeNotes(new Notes());
        QueryOutput output = derivation.queries().derive(cache.query(), env);
        Notes inside = derivation.exchangeNotes(before);
        derivation
                .session()
                .createTemporary(targets.qualified(cache.name()), new Session.Remembered(output, inside.tablesRead()));
        return List.of();
    }

    // --- ALTER, DROP, RENAME
    // ---------------------------------------------------------------------------------------------

    private List<Change> alter(Ddl.AlterTable alter) {
        TableRef table = targets.qualified(alter.name());
        List<Change> changes = new ArrayList<>();
        List<ColumnDefinition> added = new ArrayList<>();
        boolean altered = false;
        for (AlterAction action : alter.actions()) {
            switch (action) {
                case AlterAction.AddColumn add -> added.add(add.column());
                case AlterAction.RenameTable rename ->
                    changes.add(renamed(table, alter.name(), sibling(table, rename.to())));
                case AlterAction.SwapWith swap -> changes.add(moved(table, swap.other()));
                case AlterAction.ExchangePartition exchange -> changes.add(moved(table, exchange.source()));
                case AlterAction.DropColumn drop -> altered = true;
                case AlterAction.RenameColumn rename -> altered = true;
                case AlterAction.ChangeColumnType type -> altered = true;
                case AlterAction.OtherAlteration other -> altered = true;
            }
        }
        if (altered || !added.isEmpty()) {
            changes.addFirst(Change.of(StatementKind.ALTER_TABLE, table, declared(added)));
            derivation.session().forgetColumns(table);
        }
        return changes;
    }

    /** {@code RENAME TO x} stays in the schema of the table where {@code x} is not qualified. */
    private TableRef sibling(TableRef table, QualifiedName to) {
        TableRef written = derivation.names().table(to);
        if (written.parts().size() > 1) {
            return derivation.session().qualify(written);
        }
        List<String> parts = new ArrayList<>(table.parts());
        parts.set(parts.size() - 1, written.name());
        return new TableRef(parts);
    }

    private Change renamed(TableRef from, QualifiedName fromName, TableRef to) {
        FromPart part = derivation.relations().baseTable(from, null, fromName.range());
        derivation.notes().read(from, fromName.range());
        derivation.session().rename(from, to);
        List<OutputPart> parts = derivation.stars().all(part.scope(null), fromName.range());
        return Change.of(StatementKind.RENAME, to, Outputs.of(parts, part.joins(), List.of(), Set.of()));
    }

    private Change moved(TableRef table, QualifiedName sourceName) {
        TableRef source = targets.qualified(sourceName);
        derivation.notes().read(source, sourceName.range());
        FromPart part = derivation.relations().baseTable(source, null, sourceName.range());
        List<OutputPart> parts = derivation.stars().all(part.scope(null), sourceName.range());
        return Change.of(StatementKind.SWAP, table, Outputs.of(parts, part.joins(), List.of(), Set.of()));
    }

    private List<Change> drop(Ddl.Drop drop) {
        if (drop.kind() == io.tailwater.lineage.sql.tree.ObjectKind.OTHER) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        for (QualifiedName name : drop.names()) {
            TableRef table = targets.qualified(name);
            boolean temporary = derivation.session().isTemporary(table);
            derivation.session().drop(table);
            changes.add(new Change(StatementKind.DROP, table, temporary, Outputs.NONE));
        }
        return changes;
    }

    private List<Change> rename(Ddl.RenameTables rename) {
        List<Change> changes = new ArrayList<>();
        for (TableRenaming each : rename.renamings()) {
            TableRef from = targets.qualified(each.from());
            changes.add(renamed(from, each.from(), targets.qualified(each.to())));
        }
        return changes;
    }
}
