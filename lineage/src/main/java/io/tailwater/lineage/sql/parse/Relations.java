package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Expression.FunctionCall;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.ModifierKind;
import io.tailwater.lineage.sql.tree.PathKind;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.RelationModifier;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.WithPosition;
import java.util.ArrayList;
import java.util.List;

/** What stands in FROM: tables, files, queries, functions, with aliases; joins and pivots around them are parts of their own. */
final class Relations extends GrammarPart {

    Relations(Grammar grammar) {
        super(grammar);
    }

    /** Relations separated by commas. */
    List<Relation> list() {
        return commaSeparated(this::relationOrUnparsed);
    }

    private Relation relationOrUnparsed() {
        int mark = mark();
        int depth = cursor.depth();
        try {
            return relation();
        } catch (SyntaxError problem) {
            cursor.resetDepth(depth);
            cursor.index = mark;
            skipUntil(() -> at(',') || ClauseRecovery.atClause(this));
            if (cursor.index == mark) {
                throw problem;
            }
            cursor.recovered(mark, problem.reason());
            return new Relation.UnparsedRelation(problem.reason(), rangeFrom(mark));
        }
    }

    /** A relation with everything joined to it. */
    Relation relation() {
        cursor.enter();
        int mark = mark();
        Relation relation = grammar.joins.joined(mark, single());
        cursor.leave();
        return relation;
    }

    /** A relation without joins, with its alias, and pivoted if the text says so. */
    Relation single() {
        int mark = mark();
        boolean lateral = at(LATERAL) && !next(VIEW) && accept(LATERAL);
        return grammar.pivots.pivoted(mark, primary(mark, lateral));
    }

    private Relation primary(int mark, boolean lateral) {
        if (at('(')) {
            return parenthesised(mark, lateral);
        }
        if (at(Kind.STAGE) || at(Kind.STRING)) {
            return path(mark);
        }
        if (grammar.literals.atParameter() && !(at(Kind.TEMPLATE) && gluedName())) {
            return parameter(mark);
        }
        if (at('{') && next(OJ)) {
            return odbcJoin();
        }
        if (at(TABLE) && next('(')) {
            return tableOf(mark, lateral);
        }
        if (at(ROWS, FROM)) {
            return rowsFrom(mark, lateral);
        }
        if (at(VALUES) && grammar.queries.atStart()) {
            return derived(mark, grammar.queries.valuesQuery(), lateral);
        }
        if (at(STREAM)
                && has(Feature.HIVE_CLAUSES)
                && has(Feature.COLON_PATHS)
                && (nextKind() == Kind.WORD && nextKeyword() != AS || next('('))) {
            return stream(mark);
        }
        if (at(UNPIVOT) && Names.isNameStart(nextKind())) {
            return objectUnpivot(mark);
        }
        if (atAny(FINAL, OLD, NEW) && next(TABLE) && cursor.at(2, '(')) {
            advance();
            advance();
            return changedRows(mark);
        }
        return tableOrFunction(mark, lateral);
    }

    /** Whether a placeholder is only a part of a dotted name: {@code {{ db }}.table}. */
    private boolean gluedName() {
        return next('.')
                || nextKind() == Kind.WORD && cursor.tokens.end(cursor.index) == cursor.tokens.start(cursor.index + 1);
    }

    private Relation tableOrFunction(int mark, boolean lateral) {
        List<RelationModifier> modifiers = new ArrayList<>(0);
        if (at(ONLY) && (nextKind() == Kind.WORD || nextKind() == Kind.QUOTED || next('('))) {
            return only(mark, modifiers);
        }
        boolean inputTable =
                at(TABLE) && (nextKind() == Kind.QUOTED || nextKind() == Kind.WORD && nextKeyword() == null);
        if (inputTable) {
            advance();
        }
        if (at(IDENTIFIER) && next('(')) {
            return identifier(mark);
        }
        if (at(SEMANTIC_VIEW) && next('(')) {
            return semanticView(mark, lateral);
        }
        int nameMark = mark();
        QualifiedName name = at(Kind.WORD) && next('(') ? functionName() : grammar.names.table();
        if (at('(') && isCall()) {
            return function(mark, grammar.calls.call(nameMark, name), lateral);
        }
        return table(mark, name, modifiers);
    }

    /**
     * Snowflake's {@code SEMANTIC_VIEW(v DIMENSIONS customer.name METRICS orders.total AS sum WHERE …)}: a query of the view. What is before the dot is a table inside of
     * the view, which names nothing here.
     */
    private Relation semanticView(int mark, boolean lateral) {
        advance();
        expect('(');
        int query = mark();
        SelectClauses clauses = new SelectClauses(grammar);
        clauses.from = List.of(new Relation.TableReference(grammar.names.table(), List.of(), null, rangeFrom(query)));
        List<SelectItem> items = new ArrayList<>();
        while (acceptAny(DIMENSIONS, METRICS, FACTS)) {
            items.addAll(commaSeparated(() -> withoutTable(grammar.selectItems.item())));
        }
        clauses.items = List.copyOf(items);
        clauses.read();
        Query inner = new Query(
                null,
                clauses.select(rangeFrom(query)),
                List.of(),
                null,
                List.of(),
                List.of(),
                rangeFrom(query));
        expect(')');
        return derived(mark, inner, lateral);
    }

    private static SelectItem withoutTable(SelectItem item) {
        if (item.value() instanceof Expression.ColumnReference column && column.parts().size() > 1) {
            Expression last = new Expression.ColumnReference(List.of(column.parts().getLast()), false, column.range());
            return new SelectItem(last, item.aliases(), item.range());
        }
        if (item.value() instanceof Expression.Star star && star.source() != null) {
            return new SelectItem(new Expression.Star(null, star.modifiers(), star.range()), item.aliases(), item.range());
        }
        return item;
    }

    /** {@code IDENTIFIER('t')} is a table, {@code IDENTIFIER($v)} one that is known at run time. */
    private Relation identifier(int mark) {
        boolean constant = cursor.kind(2) == Kind.STRING && cursor.at(3, ')');
        if (constant) {
            return table(mark, grammar.names.table(), new ArrayList<>(0));
        }
        Expression call = grammar.primaries.primary();
        List<RelationModifier> modifiers = new ArrayList<>(0);
        Alias alias = grammar.relationTails.modifiersAndAlias(modifiers);
        return new Relation.ParameterTable(call, List.copyOf(modifiers), alias, rangeFrom(mark));
    }

    private QualifiedName functionName() {
        int mark = mark();
        return new QualifiedName(List.of(grammar.names.anyName()), rangeFrom(mark));
    }

    /** Whether the parenthesis here holds arguments, not T-SQL's hints. */
    private boolean isCall() {
        return !next(NOLOCK) && !next(READUNCOMMITTED) && !(next('+'));
    }

    private Relation only(int mark, List<RelationModifier> modifiers) {
        advance();
        modifiers.add(grammar.relationTails.word(mark, ModifierKind.ONLY));
        boolean parenthesised = accept('(');
        QualifiedName name = grammar.names.table();
        if (parenthesised) {
            expect(')');
        }
        return table(mark, name, modifiers);
    }

    private Relation table(int mark, QualifiedName name, List<RelationModifier> modifiers) {
        accept('*');
        Alias alias = grammar.relationTails.modifiersAndAlias(modifiers);
        return new Relation.TableReference(name, List.copyOf(modifiers), alias, rangeFrom(mark));
    }

    private Relation path(int mark) {
        boolean stage = at(Kind.STAGE);
        String text = stage ? cursor.text(mark) : grammar.literals.contentOf(mark);
        advance();
        List<Expression> options = at('(') ? grammar.copies.options() : List.of();
        List<RelationModifier> modifiers = new ArrayList<>(0);
        Alias alias = grammar.relationTails.modifiersAndAlias(modifiers);
        PathKind kind = stage || text.startsWith("@") ? PathKind.STAGE : PathKind.FILE;
        return new Relation.PathReference(kind, text, options, List.copyOf(modifiers), alias, rangeFrom(mark));
    }

    private Relation parameter(int mark) {
        Expression parameter = grammar.literals.parameter();
        if (at('.') && Names.isNameStart(nextKind())) {
            advance();
            int field = mark();
            Identifier method = grammar.names.anyName();
            if (at('(')) {
                FunctionCall call = (FunctionCall)
                        grammar.calls.method(mark, parameter, new QualifiedName(List.of(method), rangeFrom(field)));
                return function(mark, call, true);
            }
        }
        List<RelationModifier> modifiers = new ArrayList<>(0);
        Alias alias = grammar.relationTails.modifiersAndAlias(modifiers);
        return new Relation.ParameterTable(parameter, List.copyOf(modifiers), alias, rangeFrom(mark));
    }

    /** Databricks' {@code STREAM t}, {@code STREAM(t)}. */
    private Relation stream(int mark) {
        advance();
        boolean parenthesised = accept('(');
        int nameMark = mark();
        QualifiedName name = grammar.names.table();
        if (at('(')) {
            return function(mark, grammar.calls.call(nameMark, name), false);
        }
        if (parenthesised) {
            expect(')');
        }
        return table(mark, name, new ArrayList<>(0));
    }

    /** Redshift's {@code UNPIVOT object AS value AT key}. */
    private Relation objectUnpivot(int mark) {
        advance();
        int nameMark = mark();
        QualifiedName name = grammar.names.table();
        Relation source = new Relation.TableReference(name, List.of(), null, rangeFrom(nameMark));
        List<Identifier> value = accept(AS) ? List.of(grammar.names.anyName()) : List.of();
        List<Identifier> key = accept(AT) ? List.of(grammar.names.anyName()) : List.of();
        return new Relation.Unpivot(source, false, value, key, List.of(), null, rangeFrom(mark));
    }

    /** {@code (INSERT … RETURNING …)}: the rows a change gives back. */
    private Relation changedRows(int mark) {
        expect('(');
        Statement change = grammar.statements.statement();
        expect(')');
        Alias alias = grammar.relationTails.modifiersAndAlias(new ArrayList<>(0));
        return new Relation.ChangedRows(change, alias, rangeFrom(mark));
    }

    private boolean changeFollows() {
        return next(INSERT) || next(UPDATE) || next(DELETE) || next(MERGE);
    }

    private Relation odbcJoin() {
        expect('{');
        advance();
        Relation relation = relation();
        expect('}');
        return relation;
    }

    /** {@code TABLE(f(x))}, {@code TABLE(query)}, {@code TABLE(name)}. */
    private Relation tableOf(int mark, boolean lateral) {
        advance();
        if (grammar.queries.startsBehindParentheses(1)) {
            return derived(mark, grammar.queries.parenthesisedQuery(), lateral);
        }
        expect('(');
        if (at(Kind.WORD) && (next('(') || next('.')) || at(Kind.QUOTED)) {
            int name = mark();
            QualifiedName function = next('(') ? functionName() : grammar.names.qualified();
            if (at('(')) {
                FunctionCall call = grammar.calls.call(name, function);
                expect(')');
                return function(mark, call, lateral);
            }
            expect(')');
            return table(mark, function, new ArrayList<>(0));
        }
        int inner = mark();
        Expression value = grammar.expressions.expression();
        expect(')');
        return function(mark, grammar.calls.invented("TABLE", List.of(value), inner), lateral);
    }

    private Relation rowsFrom(int mark, boolean lateral) {
        advance();
        advance();
        List<Expression> calls = grammar.primaries.elements();
        return function(mark, grammar.calls.invented("ROWS_FROM", calls, mark), lateral);
    }

    private Relation function(int mark, FunctionCall call, boolean lateral) {
        List<ColumnDefinition> columns = grammar.documentTables.takeDeclared();
        if (at(WITH) && next('(') && has(Feature.ALIAS_EQUALS_VALUE)) {
            advance();
            columns = parenthesised(grammar.definitions::column);
        } else if (at(WITH) && nextKind() == Kind.WORD && has(Feature.ALIAS_EQUALS_VALUE) && isSchemaTable(call)) {
            advance();
            grammar.names.table();
        }
        WithPosition position = grammar.relationTails.position();
        List<RelationModifier> modifiers = new ArrayList<>(0);
        Alias alias = grammar.relationTails.modifiersAndAlias(modifiers);
        if (position == null) {
            position = grammar.relationTails.takePosition(modifiers);
        }
        return new Relation.TableFunction(
                call, lateral, columns, position, List.copyOf(modifiers), alias, rangeFrom(mark));
    }

    /** {@code OPENXML(…) WITH t}: columns as of table t. */
    private static boolean isSchemaTable(FunctionCall call) {
        return call.name().parts().get(0).text().equalsIgnoreCase("OPENXML");
    }

    /** {@code (query)}, {@code (relation JOIN relation)}, or several parentheses around one of them. */
    private Relation parenthesised(int mark, boolean lateral) {
        if (!next('(') && grammar.queries.startsBehindParentheses(1)) {
            return derived(mark, grammar.queries.parenthesisedQuery(), lateral);
        }
        if (changeFollows() && cursor.kind(2) == Kind.WORD) {
            return changedRows(mark);
        }
        if (next(IMPORT)) {
            skipParenthesised();
            Alias alias = grammar.relationTails.alias();
            return new Relation.PathReference(PathKind.FILE, "IMPORT", List.of(), List.of(), alias, rangeFrom(mark));
        }
        cursor.enter();
        expect('(');
        Relation inner = relation();
        while (accept(',')) {
            inner = grammar.joins.comma(mark, inner, relation());
        }
        if (inner instanceof Relation.DerivedTable table && table.alias() == null && grammar.queries.continues()) {
            Query query = grammar.queries.continued(mark + 1, table.query());
            expect(')');
            cursor.leave();
            return derived(mark, query, lateral);
        }
        expect(')');
        cursor.leave();
        return grammar.joins.aliased(mark, inner);
    }

    private Relation derived(int mark, Query query, boolean lateral) {
        List<RelationModifier> modifiers = new ArrayList<>(0);
        Alias alias = grammar.relationTails.modifiersAndAlias(modifiers);
        return new Relation.DerivedTable(query, lateral, List.copyOf(modifiers), alias, rangeFrom(mark));
    }

    /** What stands behind TABLE in an argument: {@code t}, {@code (t)}, {@code (SELECT …)}, with PARTITION BY and the like behind. */
    Relation tableArgument() {
        int mark = mark();
        Relation relation = at('(') || !next('(') ? single() : tableOrFunction(mark, false);
        skipUntil(() -> at(','));
        return relation;
    }
}
