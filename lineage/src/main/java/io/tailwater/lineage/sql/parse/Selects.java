package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Distinct;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Into;
import io.tailwater.lineage.sql.tree.Limit;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.Select;
import io.tailwater.lineage.sql.tree.SelectForm;
import io.tailwater.lineage.sql.tree.SelectItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One SELECT block, SELECT first or FROM first. */
final class Selects extends GrammarPart {

    Selects(Grammar grammar) {
        super(grammar);
    }

    Select select() {
        int mark = mark();
        if (at(FROM)) {
            return fromFirst(mark);
        }
        if (at(TABLE)) {
            return tableQuery(mark);
        }
        if (atAny(PIVOT, UNPIVOT, SUMMARIZE, DESCRIBE, SHOW)) {
            return duckStatement(mark);
        }
        if (!acceptAny(SELECT, SEL, PERFORM)) {
            throw error("a query");
        }
        SelectClauses clauses = new SelectClauses(grammar);
        head(clauses);
        clauses.read();
        return clauses.select(rangeFrom(mark));
    }

    /** {@code FROM relation INSERT …}'s shared relations, or the start of a FROM-first query. */
    private Select fromFirst(int mark) {
        SelectClauses clauses = new SelectClauses(grammar);
        clauses.from();
        return fromFirst(mark, clauses);
    }

    /** The rest of a FROM-first query, whose relations {@code clauses} already has. */
    Select fromFirst(int mark, SelectClauses clauses) {
        if (acceptAny(SELECT, SEL)) {
            head(clauses);
        } else if (atAny(MAP, REDUCE)) {
            advance();
            head(clauses);
        } else {
            clauses.items = impliedStar();
        }
        clauses.read();
        return clauses.select(rangeFrom(mark));
    }

    List<SelectItem> impliedStar() {
        Expression star = new Expression.Star(null, null, emptyRange());
        return List.of(new SelectItem(star, List.of(), emptyRange()));
    }

    private Select tableQuery(int mark) {
        expect(TABLE);
        return allOf(mark, grammar.relations.relation());
    }

    /** {@code SELECT *} from a relation that stood in another form. */
    Select allOf(int mark, Relation relation) {
        SelectClauses clauses = new SelectClauses(grammar);
        clauses.items = impliedStar();
        clauses.from = List.of(relation);
        return clauses.select(rangeFrom(mark));
    }

    private Select duckStatement(int mark) {
        if (atAny(PIVOT, UNPIVOT)) {
            return allOf(mark, grammar.pivots.statement());
        }
        advance();
        return allOf(mark, grammar.relations.relation());
    }

    private void head(SelectClauses clauses) {
        quantifier(clauses);
        if (has(Feature.TOP) && at(TOP) && !next(',') && !next('.')) {
            clauses.top = top();
            quantifier(clauses);
        }
        hints();
        if (at(AS) && (next(STRUCT) || next(VALUE))) {
            clauses.form = next(STRUCT) ? SelectForm.AS_STRUCT : SelectForm.AS_VALUE;
            advance();
            advance();
        }
        if (at(TRANSFORM) && next('(') && has(Feature.HIVE_CLAUSES) && isScriptTransform()) {
            clauses.form = SelectForm.TRANSFORM;
            clauses.items = transform();
            return;
        }
        if (at(INVALID) && (next(FOREIGN) || next(UNIQUE) || next(PRIMARY))) {
            skipUntil(() -> at(FROM));
            clauses.items = impliedStar();
            return;
        }
        clauses.items = noItems() ? List.of() : grammar.selectItems.items();
        if (at(WITH, INVALID)) {
            skipUntil(() -> at(FROM));
        }
    }

    /** Postgres allows a SELECT of nothing. */
    private boolean noItems() {
        return atEnd() || at(')') || at(FROM) && !next('.') && !next(',') || at(WHERE) || at(UNION);
    }

    private void quantifier(SelectClauses clauses) {
        int mark = mark();
        while (true) {
            if (at(NORMALIZE) && (next(ON) || nextKind() == Kind.WORD && nextKeyword() == null)) {
                advance();
                if (accept(ON)) {
                    acceptAny(MEETS, OVERLAPS);
                    if (accept(OR)) {
                        acceptAny(MEETS, OVERLAPS);
                    }
                }
                continue;
            }
            if (at(ALL) && !next('.') && !next(',')) {
                advance();
            } else if (atAny(DISTINCT, DISTINCTROW, UNIQUE) && !next('.') && !next(',')) {
                advance();
                List<Expression> on = accept(ON) ? grammar.primaries.elements() : List.of();
                clauses.distinct = new Distinct(on, rangeFrom(mark));
            } else if (atAny(
                            SQL_CALC_FOUND_ROWS,
                            SQL_NO_CACHE,
                            SQL_CACHE,
                            STRAIGHT_JOIN,
                            HIGH_PRIORITY,
                            SQL_SMALL_RESULT,
                            SQL_BIG_RESULT,
                            SQL_BUFFER_RESULT,
                            STREAM)
                    && !next(',')
                    && !next('.')
                    && !next(FROM)) {
                advance();
            } else {
                return;
            }
        }
    }

    /** BigQuery's {@code WITH DIFFERENTIAL_PRIVACY OPTIONS(…)} and the like. */
    private void hints() {
        if (at(WITH) && nextKind() == Kind.WORD) {
            advance();
            advance();
            if (accept(OPTIONS)) {
                skipParenthesised();
            }
        }
    }

    private Limit top() {
        int mark = mark();
        expect(TOP);
        Expression count =
                at('(') ? grammar.primaries.parenthesised() : grammar.expressions.expression(Precedence.UNARY);
        boolean percent = accept(PERCENT);
        boolean withTies = at(WITH) && next(TIES);
        if (withTies) {
            advance();
            advance();
        }
        return new Limit(count, null, percent, withTies, List.of(), rangeFrom(mark));
    }

    /** Whether {@code TRANSFORM (…)} is Hive's script form, not a function: USING follows. */
    private boolean isScriptTransform() {
        int ahead = 1;
        int open = 0;
        do {
            if (cursor.at(ahead, '(')) {
                open++;
            } else if (cursor.at(ahead, ')')) {
                open--;
            }
            ahead++;
        } while (open > 0 && cursor.kind(ahead) != Kind.END);
        return cursor.at(ahead, USING) || cursor.at(ahead, ROW);
    }

    private List<SelectItem> transform() {
        int mark = mark();
        expect(TRANSFORM);
        List<Expression> arguments = grammar.primaries.elements();
        skipUntil(() -> at(USING));
        expect(USING);
        grammar.literals.string();
        Expression value = grammar.calls.invented("TRANSFORM", arguments, mark);
        SelectItem item = accept(AS)
                ? new SelectItem(value, transformColumns(), rangeFrom(mark))
                : new SelectItem(value, List.of(), rangeFrom(mark));
        skipUntil(() -> at(FROM) || ClauseRecovery.atClause(this));
        return List.of(item);
    }

    private List<Identifier> transformColumns() {
        boolean parenthesised = accept('(');
        List<Identifier> names = commaSeparated(() -> {
            Identifier name = grammar.names.anyName();
            if (at(Kind.WORD) && !at(FROM)) {
                grammar.types.type();
            }
            return name;
        });
        if (parenthesised) {
            expect(')');
        }
        return names;
    }

    /** {@code INTO target}, the word INTO being next. */
    @Nullable
    Into into() {
        int mark = mark();
        advance();
        accept(STRICT);
        boolean temporary = acceptAny(TEMPORARY, TEMP, UNLOGGED);
        boolean table = accept(TABLE);
        List<QualifiedName> tables = new ArrayList<>();
        List<Expression> variables = new ArrayList<>();
        do {
            if (at(Kind.WORD) || at(Kind.QUOTED) || table) {
                tables.add(grammar.names.table());
                while (accept('[') || accept('(')) {
                    grammar.expressions.expression();
                    advance();
                }
            } else {
                variables.add(grammar.primaries.primary());
            }
        } while (accept(','));
        return new Into(List.copyOf(tables), temporary, List.copyOf(variables), rangeFrom(mark));
    }
}
