package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.tree.Assignment;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.MergeAction;
import io.tailwater.lineage.sql.tree.MergeBranch;
import io.tailwater.lineage.sql.tree.MergeMatch;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MERGE with branches of all forms. */
final class Merges extends GrammarPart {

    Merges(Grammar grammar) {
        super(grammar);
    }

    Statement merge(int mark, @Nullable With with) {
        expect(MERGE);
        accept(WITH, SCHEMA);
        accept(EVOLUTION);
        accept(INTO);
        Relation target = grammar.relations.single();
        expect(USING);
        Relation source = grammar.relations.relation();
        expect(ON);
        Expression condition = grammar.expressions.expression();
        List<MergeBranch> branches = new ArrayList<>();
        while (at(WHEN)) {
            branches.add(branch());
        }
        if (accept(REMOVE)) {
            accept(DUPLICATES);
        }
        if (accept(LOG)) {
            skipToEnd();
        }
        List<SelectItem> output = grammar.updates.output();
        List<SelectItem> returning = output.isEmpty() ? grammar.updates.returning() : output;
        if (at(OPTION)) {
            advance();
            skipParenthesised();
        }
        return new Dml.Merge(with, target, source, condition, List.copyOf(branches), returning, rangeFrom(mark));
    }

    private MergeBranch branch() {
        int mark = mark();
        expect(WHEN);
        boolean not = accept(NOT);
        expect(MATCHED);
        boolean bySource = false;
        if (accept(BY)) {
            bySource = at(SOURCE);
            acceptAny(SOURCE, TARGET);
        }
        Expression condition = accept(AND) ? grammar.expressions.expression() : null;
        expect(THEN);
        MergeAction action = action();
        if (condition == null && accept(WHERE)) {
            condition = grammar.expressions.expression();
        }
        MergeMatch match =
                !not ? MergeMatch.MATCHED : bySource ? MergeMatch.NOT_MATCHED_BY_SOURCE : MergeMatch.NOT_MATCHED;
        return new MergeBranch(match, condition, action, rangeFrom(mark));
    }

    private MergeAction action() {
        int mark = mark();
        if (accept(UPDATE)) {
            return update(mark);
        }
        if (accept(DELETE)) {
            return new MergeAction.MergeDelete(rangeFrom(mark));
        }
        if (accept(INSERT)) {
            return insert(mark);
        }
        if (accept(DO)) {
            expect(NOTHING);
        } else if (accept(ERROR)) {
            if (!at(WHEN) && !atEnd()) {
                grammar.expressions.expression();
            }
        } else {
            throw error("an action of MERGE");
        }
        return new MergeAction.MergeNothing(rangeFrom(mark));
    }

    private MergeAction update(int mark) {
        if (accept(ALL)) {
            skipByName();
            return new MergeAction.MergeUpdateAll(rangeFrom(mark));
        }
        if (!at(SET)) {
            skipByName();
            return new MergeAction.MergeUpdateAll(rangeFrom(mark));
        }
        expect(SET);
        if (accept('*')) {
            exceptColumns();
            return new MergeAction.MergeUpdateAll(rangeFrom(mark));
        }
        List<Assignment> assignments = commaSeparated(grammar.updates::assignment);
        Expression delete = null;
        if (accept(DELETE)) {
            expect(WHERE);
            delete = grammar.expressions.expression();
        } else if (at(WHERE) && deleteFollows()) {
            advance();
            grammar.expressions.expression();
            expect(DELETE);
            expect(WHERE);
            delete = grammar.expressions.expression();
        }
        return new MergeAction.MergeUpdate(assignments, delete, rangeFrom(mark));
    }

    private boolean deleteFollows() {
        for (int token = cursor.index;
                token < cursor.tokens.count() && !cursor.tokens.is(token, WHEN) && !cursor.tokens.is(token, ';');
                token++) {
            if (cursor.tokens.is(token, DELETE)) {
                return true;
            }
        }
        return false;
    }

    private void skipByName() {
        if (accept(BY)) {
            acceptAny(NAME, POSITION);
        }
    }

    private void exceptColumns() {
        if (acceptAny(EXCEPT, EXCLUDE)) {
            skipParenthesised();
        }
    }

    private MergeAction insert(int mark) {
        if (accept('*')) {
            exceptColumns();
            return new MergeAction.MergeInsertAll(rangeFrom(mark));
        }
        if (accept(ROW) || accept(ALL)) {
            skipByName();
            return new MergeAction.MergeInsertAll(rangeFrom(mark));
        }
        if (at(BY) || at(WHEN) || atEnd()) {
            skipByName();
            return new MergeAction.MergeInsertAll(rangeFrom(mark));
        }
        List<QualifiedName> columns = at('(') ? parenthesised(grammar.names::qualifiedAny) : List.of();
        if (accept(ROW)) {
            return new MergeAction.MergeInsertAll(rangeFrom(mark));
        }
        if (accept(DEFAULT)) {
            expect(VALUES);
            return new MergeAction.MergeInsert(columns, List.of(), rangeFrom(mark));
        }
        if (!acceptAny(VALUES, VALUE)) {
            throw error("VALUES");
        }
        List<Expression> values = grammar.primaries.elements();
        return new MergeAction.MergeInsert(columns, values, rangeFrom(mark));
    }
}
