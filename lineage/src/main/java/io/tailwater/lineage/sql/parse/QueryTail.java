package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Limit;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.QueryBody;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.UnparsedClause;
import io.tailwater.lineage.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clauses behind a query's body, in whatever order they come: ORDER BY, LIMIT, OFFSET, FETCH, FOR and those without meaning for lineage. */
final class QueryTail extends GrammarPart {

    private List<OrderItem> orderBy = List.of();
    private List<Expression> distributeBy = List.of();
    private final List<UnparsedClause> unparsed = new ArrayList<>(0);
    private @Nullable Expression count;
    private @Nullable Expression offset;
    private List<Expression> limitBy = List.of();
    private boolean percent;
    private boolean withTies;
    private int limitFrom = -1;
    private int limitTo;

    QueryTail(Grammar grammar) {
        super(grammar);
    }

    boolean isEmpty() {
        return orderBy.isEmpty() && distributeBy.isEmpty() && unparsed.isEmpty() && limitFrom < 0;
    }

    Query query(@Nullable With with, QueryBody body, SourceRange range) {
        Limit limit = limitFrom < 0
                ? null
                : new Limit(count, offset, percent, withTies, limitBy, new SourceRange(limitFrom, limitTo));
        return new Query(with, body, orderBy, limit, distributeBy, List.copyOf(unparsed), range);
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
        return switch (keyword) {
            case ORDER -> next(BY) || next(SIBLINGS) ? order() : false;
            case SORT, CLUSTER, DISTRIBUTE -> next(BY) && hiveOrder(keyword);
            case LIMIT -> limit();
            case OFFSET -> offset();
            case FETCH -> (next(FIRST) || next(NEXT) || nextKind() == Tokens.Kind.NUMBER) && fetch();
            case FOR -> forClause();
            case OPTION -> next('(') && skipOption();
            case SETTINGS -> has(Feature.CLICKHOUSE_CLAUSES) && skipSettings();
            case FORMAT -> has(Feature.CLICKHOUSE_CLAUSES) && Names.isNameStart(nextKind()) && skipWords(2);
            case INTO -> next(OUTFILE) || next(DUMPFILE) ? skipRest() : false;
            case LOCK -> next(IN) && skipWords(4);
            case WITH -> isolation();
            case USING -> next(SAMPLE) && skipSample();
            case PROCEDURE -> next(ANALYSE) && skipRest();
            default -> false;
        };
    }

    private boolean order() {
        orderBy = grammar.windows.orderBy();
        if (accept(INTERPOLATE) && at('(')) {
            skipParenthesised();
        }
        return true;
    }

    private boolean hiveOrder(Keyword keyword) {
        advance();
        expect(BY);
        List<OrderItem> keys = grammar.windows.orderItems();
        if (keyword == SORT) {
            orderBy = keys;
        } else {
            distributeBy = keys.stream().map(OrderItem::value).toList();
        }
        return true;
    }

    private boolean limit() {
        int mark = mark();
        advance();
        Expression first = limitCount();
        boolean percentSign = accept('%') | accept(PERCENT);
        Expression second = accept(',') ? grammar.expressions.expression() : null;
        if (second == null && accept(OFFSET)) {
            Expression skipped = grammar.expressions.expression();
            acceptAny(ROWS, ROW);
            offset = skipped;
        }
        count = second == null ? first : second;
        offset = second == null ? offset : first;
        percent |= percentSign;
        if (at(WITH, TIES)) {
            advance();
            advance();
            withTies = true;
        }
        if (at(OVER) && next('(')) {
            advance();
            grammar.windows.over();
        }
        if (accept(BY)) {
            limitBy = commaSeparated(grammar.expressions::expression);
        }
        rememberLimit(mark);
        return true;
    }

    private Expression limitCount() {
        int mark = mark();
        if (accept(ALL)) {
            return new Expression.Symbol("ALL", rangeFrom(mark));
        }
        boolean percentage =
                at(Tokens.Kind.NUMBER) && next('%') && cursor.kind(2) != Tokens.Kind.NUMBER && !cursor.at(2, '(');
        return percentage ? grammar.literals.literal() : grammar.expressions.expression();
    }

    private void rememberLimit(int mark) {
        SourceRange range = rangeFrom(mark);
        limitFrom = limitFrom < 0 ? range.start() : limitFrom;
        limitTo = range.end();
    }

    private boolean offset() {
        int mark = mark();
        advance();
        offset = grammar.expressions.expression();
        acceptAny(ROWS, ROW);
        rememberLimit(mark);
        return true;
    }

    private boolean fetch() {
        int mark = mark();
        advance();
        acceptAny(FIRST, NEXT);
        if (!atAny(ROW, ROWS)) {
            count = grammar.expressions.expression();
            percent = accept(PERCENT);
        }
        acceptAny(ROWS, ROW);
        if (accept(WITH)) {
            accept(TIES);
            withTies = true;
        } else {
            accept(ONLY);
        }
        rememberLimit(mark);
        return true;
    }

    private boolean forClause() {
        if (next(UPDATE) || next(SHARE) || next(NO) || next(KEY) || next(READ) || next(FETCH)) {
            skipUntil(() -> false);
            return true;
        }
        if (next(XML) || next(JSON) || next(BROWSE)) {
            skipUntil(() -> at(OPTION));
            return true;
        }
        return false;
    }

    private boolean skipOption() {
        advance();
        skipParenthesised();
        return true;
    }

    private boolean skipSettings() {
        advance();
        do {
            grammar.names.anyName();
            expect('=');
            grammar.expressions.expression();
        } while (accept(','));
        return true;
    }

    private boolean skipWords(int words) {
        for (int i = 0; i < words; i++) {
            advance();
        }
        return true;
    }

    private boolean skipRest() {
        skipUntil(() -> false);
        return true;
    }

    /** Db2's isolation: {@code WITH UR}. */
    private boolean isolation() {
        boolean found = next(UR) || next(CS) || next(RS) || next(RR);
        return found && skipWords(2);
    }

    private boolean skipSample() {
        skipWords(2);
        skipUntil(() -> atAny(ORDER, LIMIT, UNION));
        return true;
    }
}
