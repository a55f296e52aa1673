package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.ConnectBy;
import io.tailwater.lineage.sql.tree.Distinct;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.GroupBy;
import io.tailwater.lineage.sql.tree.GroupElement;
import io.tailwater.lineage.sql.tree.GroupKind;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Into;
import io.tailwater.lineage.sql.tree.LateralView;
import io.tailwater.lineage.sql.tree.Limit;
import io.tailwater.lineage.sql.tree.NamedWindow;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.Select;
import io.tailwater.lineage.sql.tree.SelectForm;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.UnparsedClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clauses of one SELECT block, in whatever order they come. A clause that cannot be understood costs that clause. */
final class SelectClauses extends GrammarPart {

    @Nullable
    Distinct distinct;

    @Nullable
    Limit top;

    SelectForm form = SelectForm.ROWS;
    List<SelectItem> items = List.of();
    List<Relation> from = List.of();
    private @Nullable Into into;
    private final List<LateralView> lateralViews = new ArrayList<>(0);
    private @Nullable Expression prewhere;
    private @Nullable Expression where;
    private @Nullable Expression startWith;
    private int hierarchyMark = -1;
    private @Nullable ConnectBy connectBy;
    private @Nullable GroupBy groupBy;
    private @Nullable Expression having;
    private @Nullable Expression qualify;
    private List<NamedWindow> windows = List.of();
    private @Nullable Limit limitBy;
    private final List<UnparsedClause> unparsed = new ArrayList<>(0);

    SelectClauses(Grammar grammar) {
        super(grammar);
    }

    Select select(SourceRange range) {
        return new Select(
                distinct,
                top,
                form,
                items,
                into,
                from,
                List.copyOf(lateralViews),
                prewhere,
                where,
                connectBy,
                groupBy,
                having,
                qualify,
                windows,
                limitBy,
                List.copyOf(unparsed),
                range);
    }

    void read() {
        while (true) {
            int mark = mark();
            int depth = cursor.depth();
            try {
                if (!clause()) {
                    return;
                }
            } catch (SyntaxError problem) {
                cursor.resetDepth(depth);
                unparsed.add(ClauseRecovery.skip(this, mark, problem));
            }
        }
    }

    private boolean clause() {
        Keyword keyword = cursor.keyword(0);
        if (keyword == null) {
            return false;
        }
        switch (keyword) {
            case FROM -> from();
            case INTO -> {
                if (next(OUTFILE) || next(DUMPFILE)) {
                    return false;
                }
                into = grammar.selects.into();
            }
            case BULK -> {
                advance();
                expect(COLLECT);
            }
            case WHERE -> where = condition();
            case PREWHERE -> prewhere = condition();
            case HAVING -> having = condition();
            case QUALIFY -> qualify = condition();
            case GROUP -> {
                return next(BY) && groupBy();
            }
            case WINDOW -> {
                if (!cursor.at(2, AS)) {
                    return false;
                }
                windows();
            }
            case MODEL -> {
                if (!RelationTails.atModel(this)) {
                    return false;
                }
                model();
            }
            case PREFERRING, REFERENCING -> {
                advance();
                skipUntil(() -> ClauseRecovery.atClause(this));
            }
            case START -> {
                return next(WITH) && startWith();
            }
            case CONNECT -> {
                return next(BY) && connectBy();
            }
            case LATERAL -> {
                return next(VIEW) && lateralView();
            }
            case LIMIT -> {
                return limitBy();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Oracle's MODEL clause: understood as what it is, but which cells its rules read is not followed. */
    private void model() {
        int mark = mark();
        advance();
        skipUntil(() -> at(ORDER) && next(BY) || atAny(UNION, INTERSECT, MINUS, FETCH, OFFSET));
        unparsed.add(new UnparsedClause("what the rules of a MODEL clause compute is not followed", rangeFrom(mark)));
    }

    void from() {
        expect(FROM);
        from = grammar.relations.list();
    }

    private Expression condition() {
        advance();
        return grammar.expressions.expression();
    }

    private boolean groupBy() {
        int mark = mark();
        expect(GROUP);
        expect(BY);
        if (!accept(DISTINCT) && at(ALL) && !next('.')) {
            advance();
            boolean nothingMore = !grammar.names.atName() && !at('(') || atEnd();
            if (nothingMore) {
                groupBy = new GroupBy(true, List.of(), totals(), rangeFrom(mark));
                return true;
            }
        }
        List<GroupElement> elements = commaSeparated(this::groupElement);
        List<GroupElement> all = new ArrayList<>(elements);
        while (at(GROUPING, SETS)) {
            all.add(groupElement());
        }
        boolean totals = withRollup(all);
        groupBy = new GroupBy(false, List.copyOf(all), totals, rangeFrom(mark));
        return true;
    }

    private boolean totals() {
        return accept(WITH, TOTALS);
    }

    /** {@code WITH ROLLUP}, {@code WITH CUBE}, {@code WITH TOTALS} behind the keys. */
    private boolean withRollup(List<GroupElement> elements) {
        boolean totals = false;
        while (at(WITH) && (next(ROLLUP) || next(CUBE) || next(TOTALS))) {
            int mark = mark();
            advance();
            totals |= at(TOTALS);
            GroupKind kind = at(CUBE) ? GroupKind.CUBE : GroupKind.ROLLUP;
            if (!at(TOTALS)) {
                List<Expression> keys = elements.stream()
                        .flatMap(each -> each.expressions().stream())
                        .toList();
                elements.clear();
                elements.add(new GroupElement(kind, keys, rangeFrom(mark)));
            }
            advance();
        }
        return totals;
    }

    private GroupElement groupElement() {
        int mark = mark();
        GroupKind kind = GroupKind.KEY;
        if (at(GROUPING) && next(SETS)) {
            advance();
            kind = GroupKind.SETS;
        } else if (atAny(ROLLUP, CUBE) && next('(')) {
            kind = at(CUBE) ? GroupKind.CUBE : GroupKind.ROLLUP;
        }
        if (kind == GroupKind.KEY) {
            Expression key = grammar.expressions.expression();
            acceptAny(ASC, DESC);
            if (accept(AS)) {
                grammar.names.anyName();
            }
            return new GroupElement(kind, List.of(key), rangeFrom(mark));
        }
        advance();
        return new GroupElement(kind, parenthesised(this::setMember), rangeFrom(mark));
    }

    private Expression setMember() {
        int mark = mark();
        if (at(ROLLUP) || at(CUBE) || at(GROUPING) && next(SETS)) {
            GroupElement inner = groupElement();
            return new Expression.Row(inner.expressions(), false, rangeFrom(mark));
        }
        return grammar.expressions.expression();
    }

    private void windows() {
        expect(WINDOW);
        windows = commaSeparated(grammar.windows::named);
    }

    private boolean startWith() {
        int mark = mark();
        advance();
        advance();
        startWith = grammar.expressions.expression();
        if (connectBy != null) {
            connectBy = new ConnectBy(startWith, connectBy.condition(), connectBy.noCycle(), rangeFrom(hierarchyMark));
        } else {
            hierarchyMark = mark;
        }
        return true;
    }

    private boolean connectBy() {
        int mark = mark();
        advance();
        advance();
        hierarchyMark = startWith == null ? mark : hierarchyMark;
        boolean noCycle = accept(NOCYCLE);
        Expression condition = grammar.expressions.expression();
        connectBy = new ConnectBy(startWith, condition, noCycle, rangeFrom(hierarchyMark));
        return true;
    }

    private boolean lateralView() {
        int mark = mark();
        advance();
        advance();
        boolean outer = accept(OUTER);
        int call = mark();
        QualifiedName name = grammar.names.qualified();
        Expression.FunctionCall function = grammar.calls.call(call, name);
        Identifier alias = grammar.names.atName() && !at(AS) ? grammar.names.name() : null;
        List<Identifier> columns = List.of();
        if (accept(AS)
                || alias != null
                        && grammar.names.atName()
                        && nextKind() != Kind.STRING
                        && !atAny(LATERAL, WINDOW, CLUSTER, DISTRIBUTE, SORT, INSERT, PIVOT)) {
            columns = at('(') ? grammar.names.list() : commaSeparated(grammar.names::anyName);
        }
        lateralViews.add(new LateralView(outer, function, alias, columns, rangeFrom(mark)));
        return true;
    }

    /** ClickHouse's {@code LIMIT n BY keys}; a plain LIMIT belongs to the query. */
    private boolean limitBy() {
        if (!has(Feature.CLICKHOUSE_CLAUSES) || !isLimitBy()) {
            return false;
        }
        int mark = mark();
        expect(LIMIT);
        Expression first = grammar.expressions.expression();
        Expression offset = accept(OFFSET) ? grammar.expressions.expression() : null;
        Expression second = accept(',') ? grammar.expressions.expression() : null;
        expect(BY);
        List<Expression> by = commaSeparated(grammar.expressions::expression);
        limitBy = new Limit(
                second == null ? first : second, second == null ? offset : first, false, false, by, rangeFrom(mark));
        return true;
    }

    private boolean isLimitBy() {
        int ahead = 1;
        while (ahead < 6 && cursor.kind(ahead) != Kind.END) {
            if (cursor.at(ahead, BY)) {
                return true;
            }
            ahead++;
        }
        return false;
    }
}
