package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Definitions of columns and constraints. */
final class Definitions extends GrammarPart {

    Definitions(Grammar grammar) {
        super(grammar);
    }

    /** A column with type and options. */
    ColumnDefinition column() {
        int mark = mark();
        Identifier name = grammar.names.anyName();
        accept(':');
        DataType type = atOption() || at(',') || at(')') || atEnd() ? null : grammar.types.type();
        Options options = new Options();
        while (!at(',') && !at(')') && !atEnd()) {
            option(options);
        }
        return new ColumnDefinition(name, type, options.value, options.references, List.of(), rangeFrom(mark));
    }

    private static final class Options {
        @Nullable
        Expression value;

        @Nullable
        QualifiedName references;
    }

    private boolean atOption() {
        return atAny(
                        NOT,
                        NULL,
                        DEFAULT,
                        AS,
                        GENERATED,
                        COMMENT,
                        PRIMARY,
                        UNIQUE,
                        REFERENCES,
                        CHECK,
                        CONSTRAINT,
                        COLLATE,
                        MATERIALIZED,
                        ALIAS,
                        EPHEMERAL,
                        CODEC,
                        TTL,
                        OPTIONS,
                        ENCODE,
                        POLICY,
                        MASKING,
                        TAG)
                || at(WITH) && (next(OPTIONS) || next(MASKING) || next(TAG));
    }

    private void option(Options options) {
        if (at(REFERENCES)) {
            advance();
            options.references = grammar.names.table();
            if (at('(')) {
                skipParenthesised();
            }
        } else if (atAny(DEFAULT, MATERIALIZED, ALIAS, EPHEMERAL)
                && !next(AS)
                && !next(',')
                && !next(')')
                && !atEnd()) {
            boolean ephemeral = at(EPHEMERAL);
            advance();
            if (!ephemeral) {
                options.value = grammar.expressions.expression(Precedence.COMPARE);
            }
        } else if (at(AS) && !next(IDENTITY) && !next(ROW)) {
            advance();
            if (!accept(IDENTITY)) {
                options.value = grammar.expressions.expression();
            }
        } else if (at(CHECK) && next('(')) {
            advance();
            skipParenthesised();
        } else if (at('(')) {
            skipParenthesised();
        } else {
            advance();
        }
    }

    /** Whether a constraint or index of the table starts here, not a column. */
    boolean atConstraint() {
        Keyword keyword = cursor.keyword(0);
        if (keyword == null) {
            return false;
        }
        return switch (keyword) {
            case CONSTRAINT -> true;
            case PRIMARY, FOREIGN -> next(KEY);
            case UNIQUE ->
                next('(')
                        || next(KEY)
                        || next(INDEX)
                        || next(CLUSTERED)
                        || next(NONCLUSTERED)
                        || nextKind() == Kind.WORD && cursor.at(2, '(');
            case CHECK -> next('(');
            case INDEX, KEY, FULLTEXT, SPATIAL ->
                next('(')
                        || next(INDEX)
                        || next(KEY)
                        || Names.isNameStart(nextKind())
                                && (cursor.at(2, '(')
                                        || cursor.at(2, USING)
                                        || cursor.keyword(2) == null
                                        || cursor.at(2, TYPE));
            case EXCLUDE -> next('(') || next(USING);
            case PERIOD -> next(FOR);
            case PROJECTION -> Names.isNameStart(nextKind());
            case WATERMARK -> next(FOR);
            default -> false;
        };
    }

    /** A constraint of the table. */
    TableConstraint constraint() {
        int mark = mark();
        if (accept(CONSTRAINT) && !atAny(PRIMARY, UNIQUE, FOREIGN, CHECK)) {
            grammar.names.anyName();
        }
        StringBuilder kind = new StringBuilder(at(Kind.WORD) ? takeWord() : "");
        if (at(KEY)) {
            kind.append(' ').append(takeWord());
        }
        List<Identifier> columns = List.of();
        QualifiedName references = null;
        List<Identifier> referenced = List.of();
        while (!at(',') && !at(')') && !atEnd()) {
            if (accept(REFERENCES)) {
                references = grammar.names.table();
                referenced = at('(') ? simpleNames() : List.of();
            } else if (at('(') && columns.isEmpty() && references == null) {
                columns = simpleNames();
            } else if (at('(')) {
                skipParenthesised();
            } else {
                advance();
            }
        }
        return new TableConstraint(kind.toString(), columns, references, referenced, rangeFrom(mark));
    }

    /** {@code (a, b DESC, c(10))}: the names among the members, when they are names. */
    private List<Identifier> simpleNames() {
        int mark = mark();
        List<Identifier> names = new ArrayList<>();
        expect('(');
        while (Names.isNameStart(cursor.kind(0))) {
            names.add(grammar.names.anyName());
            if (at('(')) {
                skipParenthesised();
            }
            acceptAny(ASC, DESC);
            if (!accept(',')) {
                break;
            }
        }
        if (accept(')')) {
            return List.copyOf(names);
        }
        cursor.index = mark;
        skipParenthesised();
        return List.of();
    }
}
