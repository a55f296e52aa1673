package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Renaming;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.StarModifiers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of a SELECT list, with aliases and stars. */
final class SelectItems extends GrammarPart {

    SelectItems(Grammar grammar) {
        super(grammar);
    }

    /** A list of items; one that cannot be understood costs itself. */
    List<SelectItem> items() {
        List<SelectItem> items = commaSeparated(this::itemOrUnparsed);
        if (!at(EXCLUDE)) {
            return items;
        }
        advance();
        List<QualifiedName> excluded = names();
        return items.stream().map(item -> without(item, excluded)).toList();
    }

    /** Redshift's {@code SELECT *, x EXCLUDE (a)}: the exclusion behind the list counts for its stars. */
    private static SelectItem without(SelectItem item, List<QualifiedName> excluded) {
        if (!(item.value() instanceof Expression.Star star) || star.modifiers() != null) {
            return item;
        }
        StarModifiers modifiers = new StarModifiers(excluded, List.of(), List.of(), null, List.of(), star.range());
        return new SelectItem(
                new Expression.Star(star.source(), modifiers, star.range()), item.aliases(), item.range());
    }

    private SelectItem itemOrUnparsed() {
        int mark = mark();
        int depth = cursor.depth();
        try {
            SelectItem item = item();
            if (!endsItem()) {
                throw error("',' or FROM");
            }
            return item;
        } catch (SyntaxError problem) {
            return unparsed(mark, depth, problem);
        }
    }

    private boolean endsItem() {
        return at(',') || at(')') || atEnd() || at(Kind.SYMBOL) || at(Kind.WORD);
    }

    private SelectItem unparsed(int mark, int depth, SyntaxError problem) {
        cursor.resetDepth(depth);
        cursor.index = mark;
        skipUntil(() -> at(',') || ClauseRecovery.atClause(this));
        if (cursor.index == mark) {
            throw problem;
        }
        cursor.recovered(mark, problem.reason());
        return new SelectItem(
                new Expression.UnparsedExpression(problem.reason(), rangeFrom(mark)), List.of(), rangeFrom(mark));
    }

    SelectItem item() {
        int mark = mark();
        if (has(Feature.ALIAS_EQUALS_VALUE) && next('=') && (at(Kind.WORD) || at(Kind.QUOTED) || at(Kind.STRING))) {
            Identifier alias = grammar.names.anyName();
            expect('=');
            return new SelectItem(grammar.expressions.expression(), List.of(alias), rangeFrom(mark));
        }
        if (has(Feature.FROM_FIRST) && next(':') && (at(Kind.WORD) || at(Kind.QUOTED)) && !has(Feature.COLON_PATHS)) {
            Identifier alias = grammar.names.anyName();
            expect(':');
            return new SelectItem(grammar.expressions.expression(), List.of(alias), rangeFrom(mark));
        }
        Expression lambda = grammar.calls.lambda();
        Expression value = lambda != null ? lambda : grammar.expressions.expression();
        List<Identifier> aliases = aliases();
        return new SelectItem(value, aliases, rangeFrom(mark));
    }

    /** {@code AS name}, {@code name}, {@code AS (a, b)}, Teradata's {@code (NAMED a)}. */
    private List<Identifier> aliases() {
        if (accept(AS)) {
            return at('(') ? grammar.names.list() : List.of(grammar.names.anyName());
        }
        if (at('(') && next(NAMED)) {
            advance();
            advance();
            Identifier name = grammar.names.anyName();
            expect(')');
            return List.of(name);
        }
        if (at('(') && (next(TITLE) || next(FORMAT))) {
            skipParenthesised();
            return aliases();
        }
        boolean stringAlias = at(Kind.STRING) && has(Feature.STRING_ALIASES);
        return stringAlias || grammar.names.atName() && !atQueryClause() ? List.of(grammar.names.anyName()) : List.of();
    }

    /** Words that are free as names but start a clause here. */
    private boolean atQueryClause() {
        return at(BULK) && next(COLLECT)
                || at(OFFSET) && (nextKind() == Kind.NUMBER || nextKind() == Kind.VARIABLE || next('('))
                || at(FORMAT) && has(Feature.CLICKHOUSE_CLAUSES)
                || at(SETTINGS) && has(Feature.CLICKHOUSE_CLAUSES)
                || at(MINUS) && next(SELECT)
                || at(RETURNING)
                || at(EXCLUDE) && (next('(') || Names.isNameStart(nextKind()) && !next(FROM))
                || at(CONNECT) && next(BY)
                || at(PREFERRING)
                || at(OPTION) && next('(')
                || at(VALUES) && next('(')
                || at(INSERT) && (next(INTO) || next(OVERWRITE))
                || at(UESCAPE)
                || at(CLUSTER) && next(BY)
                || at(SORT) && next(BY)
                || at(DISTRIBUTE) && next(BY);
    }

    /** {@code *} and its modifiers; {@code source} is what stands before the dot. */
    Expression star(int mark, @Nullable Expression source) {
        expect('*');
        StarModifiers modifiers = modifiers();
        return new Expression.Star(source, modifiers, rangeFrom(mark));
    }

    /** What follows a star or COLUMNS, if anything. */
    @Nullable
    StarModifiers modifiers() {
        int mark = mark();
        List<QualifiedName> except = new ArrayList<>(0);
        List<SelectItem> replace = new ArrayList<>(0);
        List<Renaming> rename = new ArrayList<>(0);
        List<Expression> apply = new ArrayList<>(0);
        Expression like = null;
        while (true) {
            if (atAny(EXCEPT, EXCLUDE)
                    && !next(SELECT)
                    && !next(ALL)
                    && !next(DISTINCT)
                    && !grammar.queries.startsBehindParentheses(1)) {
                advance();
                except.addAll(names());
            } else if (at(REPLACE) && (next('(') || nextKind() != Kind.WORD || has(Feature.FROM_FIRST))) {
                advance();
                replace.addAll(at('(') ? parenthesised(this::item) : List.of(item()));
            } else if (at(RENAME)) {
                advance();
                rename.addAll(at('(') ? parenthesised(this::renaming) : List.of(renaming()));
            } else if (atAny(ILIKE, LIKE) || at(NOT) && next(LIKE) || at(SIMILAR) || at(GLOB)) {
                accept(NOT);
                advance();
                accept(TO);
                like = grammar.expressions.expression(Precedence.OTHER);
            } else if (at(APPLY)) {
                advance();
                apply.add(at('(') ? applied() : grammar.expressions.expression());
            } else {
                boolean any = !except.isEmpty()
                        || !replace.isEmpty()
                        || !rename.isEmpty()
                        || like != null
                        || !apply.isEmpty();
                return any
                        ? new StarModifiers(
                                List.copyOf(except),
                                List.copyOf(replace),
                                List.copyOf(rename),
                                like,
                                List.copyOf(apply),
                                rangeFrom(mark))
                        : null;
            }
        }
    }

    private Expression applied() {
        expect('(');
        Expression lambda = grammar.calls.lambda();
        Expression function = lambda != null ? lambda : grammar.expressions.expression();
        expect(')');
        return function;
    }

    private List<QualifiedName> names() {
        if (at('(')) {
            return parenthesised(grammar.names::qualifiedAny);
        }
        return List.of(grammar.names.qualifiedAny());
    }

    Renaming renaming() {
        int mark = mark();
        QualifiedName from = grammar.names.qualifiedAny();
        accept(AS);
        return new Renaming(from, grammar.names.anyName(), rangeFrom(mark));
    }
}
