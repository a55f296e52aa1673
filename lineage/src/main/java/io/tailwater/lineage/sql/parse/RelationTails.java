package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.ModifierKind;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import io.tailwater.lineage.sql.tree.RelationModifier;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.WithPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows a relation: alias with columns, samples, time travel, hints. */
final class RelationTails extends GrammarPart {

    RelationTails(Grammar grammar) {
        super(grammar);
    }

    /** Reads modifiers and alias in either order; the modifiers go to {@code modifiers}. */
    @Nullable
    Alias modifiersAndAlias(List<RelationModifier> modifiers) {
        readModifiers(modifiers);
        Alias alias = alias();
        readModifiers(modifiers);
        return alias;
    }

    /** {@code AS name (columns)}, if it stands here. */
    @Nullable
    Alias alias() {
        int mark = mark();
        if (at(AS)) {
            if (next(OF)) {
                return null;
            }
            advance();
            if (at('(')) {
                return new Alias(null, parenthesised(this::aliasColumn), rangeFrom(mark));
            }
            return withColumns(mark, grammar.names.anyName());
        }
        if (grammar.names.atName() && !atRelationWord()) {
            return withColumns(mark, grammar.names.name());
        }
        if (at('(') && isColumnList()) {
            return new Alias(null, parenthesised(this::aliasColumn), rangeFrom(mark));
        }
        return null;
    }

    /** {@code (query) (a, b)}: columns without a name, behind a closing parenthesis. */
    private boolean isColumnList() {
        boolean behindQuery = cursor.index > 0 && cursor.tokens.is(cursor.index - 1, ')');
        return behindQuery && nextKind() == Kind.WORD && (cursor.at(2, ',') || cursor.at(2, ')'));
    }

    private Alias withColumns(int mark, Identifier name) {
        boolean columns = at('(') && !next('+') && !next(NOLOCK);
        return new Alias(name, columns ? parenthesised(this::aliasColumn) : List.of(), rangeFrom(mark));
    }

    private ColumnDefinition aliasColumn() {
        int mark = mark();
        Identifier name = grammar.names.anyName();
        accept(':');
        DataType type = at(',') || at(')') ? null : grammar.types.type();
        return new ColumnDefinition(name, type, null, null, List.of(), rangeFrom(mark));
    }

    /** Words that are free as names but mean something else behind a relation. */
    private boolean atRelationWord() {
        Keyword keyword = cursor.keyword(0);
        if (keyword == null) {
            return false;
        }
        return switch (keyword) {
            case PIVOT, UNPIVOT, MATCH_RECOGNIZE -> next('(') || next(INCLUDE) || next(EXCLUDE);
            case TABLESAMPLE -> true;
            case SAMPLE -> next('(') || nextKind() == Kind.NUMBER || next(ROW) || next(BLOCK);
            case FINAL, PREWHERE, SETTINGS, GLOBAL, ARRAY, PASTE -> has(Feature.CLICKHOUSE_CLAUSES);
            case FORMAT -> has(Feature.CLICKHOUSE_CLAUSES) && nextKind() == Kind.WORD;
            case ASOF, POSITIONAL -> next(JOIN) || next(LEFT) || next(INNER) || next(RIGHT) || next(FULL);
            case SEMI, ANTI -> next(JOIN);
            case ANY, ALL -> next(JOIN) || next(LEFT) || next(INNER);
            case STRAIGHT_JOIN -> true;
            case VERSION, TIMESTAMP, SYSTEM_TIME, SYSTEM_VERSION -> next(AS);
            case BEFORE -> next('(');
            case AT -> next('(') || nextIsFreeName();
            case CHANGES -> next('(');
            case START -> next(WITH);
            case CONNECT -> next(BY);
            case WINDOW -> Names.isNameStart(nextKind()) && cursor.at(2, AS);
            case LOCK -> next(IN);
            case COMMENT -> nextKind() == Kind.STRING || next(IS);
            case DIRECTED, SEMIALL -> next(JOIN);
            case MATCH_CONDITION -> next('(');
            case NULLAWARE -> next(ANTI);
            case PREFERRING -> next(HIGH) || next(LOW) || next('(');
            case REFERENCING -> true;
            case MODEL -> atModel(this);
            case LATERAL -> true;
            case CLUSTER, SORT, DISTRIBUTE -> next(BY);
            case USE, FORCE, IGNORE -> next(INDEX) || next(KEY);
            case INDEXED -> next(BY);
            case PARTITION -> next('(') || next(BY);
            case OPTION -> next('(');
            case MINUS -> next(SELECT) || next('(') || next(ALL);
            case OUTER, CROSS -> next(APPLY) || next(JOIN);
            case WITH -> true;
            case SET -> true;
            case OFFSET -> nextKind() == Kind.NUMBER || nextKind() == Kind.VARIABLE || next('(');
            case FETCH -> next(FIRST) || next(NEXT);
            case LIMIT -> nextKind() == Kind.NUMBER;
            case WHEN, RETURNING, VALUES, DO, BEGIN, LOOP, THEN -> true;
            case OUTPUT -> has(Feature.ALIAS_EQUALS_VALUE);
            case NOT -> next(INDEXED);
            case INSERT, MAP, REDUCE -> has(Feature.HIVE_CLAUSES);
            default -> false;
        };
    }

    /** Whether Oracle's MODEL clause starts here, and no name. */
    static boolean atModel(GrammarPart part) {
        return part.has(Feature.PL_SQL)
                && part.at(MODEL)
                && (part.next(PARTITION)
                        || part.next(DIMENSION)
                        || part.next(MAIN)
                        || part.next(RETURN)
                        || part.next(IGNORE)
                        || part.next(KEEP)
                        || part.next(UNIQUE));
    }

    private void readModifiers(List<RelationModifier> modifiers) {
        while (true) {
            RelationModifier modifier = modifier();
            if (modifier == null) {
                return;
            }
            modifiers.add(modifier);
        }
    }

    private @Nullable RelationModifier modifier() {
        Keyword keyword = cursor.keyword(0);
        if (keyword == null) {
            return at('(') && (next(NOLOCK) || next(READUNCOMMITTED)) ? parenthesisedHint() : null;
        }
        return switch (keyword) {
            case TABLESAMPLE -> sample();
            case SAMPLE -> next('(') || nextKind() == Kind.NUMBER || next(ROW) || next(BLOCK) ? sample() : null;
            case USING -> next(SAMPLE) ? usingSample() : null;
            case FINAL -> has(Feature.CLICKHOUSE_CLAUSES) ? single(ModifierKind.FINAL) : null;
            case FOR ->
                next(SYSTEM_TIME)
                                || next(SYSTEM)
                                || next(TIMESTAMP)
                                || next(VERSION)
                                || next(PORTION)
                                || next(SYSTEM_VERSION)
                                || next(BUSINESS_TIME)
                        ? timeTravel()
                        : null;
            case VERSION, TIMESTAMP -> next(AS) && cursor.at(2, OF) ? timeTravel() : null;
            case AS -> next(OF) ? timeTravel() : null;
            case AT -> next('(') ? snowflakeTravel() : nextIsFreeName() ? position(1) : null;
            case BEFORE -> next('(') ? snowflakeTravel() : null;
            case CHANGES -> next('(') ? snowflakeTravel() : null;
            case WITH -> next('(') ? withHint() : next(OFFSET) ? position(2) : null;
            case USE, FORCE, IGNORE -> next(INDEX) || next(KEY) ? indexHint() : null;
            case INDEXED -> next(BY) ? indexHint() : null;
            case NOT -> next(INDEXED) ? single(ModifierKind.HINT) : null;
            case PARTITION, SUBPARTITION ->
                next('(') || next(FOR) || next(BY) && cursor.at(2, '(') ? partition() : null;
            default -> null;
        };
    }

    /** Whether a name follows, rather than a word such as ON that makes the word before it the name. */
    private boolean nextIsFreeName() {
        Keyword keyword = cursor.keyword(1);
        return Names.isNameStart(nextKind()) && (keyword == null || !dialect().reserves(keyword));
    }

    /** The position of an array's element, under a name: {@code AT i}, {@code WITH OFFSET [AS] i}. */
    private RelationModifier position(int words) {
        int mark = mark();
        for (int i = 0; i < words; i++) {
            advance();
        }
        boolean named = accept(AS) || grammar.names.atName() && !atRelationWord();
        int name = mark();
        Expression alias = new Expression.Symbol(named ? grammar.names.anyName().text() : "offset", rangeFrom(name));
        return new RelationModifier(
                ModifierKind.POSITION, words == 1 ? "AT" : "WITH OFFSET", List.of(alias), rangeFrom(mark));
    }

    RelationModifier word(int mark, ModifierKind kind) {
        return new RelationModifier(kind, Upper.of(rangeFrom(mark).of(cursor.sql)), List.of(), rangeFrom(mark));
    }

    private RelationModifier single(ModifierKind kind) {
        int mark = mark();
        if (accept(NOT)) {
            accept(INDEXED);
        } else {
            advance();
        }
        return word(mark, kind);
    }

    private RelationModifier sample() {
        int mark = mark();
        advance();
        while (at(Kind.WORD)
                && !at(REPEATABLE)
                && !at(SEED)
                && (next('(') || nextKind() == Kind.WORD && cursor.at(2, '('))) {
            advance();
        }
        if (at('(')) {
            skipParenthesised();
        } else {
            grammar.expressions.expression(Precedence.POWER);
            if (!accept('%')) {
                acceptAny(PERCENT, ROWS);
            }
            if (accept(OFFSET)) {
                grammar.expressions.expression(Precedence.MULTIPLY);
            }
        }
        while (atAny(REPEATABLE, SEED) && next('(')) {
            advance();
            skipParenthesised();
        }
        return word(mark, ModifierKind.SAMPLE);
    }

    private RelationModifier usingSample() {
        int mark = mark();
        advance();
        advance();
        skipUntil(() -> ClauseRecovery.atClause(this) || at(','));
        return word(mark, ModifierKind.SAMPLE);
    }

    /** {@code FOR SYSTEM_TIME AS OF x}, {@code VERSION AS OF x}, {@code FOR … BETWEEN x AND y}, {@code FROM x TO y}. */
    private RelationModifier timeTravel() {
        int mark = mark();
        accept(FOR);
        accept(SYSTEM);
        acceptAny(SYSTEM_TIME, SYSTEM_VERSION, TIMESTAMP, VERSION, TIME, BUSINESS_TIME, PORTION);
        if (accept(OF)) {
            advance();
        }
        if (accept(AS)) {
            expect(OF);
            acceptAny(SCN, SYSTEM);
            if (at(TIMESTAMP) && nextKind() != Kind.STRING) {
                advance();
            }
            accept(TIME);
        }
        Expression moment = null;
        if (accept(CONTAINED)) {
            expect(IN);
            moment = grammar.primaries.parenthesised();
        } else if (!accept(ALL)) {
            boolean between = acceptAny(BETWEEN, FROM);
            moment = grammar.expressions.expression(Precedence.OTHER);
            if (between && acceptAny(AND, TO)) {
                grammar.expressions.expression(Precedence.OTHER);
            }
        }
        List<Expression> arguments = moment == null ? List.of() : List.of(moment);
        return new RelationModifier(
                ModifierKind.TIME_TRAVEL, Upper.of(rangeFrom(mark).of(cursor.sql)), arguments, rangeFrom(mark));
    }

    private RelationModifier snowflakeTravel() {
        int mark = mark();
        do {
            advance();
            skipParenthesised();
        } while (atAny(AT, BEFORE, END) && next('('));
        return word(mark, ModifierKind.TIME_TRAVEL);
    }

    private RelationModifier withHint() {
        int mark = mark();
        advance();
        skipParenthesised();
        return word(mark, ModifierKind.HINT);
    }

    private RelationModifier parenthesisedHint() {
        int mark = mark();
        skipParenthesised();
        return word(mark, ModifierKind.HINT);
    }

    private RelationModifier indexHint() {
        int mark = mark();
        advance();
        advance();
        if (accept(FOR)) {
            skipUntil(() -> at('('));
        }
        if (at('(')) {
            skipParenthesised();
        } else {
            grammar.names.anyName();
        }
        return word(mark, ModifierKind.HINT);
    }

    private RelationModifier partition() {
        int mark = mark();
        advance();
        acceptAny(FOR, BY);
        skipParenthesised();
        return word(mark, ModifierKind.PARTITION);
    }

    /** The position that was read as a modifier, which a function keeps apart. */
    @Nullable
    WithPosition takePosition(List<RelationModifier> modifiers) {
        for (RelationModifier modifier : modifiers) {
            if (modifier.kind() == ModifierKind.POSITION) {
                modifiers.remove(modifier);
                Expression name = modifier.arguments().get(0);
                SourceRange range = name.range();
                boolean named = range.end() > range.start();
                Identifier alias =
                        named ? new Identifier(((Expression.Symbol) name).word(), QuoteStyle.NONE, range) : null;
                return new WithPosition(false, alias, modifier.range());
            }
        }
        return position();
    }

    /** {@code WITH ORDINALITY}, if it stands here. */
    @Nullable
    WithPosition position() {
        if (!at(WITH) || !next(ORDINALITY)) {
            return null;
        }
        int mark = mark();
        advance();
        advance();
        return new WithPosition(true, null, rangeFrom(mark));
    }
}
