package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.tree.Assignment;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Join;
import io.tailwater.lineage.sql.tree.Limit;
import io.tailwater.lineage.sql.tree.PipeStep;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.QueryBody;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.SetOperator;
import java.util.ArrayList;
import java.util.List;

/** Pipe syntax: {@code FROM t |> WHERE … |> SELECT …}. */
final class Pipes extends GrammarPart {

    Pipes(Grammar grammar) {
        super(grammar);
    }

    QueryBody pipeline(int mark, QueryBody source) {
        List<PipeStep> steps = new ArrayList<>();
        while (accept(Queries.PIPE)) {
            int step = mark();
            int depth = cursor.depth();
            try {
                steps.add(step());
            } catch (SyntaxError problem) {
                cursor.resetDepth(depth);
                skipUntil(() -> at(Queries.PIPE));
                cursor.recovered(step, problem.reason());
                steps.add(new PipeStep.PipeUnparsed(problem.reason(), rangeFrom(step)));
            }
        }
        return new QueryBody.Pipeline(source, List.copyOf(steps), rangeFrom(mark));
    }

    private PipeStep step() {
        int mark = mark();
        if (grammar.queries.atSetOperator()) {
            return setOperation(mark);
        }
        Join join = grammar.joins.join();
        if (join != null) {
            return new PipeStep.PipeJoin(join, rangeFrom(mark));
        }
        Keyword keyword = cursor.keyword(0);
        if (keyword == null) {
            throw error("a pipe operator");
        }
        return switch (keyword) {
            case PIVOT -> new PipeStep.PipePivot(grammar.pivots.pivot(mark, input()), rangeFrom(mark));
            case UNPIVOT -> new PipeStep.PipeUnpivot(grammar.pivots.unpivot(mark, input()), rangeFrom(mark));
            case ORDER -> new PipeStep.PipeOrder(grammar.windows.orderBy(), rangeFrom(mark));
            default -> {
                advance();
                yield simple(mark, keyword);
            }
        };
    }

    private PipeStep simple(int mark, Keyword keyword) {
        return switch (keyword) {
            case SELECT -> select(mark);
            case EXTEND -> new PipeStep.PipeExtend(grammar.selectItems.items(), rangeFrom(mark));
            case WINDOW -> new PipeStep.PipeWindow(grammar.selectItems.items(), rangeFrom(mark));
            case SET -> new PipeStep.PipeSet(commaSeparated(this::assignment), rangeFrom(mark));
            case DROP -> new PipeStep.PipeDrop(commaSeparated(grammar.names::anyName), rangeFrom(mark));
            case RENAME -> new PipeStep.PipeRename(commaSeparated(grammar.selectItems::renaming), rangeFrom(mark));
            case AS -> new PipeStep.PipeAs(grammar.names.anyName(), rangeFrom(mark));
            case WHERE -> new PipeStep.PipeWhere(grammar.expressions.expression(), rangeFrom(mark));
            case AGGREGATE -> aggregate(mark);
            case DISTINCT -> new PipeStep.PipeDistinct(rangeFrom(mark));
            case LIMIT -> limit(mark);
            case CALL -> call(mark);
            case TABLESAMPLE -> sample(mark);
            default -> throw error("a pipe operator");
        };
    }

    private PipeStep select(int mark) {
        boolean distinct = accept(DISTINCT);
        List<SelectItem> items = grammar.selectItems.items();
        return new PipeStep.PipeSelect(distinct, items, rangeFrom(mark));
    }

    private Assignment assignment() {
        return grammar.updates.assignment();
    }

    private PipeStep aggregate(int mark) {
        List<SelectItem> items = at(GROUP) ? List.of() : ordered();
        List<SelectItem> keys = List.of();
        if (accept(GROUP)) {
            accept(AND);
            accept(ORDER);
            expect(BY);
            keys = ordered();
        }
        return new PipeStep.PipeAggregate(items, keys, rangeFrom(mark));
    }

    /** Items that may say how they are ordered. */
    private List<SelectItem> ordered() {
        return commaSeparated(() -> {
            SelectItem item = grammar.selectItems.item();
            acceptAny(ASC, DESC);
            if (accept(NULLS)) {
                advance();
            }
            return item;
        });
    }

    private PipeStep limit(int mark) {
        Expression count = grammar.expressions.expression();
        Expression offset = accept(OFFSET) ? grammar.expressions.expression() : null;
        Limit limit = new Limit(count, offset, false, false, List.of(), rangeFrom(mark));
        return new PipeStep.PipeLimit(limit, rangeFrom(mark));
    }

    private PipeStep call(int mark) {
        int name = mark();
        QualifiedName function = grammar.names.qualified();
        Expression.FunctionCall call = grammar.calls.call(name, function);
        Identifier alias = accept(AS) || grammar.names.atName() ? grammar.names.anyName() : null;
        return new PipeStep.PipeCall(call, alias, rangeFrom(mark));
    }

    private PipeStep sample(int mark) {
        skipUntil(() -> at(Queries.PIPE));
        return new PipeStep.PipeSample(List.of(), rangeFrom(mark));
    }

    private PipeStep setOperation(int mark) {
        SetOperator operator = grammar.queries.setOperator();
        List<QueryBody> operands = commaSeparated(grammar.queries::parenthesisedQuery);
        return new PipeStep.PipeSetOperation(operator, operands, rangeFrom(mark));
    }

    private Relation input() {
        return new Relation.UnparsedRelation("the input of the pipe", emptyRange());
    }
}
