package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.PivotColumn;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.UnpivotGroup;
import java.util.ArrayList;
import java.util.List;

/** PIVOT, UNPIVOT and MATCH_RECOGNIZE. */
final class Pivots extends GrammarPart {

    Pivots(Grammar grammar) {
        super(grammar);
    }

    /** {@code source}, pivoted as often as the text says. */
    Relation pivoted(int mark, Relation source) {
        Relation relation = source;
        for (int length = 0; true; length++) {
            cursor.boundChain(length);
            if (at(PIVOT) && next('(')) {
                relation = pivot(mark, relation);
            } else if (at(UNPIVOT) && (next('(') || next(INCLUDE) || next(EXCLUDE))) {
                relation = unpivot(mark, relation);
            } else if (at(MATCH_RECOGNIZE) && next('(')) {
                relation = matchRecognize(mark, relation);
            } else {
                return relation;
            }
        }
    }

    /** {@code PIVOT (…) alias}. */
    Relation.Pivot pivot(int mark, Relation source) {
        advance();
        expect('(');
        List<SelectItem> aggregates = commaSeparated(grammar.selectItems::item);
        expect(FOR);
        List<PivotColumn> columns = new ArrayList<>();
        do {
            columns.add(pivotColumn());
        } while (!at(')') && !at(GROUP) && !at(DEFAULT) && !atEnd());
        List<Expression> groupBy = groupBy();
        if (accept(DEFAULT)) {
            accept(ON);
            accept(NULL);
            skipParenthesised();
        }
        expect(')');
        Alias alias = grammar.relationTails.alias();
        return new Relation.Pivot(source, aggregates, List.copyOf(columns), groupBy, alias, rangeFrom(mark));
    }

    private List<Expression> groupBy() {
        if (!at(GROUP)) {
            return List.of();
        }
        advance();
        expect(BY);
        return commaSeparated(grammar.expressions::expression);
    }

    private PivotColumn pivotColumn() {
        int mark = mark();
        List<Expression> keys = commaSeparated(grammar.expressions::operand);
        if (keys.size() == 1 && keys.get(0) instanceof Expression.Row row) {
            keys = row.elements();
        }
        expect(IN);
        boolean parenthesised = accept('(');
        if (!parenthesised) {
            List<SelectItem> values = List.of(grammar.selectItems.item());
            return new PivotColumn(keys, values, null, false, rangeFrom(mark));
        }
        return pivotValues(mark, keys);
    }

    private PivotColumn pivotValues(int mark, List<Expression> keys) {
        Query query = null;
        boolean any = false;
        List<SelectItem> values = List.of();
        if (grammar.queries.atStart()) {
            query = grammar.queries.query();
        } else if (accept(ANY)) {
            any = true;
            if (at(ORDER)) {
                grammar.windows.orderBy();
            }
        } else {
            values = commaSeparated(grammar.selectItems::item);
        }
        expect(')');
        return new PivotColumn(keys, values, query, any, rangeFrom(mark));
    }

    /** {@code UNPIVOT (…) alias}. */
    Relation.Unpivot unpivot(int mark, Relation source) {
        advance();
        boolean includeNulls = at(INCLUDE);
        if (acceptAny(INCLUDE, EXCLUDE)) {
            expect(NULLS);
        }
        expect('(');
        List<Identifier> values = nameOrNames();
        expect(FOR);
        List<Identifier> names = nameOrNames();
        expect(IN);
        int width = values.size();
        List<UnpivotGroup> groups = parenthesised(() -> group(width));
        expect(')');
        Alias alias = grammar.relationTails.alias();
        return new Relation.Unpivot(source, includeNulls, values, names, groups, alias, rangeFrom(mark));
    }

    private List<Identifier> nameOrNames() {
        return at('(') ? grammar.names.list() : commaSeparated(grammar.names::anyName);
    }

    private UnpivotGroup group() {
        return group(1);
    }

    /** The columns that go into {@code width} value columns, in parentheses or, in Oracle, without. */
    private UnpivotGroup group(int width) {
        int mark = mark();
        Expression columns = grammar.expressions.expression();
        if (width > 1 && !(columns instanceof Expression.Row)) {
            List<Expression> loose = new ArrayList<>(List.of(columns));
            while (loose.size() < width && accept(',')) {
                loose.add(grammar.expressions.expression());
            }
            columns = new Expression.Row(List.copyOf(loose), false, rangeFrom(mark));
        }
        Expression label = null;
        if (accept(AS) || at(Kind.STRING) || grammar.names.atName()) {
            label = grammar.expressions.expression();
        }
        List<Expression> list = columns instanceof Expression.Row row ? row.elements() : List.of(columns);
        return new UnpivotGroup(list, label, rangeFrom(mark));
    }

    /** DuckDB's {@code PIVOT t ON … USING … GROUP BY …} and {@code UNPIVOT t ON … INTO NAME n VALUE v}. */
    Relation statement() {
        int mark = mark();
        boolean pivot = at(PIVOT);
        advance();
        Relation source = grammar.relations.relation();
        return pivot ? pivotStatement(mark, source) : unpivotStatement(mark, source);
    }

    private Relation pivotStatement(int mark, Relation source) {
        List<PivotColumn> columns = accept(ON) ? commaSeparated(this::onColumn) : List.of();
        List<SelectItem> aggregates = accept(USING) ? commaSeparated(grammar.selectItems::item) : List.of();
        return new Relation.Pivot(source, aggregates, columns, groupBy(), null, rangeFrom(mark));
    }

    private PivotColumn onColumn() {
        int mark = mark();
        Expression key = grammar.expressions.expression(Precedence.OTHER);
        if (!accept(IN)) {
            return new PivotColumn(List.of(key), List.of(), null, true, rangeFrom(mark));
        }
        expect('(');
        return pivotValues(mark, List.of(key));
    }

    private Relation unpivotStatement(int mark, Relation source) {
        expect(ON);
        List<UnpivotGroup> groups = commaSeparated(this::group);
        List<Identifier> names = List.of();
        List<Identifier> values = List.of();
        if (accept(INTO)) {
            expect(NAME);
            names = List.of(grammar.names.anyName());
            expect(VALUE);
            values = commaSeparated(grammar.names::anyName);
        }
        return new Relation.Unpivot(source, false, values, names, groups, null, rangeFrom(mark));
    }

    private Relation matchRecognize(int mark, Relation source) {
        advance();
        expect('(');
        List<Expression> partitionBy = List.of();
        if (accept(PARTITION, BY)) {
            partitionBy = commaSeparated(grammar.expressions::expression);
        }
        List<OrderItem> orderBy = at(ORDER) ? grammar.windows.orderBy() : List.of();
        List<SelectItem> measures = accept(MEASURES) ? commaSeparated(this::measure) : List.of();
        boolean allRows = at(ALL);
        skipUntil(() -> at(DEFINE));
        List<SelectItem> definitions = accept(DEFINE) ? commaSeparated(this::definition) : List.of();
        expect(')');
        Alias alias = grammar.relationTails.alias();
        return new Relation.MatchRecognize(
                source, partitionBy, orderBy, measures, allRows, definitions, alias, rangeFrom(mark));
    }

    private SelectItem measure() {
        acceptAny(FINAL, RUNNING);
        return grammar.selectItems.item();
    }

    private SelectItem definition() {
        int mark = mark();
        Identifier name = grammar.names.anyName();
        expect(AS);
        return new SelectItem(grammar.expressions.expression(), List.of(name), rangeFrom(mark));
    }
}
