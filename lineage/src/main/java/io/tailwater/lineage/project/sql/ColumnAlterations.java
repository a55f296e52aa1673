package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.project.sql.TableState.DeclaredColumn;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.tree.AlterAction;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Applies what {@code ALTER TABLE} does to the columns of one table. */
final class ColumnAlterations {
    private static final Pattern IF_EXISTS = Pattern.compile("(?is).*\\bif\\s+exists\\b.*");
    private static final Pattern IF_NOT_EXISTS = Pattern.compile("(?is).*\\bif\\s+not\\s+exists\\b.*");
    private static final Pattern KEEPS_COLUMNS = Pattern.compile("(?is)"
            + "(?:add|drop|validate|rename|alter)\\s+(?:constraint|primary\\s+key|foreign\\s+key|unique|check|index|key)\\b.*"
            + "|(?:alter|modify)\\s+(?:column\\s+)?\\S+\\s+(?:set|drop)\\s+(?:default|not\\s+null|statistics|storage)\\b.*"
            + "|owner\\s+to\\b.*|cluster\\s+on\\b.*|(?:enable|disable|force)\\s+.*|set\\s*\\(.*|reset\\s*\\(.*"
            + "|set\\s+tablespace\\b.*|replica\\s+identity\\b.*|comment\\b.*|engine\\b.*|auto_increment\\b.*");

    private final TableRef table;
    private final TableState state;
    private final SchemaReplay replay;

    ColumnAlterations(TableRef table, TableState state, SchemaReplay replay) {
        this.table = table;
        this.state = state;
        this.replay = replay;
    }

    /** Applies one action of an {@code ALTER TABLE} that does not rename the table. */
    void apply(AlterAction action) {
        Map<String, DeclaredColumn> columns = state.columns;
        String words = replay.words(action.range());
        if (action instanceof AlterAction.OtherAlteration
                && KEEPS_COLUMNS.matcher(words).matches()) {
            return;
        }
        if (columns == null) {
            replay.open(
                    action.range(),
                    "the columns of " + table + " are not declared, so this is not followed: " + words,
                    table);
            return;
        }
        switch (action) {
            case AlterAction.AddColumn add -> {
                String name = replay.name(add.column().name());
                if (!columns.containsKey(name)) {
                    columns.put(name, replay.declared(add.column()));
                    state.dropped.remove(name);
                } else if (!IF_NOT_EXISTS.matcher(words).matches()) {
                    replay.open(action.range(), table + " has a column " + name + " already", table);
                }
            }
            case AlterAction.DropColumn drop -> {
                String name = replay.name(drop.column());
                if (columns.remove(name) != null || state.partial) {
                    state.dropped.put(name, replay.at(action.range()));
                } else if (!IF_EXISTS.matcher(words).matches()) {
                    replay.open(action.range(), table + " has no column " + name + " to drop", table);
                }
            }
            case AlterAction.RenameColumn rename ->
                renameColumn(replay.name(rename.from()), replay.name(rename.to()), action.range());
            case AlterAction.ChangeColumnType change -> {
                String name = replay.name(change.column());
                DeclaredColumn before = columns.get(name);
                if (before == null && !state.partial) {
                    replay.open(action.range(), table + " has no column " + name + " to change", table);
                } else {
                    columns.put(
                            name,
                            new DeclaredColumn(
                                    before == null ? name : before.origin(),
                                    replay.type(change.type()),
                                    replay.at(action.range())));
                }
            }
            case AlterAction.RenameTable rename -> throw new IllegalStateException("handled before");
            case AlterAction.SwapWith swap -> replay.open(action.range(), "not followed: " + words, table);
            case AlterAction.ExchangePartition exchange -> replay.open(action.range(), "not followed: " + words, table);
            case AlterAction.OtherAlteration other -> replay.open(action.range(), "not followed: " + words, table);
        }
    }

    private void renameColumn(String from, String to, SourceRange range) {
        Map<String, DeclaredColumn> columns = state.columns;
        if (columns != null && state.partial && !columns.containsKey(from)) {
            columns.put(to, new DeclaredColumn(from, null, replay.at(range)));
            return;
        }
        if (columns == null || !columns.containsKey(from) || columns.containsKey(to) && !from.equals(to)) {
            replay.open(range, table + " has no column " + from + " that could be named " + to, table);
            return;
        }
        // in place: stars show columns in order
        Map<String, DeclaredColumn> renamed = new LinkedHashMap<>();
        columns.forEach((name, column) -> renamed.put(
                name.equals(from) ? to : name,
                name.equals(from) ? new DeclaredColumn(column.origin(), column.type(), replay.at(range)) : column));
        state.declare(renamed);
    }
}
