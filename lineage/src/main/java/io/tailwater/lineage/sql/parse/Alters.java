package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.AlterAction;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.ObjectKind;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.TableRenaming;
import java.util.ArrayList;
import java.util.List;

/** ALTER, DROP, TRUNCATE, RENAME, EXCHANGE. */
final class Alters extends GrammarPart {

    Alters(Grammar grammar) {
        super(grammar);
    }

    Statement alter(int mark) {
        advance();
        while (atAny(MATERIALIZED, DYNAMIC, EXTERNAL, FOREIGN, STREAMING, ONLINE, IGNORE, ICEBERG) && !next('.')) {
            advance();
        }
        if (!atAny(TABLE, VIEW)) {
            return grammar.skips.rest(mark, "alter");
        }
        boolean view = at(VIEW);
        advance();
        if (accept(IF)) {
            expect(EXISTS);
        }
        accept(ONLY);
        QualifiedName name = grammar.names.table();
        accept('*');
        if (view && !atAny(RENAME, SET, ADD, DROP, ALTER, OWNER)) {
            return view(mark, name);
        }
        List<AlterAction> actions = new ArrayList<>();
        while (!atEnd() && !grammar.statements.atNextStatement() || actions.isEmpty() && !atEnd()) {
            action(actions);
            if (!accept(',') && !atActionStart()) {
                break;
            }
        }
        return new Ddl.AlterTable(name, List.copyOf(actions), rangeFrom(mark));
    }

    private boolean atActionStart() {
        return atAny(ADD, DROP, RENAME, ALTER, MODIFY, CHANGE);
    }

    private Statement view(int mark, QualifiedName name) {
        List<ColumnDefinition> columns = at('(') && !grammar.queries.startsBehindParentheses(1)
                ? parenthesised(grammar.definitions::column)
                : List.of();
        skipUntil(() -> at(AS) && grammar.queries.startsBehindParentheses(1)
                || grammar.statements.atNextStatement() && !at(WITH));
        if (!accept(AS)) {
            return grammar.skips.skipped(mark, "alter view");
        }
        Query query = grammar.queries.query();
        grammar.createViews.skipOptionsBehind();
        return new Ddl.AlterView(name, columns, query, rangeFrom(mark));
    }

    private void action(List<AlterAction> actions) {
        int mark = mark();
        Keyword keyword = cursor.keyword(0);
        if (keyword == ADD) {
            add(mark, actions);
        } else if (keyword == DROP) {
            drop(mark, actions);
        } else if (keyword == RENAME) {
            rename(mark, actions);
        } else if (keyword == SWAP && next(WITH)) {
            advance();
            advance();
            actions.add(new AlterAction.SwapWith(grammar.names.table(), rangeFrom(mark)));
        } else if (keyword == ALTER || keyword == MODIFY || keyword == CHANGE) {
            change(mark, keyword, actions);
        } else if (keyword == EXCHANGE
                || keyword == APPEND
                || keyword == REPLACE
                || keyword == ATTACH
                || keyword == SWITCH) {
            exchange(mark, actions);
        } else {
            other(mark, actions);
        }
    }

    private void other(int mark, List<AlterAction> actions) {
        while (!atEnd() && !at(',') && !(mark != mark() && grammar.statements.atNextStatement())) {
            if (at('(')) {
                skipParenthesised();
            } else {
                advance();
            }
        }
        actions.add(new AlterAction.OtherAlteration(Upper.of(rangeFrom(mark).of(cursor.sql)), rangeFrom(mark)));
    }

    private void add(int mark, List<AlterAction> actions) {
        advance();
        boolean word = acceptAny(COLUMN, COLUMNS);
        if (accept(IF)) {
            accept(NOT);
            expect(EXISTS);
        }
        boolean named = Names.isNameStart(cursor.kind(0))
                && !grammar.definitions.atConstraint()
                && (word || !atAny(PARTITION, INDEX, PROJECTION, ROW, SEARCH, POLICY, SUBPARTITION, STATISTICS, RANGE, STORAGE, SYSTEM, FILES, DISTRIBUTION));
        if (at('(') && (word || !named)) {
            for (ColumnDefinition column : parenthesised(grammar.definitions::column)) {
                actions.add(new AlterAction.AddColumn(column, column.range()));
            }
            skipUntil(() -> at(','));
        } else if (named) {
            if (next('.')) {
                // a field of a structure: no column is new
                other(mark, actions);
                return;
            }
            ColumnDefinition column = grammar.definitions.column();
            actions.add(new AlterAction.AddColumn(column, rangeFrom(mark)));
        } else {
            other(mark, actions);
        }
    }

    private void drop(int mark, List<AlterAction> actions) {
        advance();
        boolean word = acceptAny(COLUMN, COLUMNS);
        if (accept(IF)) {
            expect(EXISTS);
        }
        if (at('(')) {
            for (QualifiedName column : parenthesised(grammar.names::qualifiedAny)) {
                actions.add(new AlterAction.DropColumn(column, column.range()));
            }
        } else if (word
                || Names.isNameStart(cursor.kind(0))
                        && !atAny(
                                CONSTRAINT,
                                PRIMARY,
                                FOREIGN,
                                INDEX,
                                KEY,
                                PARTITION,
                                CHECK,
                                PROJECTION,
                                ROW,
                                SEARCH,
                                POLICY,
                                SUBPARTITION,
                                CLUSTERING,
                                ALL,
                                STATISTICS,
                                DISTRIBUTION,
                                PERIOD,
                                STORAGE)
                        && !isOtherThing()
                        && !(at(UNIQUE) && next('('))
                        && !(at(SYSTEM) && next(VERSIONING))) {
            QualifiedName column = grammar.names.qualifiedAny();
            actions.add(new AlterAction.DropColumn(column, rangeFrom(mark)));
            while (word && at(',') && !isAction(1)) {
                advance();
                accept(IF, EXISTS);
                QualifiedName next = grammar.names.qualifiedAny();
                actions.add(new AlterAction.DropColumn(next, next.range()));
            }
        } else {
            other(mark, actions);
            return;
        }
        acceptAny(CASCADE, RESTRICT);
        if (accept(CONSTRAINTS)) {
            return;
        }
    }

    /** Whether two words, or a word and a string, say what is dropped: a feature, a part; a column is named by one. */
    private boolean isOtherThing() {
        return nextKind() == Kind.STRING
                || nextKind() == Kind.WORD
                        && !isAction(1)
                        && !next(CASCADE)
                        && !next(RESTRICT)
                        && !next(COMMENT)
                        && !next(END)
                        && !has(Feature.OPTIONAL_SEMICOLONS);
    }

    private boolean isAction(int ahead) {
        return cursor.at(ahead, ADD)
                || cursor.at(ahead, DROP)
                || cursor.at(ahead, ALTER)
                || cursor.at(ahead, RENAME)
                || cursor.at(ahead, MODIFY)
                || cursor.at(ahead, CHANGE);
    }

    private void rename(int mark, List<AlterAction> actions) {
        advance();
        if (accept(TO) || accept(AS)) {
            actions.add(new AlterAction.RenameTable(grammar.names.table(), rangeFrom(mark)));
            return;
        }
        if (atAny(CONSTRAINT, INDEX, KEY, PARTITION) && !next(TO)) {
            other(mark, actions);
            return;
        }
        if (!at(COLUMN) && !cursor.at(1, TO)) {
            actions.add(new AlterAction.RenameTable(grammar.names.table(), rangeFrom(mark)));
            return;
        }
        accept(COLUMN);
        if (accept(IF)) {
            expect(EXISTS);
        }
        QualifiedName from = grammar.names.qualifiedAny();
        expect(TO);
        Identifier to = grammar.names.anyName();
        actions.add(new AlterAction.RenameColumn(from, to, rangeFrom(mark)));
    }

    private void change(int mark, Keyword keyword, List<AlterAction> actions) {
        advance();
        accept(COLUMN);
        if (accept(IF)) {
            expect(EXISTS);
        }
        if (!Names.isNameStart(cursor.kind(0)) || atAny(INDEX, CONSTRAINT, CHECK)) {
            other(mark, actions);
            return;
        }
        QualifiedName column = grammar.names.qualifiedAny();
        if (keyword == CHANGE && Names.isNameStart(cursor.kind(0)) && !atAny(TYPE, COMMENT, SET)) {
            ColumnDefinition changed = grammar.definitions.column();
            actions.add(new AlterAction.RenameColumn(column, changed.name(), rangeFrom(mark)));
            return;
        }
        accept(SET, DATA);
        acceptAny(TYPE);
        boolean hasType = at(Kind.WORD)
                && !atAny(
                        SET,
                        DROP,
                        ADD,
                        COMMENT,
                        FIRST,
                        AFTER,
                        RESET,
                        NOT,
                        NULL,
                        REMOVE,
                        UNSET,
                        DEFAULT,
                        ENCODE,
                        MODIFY,
                        OPTIONS,
                        MATERIALIZED,
                        CODEC,
                        RESTART);
        if (!hasType) {
            other(mark, actions);
            return;
        }
        DataType type = grammar.types.type();
        while (!atEnd() && !at(',') && !grammar.statements.atNextStatement()) {
            advance();
        }
        actions.add(new AlterAction.ChangeColumnType(column, type, rangeFrom(mark)));
    }

    /** {@code EXCHANGE PARTITION p WITH TABLE s}, {@code APPEND FROM s}, {@code ATTACH PARTITION s}, {@code REPLACE PARTITION p FROM s}. */
    private void exchange(int mark, List<AlterAction> actions) {
        boolean attach = at(ATTACH);
        skipUntil(() -> at(FROM)
                || at(WITH) && next(TABLE)
                || attach && at(PARTITION) && !next('(') && nextKind() != Kind.STRING
                || at(TO));
        if (atEnd()) {
            cursor.index = mark;
            other(mark, actions);
            return;
        }
        advance();
        accept(TABLE);
        if (!grammar.names.atName()) {
            other(mark, actions);
            return;
        }
        QualifiedName source = grammar.names.table();
        skipUntil(() -> at(','));
        actions.add(new AlterAction.ExchangePartition(source, rangeFrom(mark)));
    }

    Statement drop(int mark) {
        advance();
        while (acceptAny(TEMPORARY, TEMP, EXTERNAL, DYNAMIC, TRANSIENT, FOREIGN, ICEBERG, STREAMING)) {
            // words that say which table
        }
        boolean materialized = accept(MATERIALIZED);
        if (!atAny(TABLE, VIEW)) {
            return grammar.skips.rest(mark, "drop");
        }
        ObjectKind kind = materialized ? ObjectKind.MATERIALIZED_VIEW : at(VIEW) ? ObjectKind.VIEW : ObjectKind.TABLE;
        advance();
        if (atAny(FUNCTION)) {
            return grammar.skips.rest(mark, "drop");
        }
        boolean ifExists = accept(IF, EXISTS);
        List<QualifiedName> names = commaSeparated(grammar.names::table);
        boolean trailing = accept(IF, EXISTS);
        while (!atEnd() && !at(END) && !grammar.statements.atNextStatement()) {
            advance();
        }
        return new Ddl.Drop(kind, names, ifExists || trailing, rangeFrom(mark));
    }

    Statement truncate(int mark) {
        advance();
        if (atAny(ALL) || !at(TABLE) && next(TABLES)) {
            return grammar.skips.rest(mark, "truncate");
        }
        accept(TABLE);
        accept(MATERIALIZED);
        accept(VIEW);
        accept(IF, EXISTS);
        accept(ONLY);
        List<QualifiedName> names = commaSeparated(this::truncated);
        while (!atEnd() && !at(END) && !grammar.statements.atNextStatement()) {
            advance();
        }
        return new Ddl.Truncate(names, rangeFrom(mark));
    }

    private QualifiedName truncated() {
        QualifiedName name = grammar.names.table();
        accept('*');
        return name;
    }

    Statement rename(int mark) {
        advance();
        if (!acceptAny(TABLE, TABLES, VIEW) && !cursor.at(1, TO)) {
            return grammar.skips.rest(mark, "rename");
        }
        List<TableRenaming> renamings = commaSeparated(this::renaming);
        skipToEnd();
        return new Ddl.RenameTables(renamings, rangeFrom(mark));
    }

    private TableRenaming renaming() {
        int mark = mark();
        QualifiedName from = grammar.names.table();
        if (!acceptAny(TO, AS)) {
            throw error("TO");
        }
        return new TableRenaming(from, grammar.names.table(), rangeFrom(mark));
    }

    Statement exchange(int mark) {
        advance();
        if (!acceptAny(TABLES, TABLE)) {
            return grammar.skips.rest(mark, "exchange");
        }
        int pair = mark();
        QualifiedName first = grammar.names.table();
        expect(AND);
        QualifiedName second = grammar.names.table();
        List<TableRenaming> both = List.of(
                new TableRenaming(first, second, rangeFrom(pair)), new TableRenaming(second, first, rangeFrom(pair)));
        skipToEnd();
        return new Ddl.RenameTables(both, rangeFrom(mark));
    }
}
