package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.CopyKind;
import io.tailwater.lineage.sql.tree.CreateOption;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Property;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.TableConstraint;
import io.tailwater.lineage.sql.tree.TableCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE: columns, CTAS, LIKE, CLONE; options without meaning for lineage are passed over. */
final class CreateTables extends GrammarPart {

    CreateTables(Grammar grammar) {
        super(grammar);
    }

    /** What is known of the table so far. */
    private static final class Parts {
        final List<ColumnDefinition> columns = new ArrayList<>();
        final List<TableConstraint> constraints = new ArrayList<>();
        final List<Property> properties = new ArrayList<>();

        @Nullable
        TableCopy copy;

        @Nullable
        Query query;
        /** Whether a parenthesis here would hold the columns: true until an option was read. */
        boolean columnsExpected = true;
        /** Teradata's {@code CREATE TABLE t, NO FALLBACK (columns)}: options stand before the columns. */
        boolean optionsByComma;
    }

    /** The rest of a CREATE TABLE, behind the word TABLE. */
    Statement table(int mark, Set<CreateOption> options) {
        grammar.creates.ifNotExists(options);
        QualifiedName name = grammar.names.table();
        grammar.creates.ifNotExists(options);
        Parts parts = new Parts();
        while (!atEnd() && !grammar.statements.atNextStatement() && !atOuterEnd()) {
            part(parts);
        }
        return new Ddl.CreateTable(
                name,
                options,
                List.copyOf(parts.columns),
                List.copyOf(parts.constraints),
                parts.copy,
                parts.query,
                List.copyOf(parts.properties),
                rangeFrom(mark));
    }

    private boolean atOuterEnd() {
        return at(')') || at(END);
    }

    private void part(Parts parts) {
        if (parts.query != null) {
            parts.columnsExpected = false;
            parts.optionsByComma = false;
        }
        if (at('(')) {
            parenthesis(parts);
        } else if (at(AS) || grammar.queries.atStart() && !at(WITH) && !at(TABLE) && !at(SHOW)) {
            query(parts);
        } else if (grammar.queries.startsCommonTables()) {
            parts.query = grammar.queries.query();
        } else if (atAny(CLONE) || at(COPY) && !next(GRANTS) || at(LIKE) || at(SHALLOW, CLONE) || at(DEEP, CLONE)) {
            copy(parts);
        } else if (at(PARTITION, OF)) {
            advance();
            advance();
            parts.copy = new TableCopy(CopyKind.LIKE, grammar.names.table(), rangeFrom(mark()));
        } else if (at(PARTITIONED) && next(BY)) {
            partitionedBy(parts);
        } else {
            option(parts);
        }
    }

    private void query(Parts parts) {
        if (accept(AS) && !grammar.queries.startsBehindParentheses(0)) {
            if (at(Kind.WORD) && has(Feature.CLICKHOUSE_CLAUSES)) {
                tableName(parts);
            }
            return;
        }
        parts.query = grammar.queries.query();
    }

    /** {@code CREATE TABLE a AS b}. */
    private void tableName(Parts parts) {
        int mark = mark();
        QualifiedName source = grammar.names.table();
        if (at('(')) {
            skipParenthesised();
            return;
        }
        parts.copy = new TableCopy(CopyKind.CLONE, source, rangeFrom(mark));
    }

    private void parenthesis(Parts parts) {
        if (grammar.queries.startsBehindParentheses(1)) {
            parts.query = grammar.queries.query();
            return;
        }
        if (!parts.columnsExpected || !parts.columns.isEmpty() || next(')')) {
            parts.columnsExpected = false;
            skipParenthesised();
            return;
        }
        expect('(');
        do {
            if (at(')')) {
                break;
            }
            element(parts);
        } while (accept(','));
        expect(')');
    }

    private void element(Parts parts) {
        if (at(LIKE)) {
            copy(parts);
            skipUntil(() -> at(','));
        } else if (grammar.definitions.atConstraint()) {
            parts.constraints.add(grammar.definitions.constraint());
        } else {
            parts.columns.add(grammar.definitions.column());
        }
    }

    private void copy(Parts parts) {
        int mark = mark();
        acceptAny(SHALLOW, DEEP);
        CopyKind kind = at(LIKE) ? CopyKind.LIKE : CopyKind.CLONE;
        advance();
        accept(TABLE);
        if (at(Kind.STRING) || at('(') || nextKind() == Kind.STRING) {
            skipUntil(() -> at(','));
            return;
        }
        QualifiedName source = grammar.names.table();
        parts.copy = new TableCopy(kind, source, rangeFrom(mark));
    }

    private void partitionedBy(Parts parts) {
        advance();
        advance();
        if (at('(') && nextKind() != Kind.END && isDefinitions()) {
            parts.columns.addAll(parenthesised(grammar.definitions::column));
        } else if (at('(')) {
            skipParenthesised();
        }
    }

    /** Hive's partition columns have types; others only name columns. */
    private boolean isDefinitions() {
        return (nextKind() == Kind.WORD || nextKind() == Kind.QUOTED) && cursor.kind(2) == Kind.WORD;
    }

    private void option(Parts parts) {
        int mark = mark();
        if (at(ON) && next(CLUSTER)) {
            advance();
            advance();
            grammar.names.anyName();
            return;
        }
        boolean beforeColumns = at(',')
                || at(NO)
                || at(COPY, GRANTS)
                || at(GRANTS)
                || at(UUID)
                || at(Kind.STRING)
                || at(OF)
                || cursor.tokens.is(cursor.index - 1, OF);
        parts.optionsByComma |= at(',') && parts.columnsExpected;
        parts.columnsExpected &= beforeColumns || parts.optionsByComma;
        if (at(LOCATION) && nextKind() == Kind.STRING) {
            advance();
            parts.properties.add(new Property("LOCATION", grammar.literals.string(), rangeFrom(mark)));
        } else {
            advance();
        }
    }
}
