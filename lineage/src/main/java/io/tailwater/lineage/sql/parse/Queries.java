package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.CommonTable;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.QueryBody;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.SetOperation;
import io.tailwater.lineage.sql.tree.SetOperator;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole queries: WITH, set operations, pipes; clauses behind the body are {@link QueryTail}'s. */
final class Queries extends GrammarPart {

    static final int PIPE = Symbols.code("|>");

    Queries(Grammar grammar) {
        super(grammar);
    }

    /** Whether a query without parentheses around it starts here. */
    boolean atStart() {
        return startsAt(0);
    }

    private boolean startsAt(int ahead) {
        Keyword keyword = cursor.keyword(ahead);
        if (keyword == null) {
            return false;
        }
        return switch (keyword) {
            case SELECT, SEL -> !cursor.at(ahead + 1, '.') && !cursor.at(ahead + 1, ',') && !cursor.at(ahead + 1, ')');
            case WITH -> true;
            case VALUES -> isValue(ahead + 1);
            case FROM -> has(Feature.FROM_FIRST);
            case PIVOT, UNPIVOT, SUMMARIZE, DESCRIBE, SHOW ->
                has(Feature.FROM_FIRST) && Names.isNameStart(cursor.kind(ahead + 1)) && !cursor.at(ahead + 2, ')');
            case TABLE -> Names.isNameStart(cursor.kind(ahead + 1));
            default -> false;
        };
    }

    /** Whether what stands {@code ahead} can be the first value behind VALUES. */
    private boolean isValue(int ahead) {
        return switch (cursor.kind(ahead)) {
            case NUMBER, STRING, VARIABLE, TEMPLATE -> true;
            case SYMBOL ->
                cursor.at(ahead, '(')
                        || cursor.at(ahead, '-')
                        || cursor.at(ahead, ':')
                        || cursor.at(ahead, '[')
                        || cursor.at(ahead, '{');
            case WORD -> {
                Keyword word = cursor.keyword(ahead);
                boolean constant =
                        word == NULL || word == TRUE || word == FALSE || word == CASE || word == NOT || word == BETWEEN;
                yield constant || word == null || !dialect().reserves(word);
            }
            case QUOTED, STAGE, BAD, END -> false;
        };
    }

    /** Whether a query starts {@code ahead} tokens further, behind any number of opening parentheses. */
    boolean startsBehindParentheses(int ahead) {
        int position = ahead;
        while (cursor.at(position, '(')) {
            position++;
        }
        return startsAt(position);
    }

    /** A query, with everything that belongs to it. */
    Query query() {
        cursor.enter();
        int mark = mark();
        With with = at(WITH) ? with() : null;
        QueryBody body = setOperation(null, mark(), false);
        Query query = finish(mark, with, body);
        cursor.leave();
        return query;
    }

    /** {@code (query)} with its parentheses. */
    Query parenthesisedQuery() {
        expect('(');
        Query query = at('(') ? startingWithParenthesis() : query();
        expect(')');
        return query;
    }

    private Query startingWithParenthesis() {
        return query();
    }

    /** Whether {@code (query)} that was just read is the first operand of a larger query. */
    boolean continues() {
        return atSetOperator() || atAny(ORDER, LIMIT, FETCH, OFFSET) || at(PIPE);
    }

    /** The larger query whose first operand, in parentheses, was {@code first}. */
    Query continued(int mark, Query first) {
        return finish(mark, null, setOperation(first, mark, false));
    }

    private Query finish(int mark, @Nullable With with, QueryBody first) {
        QueryTail tail = new QueryTail(grammar);
        tail.read();
        Query query = tail.query(with, first, rangeFrom(mark));
        for (int length = 0; atSetOperator() || at(PIPE); length++) {
            cursor.boundChain(length);
            QueryBody body = at(PIPE)
                    ? grammar.pipes.pipeline(mark, tail.isEmpty() && with == null ? first : query)
                    : setOperation(query, mark, false);
            QueryTail outer = new QueryTail(grammar);
            outer.read();
            query = outer.query(tail.isEmpty() && at(PIPE) ? with : null, body, rangeFrom(mark));
        }
        return query;
    }

    private QueryBody setOperation(@Nullable QueryBody given, int mark, boolean onlyIntersect) {
        QueryBody first = onlyIntersect ? given != null ? given : operand() : setOperation(given, mark, true);
        List<SetOperator> operators = new ArrayList<>(2);
        List<QueryBody> operands = new ArrayList<>(2);
        operands.add(first);
        while (onlyIntersect ? at(INTERSECT) : atSetOperator() && !at(INTERSECT)) {
            operators.add(setOperator());
            operands.add(onlyIntersect ? operand() : setOperation(null, mark(), true));
        }
        return operators.isEmpty()
                ? first
                : new SetOperation(List.copyOf(operators), List.copyOf(operands), rangeFrom(mark));
    }

    boolean atSetOperator() {
        Keyword keyword = cursor.keyword(0);
        if (keyword == null) {
            return false;
        }
        return switch (keyword) {
            case UNION, INTERSECT, EXCEPT -> true;
            case MINUS -> startsOperand(1);
            case LEFT, RIGHT, FULL, INNER ->
                next(UNION) || next(OUTER) && cursor.at(2, UNION) || next(INTERSECT) || next(EXCEPT);
            default -> false;
        };
    }

    private boolean startsOperand(int ahead) {
        return cursor.at(ahead, SELECT)
                || cursor.at(ahead, '(')
                || cursor.at(ahead, ALL)
                || cursor.at(ahead, DISTINCT)
                || cursor.at(ahead, VALUES);
    }

    SetOperator setOperator() {
        acceptAny(LEFT, RIGHT, FULL, INNER);
        accept(OUTER);
        SetOperator.Kind kind = at(UNION)
                ? SetOperator.Kind.UNION
                : at(INTERSECT) ? SetOperator.Kind.INTERSECT : SetOperator.Kind.EXCEPT;
        advance();
        boolean all = accept(ALL);
        if (!all) {
            accept(DISTINCT);
        }
        boolean byName = accept(STRICT) | accept(CORRESPONDING) | accept(BY, NAME);
        if (accept(ON) || accept(BY)) {
            skipParenthesised();
            byName = true;
        }
        return new SetOperator(kind, all, byName);
    }

    private QueryBody operand() {
        int mark = mark();
        if (at('(')) {
            cursor.enter();
            Query query = parenthesisedQuery();
            cursor.leave();
            return at(AS) && cursor.at(2, PIPE) ? pipeInput(mark, query) : query;
        }
        if (at(WITH)) {
            return query();
        }
        if (at(VALUES)) {
            return aliasedValues(mark, values(mark));
        }
        return grammar.selects.select();
    }

    /** {@code (query) AS name |> …}. */
    private QueryBody pipeInput(int mark, Query query) {
        Alias alias = grammar.relationTails.alias();
        return grammar.selects.allOf(mark, new Relation.DerivedTable(query, false, List.of(), alias, rangeFrom(mark)));
    }

    private QueryBody values(int mark) {
        expect(VALUES);
        List<Expression.Row> rows = new ArrayList<>();
        if (at(BETWEEN)) {
            rows.add(rangeOfValues());
            return new QueryBody.Values(List.copyOf(rows), rangeFrom(mark));
        }
        rows.add(valuesRow());
        while (at(',') && !next(VALUES)) {
            advance();
            if (at(')') || atEnd()) {
                break;
            }
            rows.add(valuesRow());
        }
        return new QueryBody.Values(List.copyOf(rows), rangeFrom(mark));
    }

    /** Exasol's {@code VALUES BETWEEN a AND b WITH STEP c}. */
    private Expression.Row rangeOfValues() {
        int mark = mark();
        advance();
        List<Expression> bounds = new ArrayList<>(3);
        bounds.add(grammar.expressions.operand());
        expect(AND);
        bounds.add(grammar.expressions.operand());
        if (accept(WITH)) {
            expect(STEP);
            bounds.add(grammar.expressions.operand());
        }
        Expression range = grammar.calls.invented("VALUES_BETWEEN", bounds, mark);
        return new Expression.Row(List.of(range), false, rangeFrom(mark));
    }

    /** A query of VALUES alone, whose alias belongs to whoever asks. */
    Query valuesQuery() {
        int mark = mark();
        QueryBody values = values(mark);
        return new Query(null, values, List.of(), null, List.of(), List.of(), rangeFrom(mark));
    }

    /** {@code VALUES (…) AS t(a, b)} as a query: reads all of the named values. */
    private QueryBody aliasedValues(int mark, QueryBody values) {
        boolean named = at(AS) && Names.isNameStart(nextKind()) && (cursor.at(2, '(') || has(Feature.HIVE_CLAUSES));
        boolean bare = has(Feature.HIVE_CLAUSES) && (at('(') || at(AS) && next('(') || grammar.names.atName());
        if (!named && !bare) {
            return values;
        }
        Query query = new Query(null, values, List.of(), null, List.of(), List.of(), rangeFrom(mark));
        Alias alias = grammar.relationTails.alias();
        Relation relation = new Relation.DerivedTable(query, false, List.of(), alias, rangeFrom(mark));
        return grammar.selects.allOf(mark, relation);
    }

    private Expression.Row valuesRow() {
        int mark = mark();
        boolean named = accept(ROW);
        List<Expression> values = at('(') ? grammar.primaries.elements() : List.of(grammar.expressions.expression());
        return new Expression.Row(values, named, rangeFrom(mark));
    }

    /** The WITH clause. */
    With with() {
        int mark = mark();
        expect(WITH);
        if (accept(XMLNAMESPACES)) {
            skipParenthesised();
            if (!accept(',')) {
                return new With(false, List.of(), rangeFrom(mark));
            }
        }
        boolean recursive = at(RECURSIVE) && !next(AS) && accept(RECURSIVE);
        List<CommonTable> tables = new ArrayList<>();
        do {
            if (!tables.isEmpty() && (atAny(SELECT, INSERT, UPDATE, DELETE, MERGE) || at('('))) {
                break;
            }
            tables.add(commonTable());
        } while (accept(','));
        return new With(recursive, List.copyOf(tables), rangeFrom(mark));
    }

    private CommonTable commonTable() {
        int mark = mark();
        boolean isTable = Names.isNameStart(cursor.kind(0))
                && (next(AS) && cursor.at(2, '(')
                        || next('(')
                        || next(AS) && (cursor.at(2, NOT) || cursor.at(2, MATERIALIZED))
                        || next(USING));
        if (has(Feature.CLICKHOUSE_CLAUSES)
                && (!isTable || next(AS) && !startsBehindParentheses(2) || next('(') && !isColumnList())) {
            return scalar(mark);
        }
        Identifier name = grammar.names.anyName();
        List<Identifier> columns = at('(') && !startsBehindParentheses(1) ? grammar.names.list() : List.of();
        if (accept(USING)) {
            accept(KEY);
            skipParenthesised();
        }
        accept(AS);
        accept(NOT);
        accept(MATERIALIZED);
        Statement statement = statement();
        skipSearchAndCycle();
        return new CommonTable(name, columns, statement, null, rangeFrom(mark));
    }

    /** Whether WITH here starts a query's common tables, not options of something else. */
    boolean startsCommonTables() {
        if (!at(WITH) || !Names.isNameStart(nextKind())) {
            return false;
        }
        boolean plain = cursor.at(2, AS) && (cursor.at(3, '(') || cursor.at(3, NOT) || cursor.at(3, MATERIALIZED));
        return plain || next(XMLNAMESPACES) || next(RECURSIVE) || cursor.at(2, '(') && isColumnListAt(3);
    }

    private boolean isColumnList() {
        return isColumnListAt(2);
    }

    private boolean isColumnListAt(int start) {
        int ahead = start;
        while (!cursor.at(ahead, ')') && cursor.kind(ahead) != Kind.END) {
            ahead++;
        }
        return cursor.at(ahead + 1, AS) && cursor.at(ahead + 2, '(');
    }

    private CommonTable scalar(int mark) {
        Expression value = grammar.expressions.expression();
        expect(AS);
        Identifier name = grammar.names.anyName();
        return new CommonTable(name, List.of(), null, value, rangeFrom(mark));
    }

    private Statement statement() {
        expect('(');
        int mark = mark();
        int depth = cursor.depth();
        Statement statement;
        try {
            statement =
                    changes() ? grammar.statements.statement() : new Statement.QueryStatement(query(), rangeFrom(mark));
            if (!at(')')) {
                throw error("')'");
            }
        } catch (SyntaxError problem) {
            cursor.resetDepth(depth);
            cursor.index = mark;
            skipUntil(() -> false);
            cursor.recovered(mark, problem.reason());
            statement = new Statement.Unparsed(problem.reason(), rangeFrom(mark));
        }
        expect(')');
        return statement;
    }

    private boolean changes() {
        return atAny(INSERT, UPDATE, DELETE, MERGE);
    }

    private void skipSearchAndCycle() {
        if (at(SEARCH) && (next(DEPTH) || next(BREADTH))) {
            skipUntil(() -> atAny(SELECT, CYCLE, INSERT, UPDATE, DELETE, MERGE) || at(','));
        }
        if (at(CYCLE) && Names.isNameStart(nextKind())) {
            skipUntil(() -> atAny(SELECT, INSERT, UPDATE, DELETE, MERGE));
        }
    }
}
