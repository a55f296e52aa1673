package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import java.util.ArrayList;
import java.util.List;

/** The COLUMNS clause of JSON_TABLE and XMLTABLE: columns that the text declares. */
final class DocumentTables extends GrammarPart {

    private final List<ColumnDefinition> declared = new ArrayList<>();

    DocumentTables(Grammar grammar) {
        super(grammar);
    }

    /** {@code COLUMNS (a INT PATH '…', NESTED PATH '…' COLUMNS (…))} as an argument; {@link #takeDeclared} has the columns then. */
    Expression columns() {
        int mark = mark();
        advance();
        if (at('(')) {
            parenthesised(this::column);
        } else {
            commaSeparated(this::column);
        }
        return new Expression.Symbol("COLUMNS", rangeFrom(mark));
    }

    /** The columns declared since this was last asked. */
    List<ColumnDefinition> takeDeclared() {
        List<ColumnDefinition> columns = List.copyOf(declared);
        declared.clear();
        return columns;
    }

    private Boolean column() {
        if (accept(NESTED)) {
            accept(PATH);
            skipUntil(() -> at(COLUMNS) || at(','));
            if (at(COLUMNS)) {
                columns();
            }
            return true;
        }
        int mark = mark();
        Identifier name = grammar.names.anyName();
        boolean ordinality = accept(FOR);
        DataType type = ordinality || atAny(PATH, EXISTS, FORMAT) || !at(Kind.WORD) ? null : grammar.types.type();
        skipUntil(() -> at(','));
        declared.add(new ColumnDefinition(name, type, null, null, List.of(), rangeFrom(mark)));
        return true;
    }
}
