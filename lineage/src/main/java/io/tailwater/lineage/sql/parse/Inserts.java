package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.Assignment;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.InsertBranch;
import io.tailwater.lineage.sql.tree.OnConflict;
import io.tailwater.lineage.sql.tree.PathKind;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.QueryBody;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.RelationModifier;
import io.tailwater.lineage.sql.tree.Select;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT in all forms, REPLACE INTO, Hive's FROM … INSERT, conditional multi-table inserts. */
final class Inserts extends GrammarPart {

    Inserts(Grammar grammar) {
        super(grammar);
    }

    /** {@code REPLACE INTO t …}; other statements that start with REPLACE are skipped. */
    Statement replace(int mark) {
        if (next(INTO) || Names.isNameStart(nextKind()) && !next(VIEW) && !next(TABLE)) {
            return insert(mark, null);
        }
        if (next(VIEW)) {
            return grammar.creates.create(mark);
        }
        return grammar.skips.rest(mark, "replace");
    }

    Statement insert(int mark, @Nullable With with) {
        advance();
        if ((at(ALL) || at(FIRST)) && (next(INTO) || next(WHEN))
                || at(OVERWRITE) && (next(ALL) || next(FIRST))
                || at(WHEN)) {
            accept(OVERWRITE);
            return conditional(mark);
        }
        boolean overwrite = words();
        if (atAny(LOCAL, DIRECTORY) && (next(DIRECTORY) || nextKind() == Kind.STRING || nextKind() == Kind.WORD)) {
            return directory(mark);
        }
        return into(mark, with, overwrite, null);
    }

    /** The words between INSERT and its target; whether the target is overwritten. */
    private boolean words() {
        boolean overwrite = false;
        while (true) {
            if (at(OVERWRITE)) {
                overwrite = true;
                advance();
            } else if (at(OR)
                    || atAny(INTO, TABLE, IGNORE, LOW_PRIORITY, HIGH_PRIORITY, DELAYED, TEMPORARY)
                            && (Names.isNameStart(nextKind()) || next(Kind.STAGE))) {
                boolean alternative = at(OR);
                advance();
                if (alternative) {
                    overwrite |= at(REPLACE) || at(OVERWRITE);
                    advance();
                }
            } else if (at(TOP) && next('(')) {
                advance();
                skipParenthesised();
                accept(PERCENT);
            } else {
                return overwrite;
            }
        }
    }

    private boolean next(Kind kind) {
        return nextKind() == kind;
    }

    private Dml.Insert into(int mark, @Nullable With with, boolean overwrite, @Nullable List<Relation> shared) {
        accept(INTO);
        accept(TABLE);
        Relation target = target();
        List<Assignment> partition = new ArrayList<>(0);
        List<QualifiedName> columns = List.of();
        boolean byName = false;
        List<SelectItem> output = List.of();
        while (true) {
            if (at(PARTITION) && next('(')) {
                advance();
                partition.addAll(parenthesised(this::partitionKey));
            } else if (accept(IF, NOT)) {
                expect(EXISTS);
            } else if (accept(BY, NAME)) {
                byName = true;
            } else if (accept(BY, POSITION)) {
                continue;
            } else if (at('(') && columns.isEmpty() && !grammar.queries.startsBehindParentheses(1)) {
                columns = columns();
            } else if (at(OVERRIDING)) {
                advance();
                advance();
                expect(VALUE);
            } else if (at(REPLACE) && (next(WHERE) || next(USING) || next(ON))) {
                skipReplaceWhere();
            } else if (at(SETTINGS) && has(Feature.CLICKHOUSE_CLAUSES)) {
                skipUntil(() -> grammar.queries.atStart() || at(FORMAT));
            } else if (at(WITH) && next(LABEL)) {
                advance();
                advance();
                grammar.names.anyName();
            } else if (at('[') && cursor.at(2, ']')) {
                skipHint();
            } else if (at(WITH) && next('(')) {
                advance();
                skipParenthesised();
            } else if (at(OUTPUT)) {
                output = grammar.updates.output();
            } else {
                break;
            }
        }
        return source(mark, with, target, overwrite, columns, byName, List.copyOf(partition), shared, output);
    }

    /** Impala's {@code [SHUFFLE]}. */
    private void skipHint() {
        advance();
        advance();
        advance();
    }

    private Dml.Insert source(
            int mark,
            @Nullable With with,
            Relation target,
            boolean overwrite,
            List<QualifiedName> columns,
            boolean byName,
            List<Assignment> partition,
            @Nullable List<Relation> shared,
            List<SelectItem> output) {
        Query query = null;
        List<Assignment> assignments = List.of();
        if (shared != null && atAny(SELECT, MAP, REDUCE)) {
            query = sharing(shared);
        } else if (accept(SET)) {
            assignments = commaSeparated(grammar.updates::assignment);
        } else if (accept(DEFAULT)) {
            expect(VALUES);
        } else if (at(VALUE) && next('(')) {
            query = values();
        } else if (atAny(EXEC, EXECUTE)) {
            skipToEnd();
        } else if (at(FORMAT) || at(FROM) && nextKind() == Kind.STRING) {
            skipToEnd();
        } else if (grammar.queries.startsBehindParentheses(0) || at(FROM)) {
            query = grammar.queries.query();
        } else if (!atEnd()) {
            throw error("a query or VALUES");
        }
        if (at(AS) && grammar.names.anyNameFollows()) {
            skipRowAlias();
        }
        OnConflict onConflict = at(ON) ? onConflict() : null;
        List<SelectItem> returning = output.isEmpty() ? grammar.updates.returning() : output;
        if (at(LOG)) {
            skipToEnd();
        }
        return new Dml.Insert(
                with,
                target,
                overwrite,
                columns,
                byName,
                partition,
                query,
                assignments,
                onConflict,
                returning,
                rangeFrom(mark));
    }

    private Query values() {
        int mark = mark();
        advance();
        List<Expression.Row> rows = commaSeparated(() -> {
            int row = mark();
            return new Expression.Row(grammar.primaries.elements(), false, rangeFrom(row));
        });
        return new Query(
                null,
                new QueryBody.Values(rows, rangeFrom(mark)),
                List.of(),
                null,
                List.of(),
                List.of(),
                rangeFrom(mark));
    }

    /** MySQL's {@code VALUES (…) AS new(a, b)}. */
    private void skipRowAlias() {
        advance();
        grammar.names.anyName();
        if (at('(')) {
            skipParenthesised();
        }
    }

    private void skipReplaceWhere() {
        advance();
        if (accept(WHERE)) {
            grammar.expressions.expression();
        } else if (accept(ON)) {
            grammar.expressions.expression();
        } else {
            advance();
            skipParenthesised();
        }
    }

    private List<QualifiedName> columns() {
        if (next('*') || next(')')) {
            skipParenthesised();
            return List.of();
        }
        return parenthesised(() -> {
            QualifiedName name = grammar.names.qualifiedAny();
            while (at('[') || at('(')) {
                skipUntil(() -> at(','));
            }
            return name;
        });
    }

    private Relation target() {
        int mark = mark();
        if (at(Kind.STAGE) || grammar.literals.atParameter() || at(FUNCTION) || at('(')) {
            accept(FUNCTION);
            return grammar.relations.single();
        }
        QualifiedName name = grammar.names.table();
        List<RelationModifier> none = List.of();
        if (at('(') && isFunctionTarget()) {
            Expression.FunctionCall call = grammar.calls.call(mark, name);
            return new Relation.TableFunction(call, false, List.of(), null, none, null, rangeFrom(mark));
        }
        Alias alias =
                at(AS) && !grammar.queries.startsBehindParentheses(1) || at(Kind.WORD) && cursor.keyword(0) == null
                        ? grammar.relationTails.alias()
                        : null;
        return new Relation.TableReference(name, none, alias, rangeFrom(mark));
    }

    /** ClickHouse's {@code INSERT INTO FUNCTION}, T-SQL's {@code OPENQUERY(…)}: the arguments hold strings. */
    private boolean isFunctionTarget() {
        return cursor.tokens.is(cursor.index - 2, FUNCTION) || nextKind() == Kind.STRING;
    }

    private Assignment partitionKey() {
        int mark = mark();
        QualifiedName name = grammar.names.qualifiedAny();
        Expression value =
                accept('=') ? grammar.expressions.expression() : new Expression.Symbol("DYNAMIC", emptyRange());
        return new Assignment(List.of(name), value, rangeFrom(mark));
    }

    private OnConflict onConflict() {
        int mark = mark();
        expect(ON);
        List<Expression> keys = List.of();
        if (accept(DUPLICATE)) {
            expect(KEY);
            expect(UPDATE);
            return new OnConflict(keys, commaSeparated(grammar.updates::assignment), null, rangeFrom(mark));
        }
        expect(CONFLICT);
        if (at('(')) {
            keys = grammar.primaries.elements();
        } else if (accept(ON)) {
            expect(CONSTRAINT);
            grammar.names.anyName();
        }
        if (accept(WHERE)) {
            grammar.expressions.expression();
        }
        expect(DO);
        List<Assignment> assignments = List.of();
        Expression where = null;
        if (accept(UPDATE)) {
            expect(SET);
            assignments = commaSeparated(grammar.updates::assignment);
            where = accept(WHERE) ? grammar.expressions.expression() : null;
        } else {
            expect(NOTHING);
        }
        return new OnConflict(keys, assignments, where, rangeFrom(mark));
    }

    /** {@code INSERT OVERWRITE DIRECTORY 'path' …}: rows of a query go to files. */
    private Statement directory(int mark) {
        accept(LOCAL);
        expect(DIRECTORY);
        int at = mark();
        String path = "";
        if (at(Kind.STRING)) {
            path = grammar.literals.string().text();
        }
        Relation target = new Relation.PathReference(PathKind.FILE, path, List.of(), List.of(), null, rangeFrom(at));
        skipUntil(() -> grammar.queries.startsBehindParentheses(0) && !at(WITH));
        return directoryFrom(mark, target);
    }

    private Statement directoryFrom(int mark, Relation target) {
        int from = mark();
        Query query = grammar.queries.query();
        Relation source = new Relation.DerivedTable(query, false, List.of(), null, rangeFrom(from));
        return new Dml.Copy(source, target, List.of(), List.of(), rangeFrom(mark));
    }

    /**
     * {@code APPLY CHANGES INTO target FROM source KEYS …} and {@code CREATE FLOW f AS AUTO CDC INTO …}, from before INTO: the newest state of the rows of the source,
     * as an INSERT of all its columns.
     */
    Statement changes(int mark) {
        skipUntil(() -> at(INTO));
        expect(INTO);
        Relation target = target();
        int source = mark();
        expect(FROM);
        Select select = grammar.selects.allOf(source, grammar.relations.single());
        Query query = new Query(null, select, List.of(), null, List.of(), List.of(), rangeFrom(source));
        skipToEnd();
        return new Dml.Insert(
                null, target, false, List.of(), false, List.of(), query, List.of(), null, List.of(), rangeFrom(mark));
    }

    /** A statement that starts with FROM: Hive's inserts, or a FROM-first query. */
    Statement fromFirst(int mark) {
        if (!insertFollows()) {
            return new Statement.QueryStatement(grammar.queries.query(), rangeFrom(mark));
        }
        SelectClauses clauses = new SelectClauses(grammar);
        clauses.read();
        List<Relation> shared = clauses.from;
        List<Dml.Insert> inserts = new ArrayList<>();
        while (at(INSERT)) {
            int insert = mark();
            advance();
            inserts.add(into(insert, null, words(), shared));
        }
        return new Dml.MultiInsert(List.copyOf(inserts), rangeFrom(mark));
    }

    private boolean insertFollows() {
        int open = 0;
        for (int token = cursor.index; token < cursor.tokens.count() && open >= 0; token++) {
            if (cursor.tokens.is(token, '(')) {
                open++;
            } else if (cursor.tokens.is(token, ')')) {
                open--;
            } else if (open == 0 && cursor.tokens.is(token, INSERT)) {
                return true;
            } else if (cursor.tokens.is(token, ';')) {
                return false;
            }
        }
        return false;
    }

    /** A query without a FROM of its own: it reads the shared relations. */
    private Query sharing(List<Relation> shared) {
        int mark = mark();
        SelectClauses clauses = new SelectClauses(grammar);
        clauses.from = shared;
        Select select = grammar.selects.fromFirst(mark, clauses);
        QueryTail tail = new QueryTail(grammar);
        tail.read();
        return tail.query(null, select, rangeFrom(mark));
    }

    /** {@code INSERT ALL [WHEN condition THEN] INTO t (columns) VALUES (values) … query}. */
    private Statement conditional(int mark) {
        boolean first = at(FIRST);
        acceptAny(ALL, FIRST);
        List<InsertBranch> branches = new ArrayList<>();
        Expression condition = null;
        boolean otherwise = false;
        int guard = -1;
        while (true) {
            if (atAny(WHEN, ELSE)) {
                guard = mark();
            }
            if (accept(WHEN)) {
                condition = grammar.expressions.expression();
                expect(THEN);
            } else if (accept(ELSE)) {
                condition = null;
                otherwise = true;
            } else if (at(INTO)) {
                branches.add(branch(guard < 0 ? mark() : guard, condition, otherwise));
            } else {
                break;
            }
        }
        Query source = grammar.queries.query();
        return new Dml.ConditionalInsert(first, List.copyOf(branches), source, rangeFrom(mark));
    }

    private InsertBranch branch(int mark, @Nullable Expression condition, boolean otherwise) {
        expect(INTO);
        QualifiedName target = grammar.names.table();
        List<QualifiedName> columns = at('(') && !grammar.queries.startsBehindParentheses(1) ? columns() : List.of();
        List<Expression> values = accept(VALUES) ? grammar.primaries.elements() : List.of();
        return new InsertBranch(condition, otherwise, target, columns, values, rangeFrom(mark));
    }
}
