package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.DataType;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.TypeField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Data types: names of several words, parameters, element types and struct fields, array suffixes. */
final class Types extends GrammarPart {

    private static final int SHIFT_RIGHT = Symbols.code(">>");
    private static final int NOT_EQUAL = Symbols.code("<>");
    /** Whether the second half of a {@code >>} was already used to close an inner type. */
    private boolean halfClosed;

    Types(Grammar grammar) {
        super(grammar);
    }

    DataType type() {
        return type(true);
    }

    /** The type before a constructor's bracket: {@code ARRAY<INT64>} of {@code ARRAY<INT64>[1]}. */
    DataType constructed() {
        return type(false);
    }

    private DataType type(boolean withDimensions) {
        cursor.enter();
        int mark = mark();
        acceptAny(SETOF, TYPE);
        String name = typeName();
        List<Expression> parameters = new ArrayList<>();
        List<TypeField> fields = new ArrayList<>();
        if (at('<')) {
            angleFields(fields);
        } else if (accept(NOT_EQUAL)) {
            fields.clear();
        } else if (at('(')) {
            roundParameters(name, parameters, fields);
        }
        name += suffixWords(name);
        int dimensions = withDimensions ? arrayDimensions() : 0;
        DataType type = new DataType(name, List.copyOf(parameters), List.copyOf(fields), dimensions, rangeFrom(mark));
        cursor.leave();
        return type;
    }

    private String typeName() {
        if (at(Kind.STRING) || at(Kind.TEMPLATE)) {
            return takeWord();
        }
        if (!at(Kind.WORD) && !at(Kind.QUOTED)) {
            throw error("a type");
        }
        Keyword first = cursor.keyword(0);
        StringBuilder name = new StringBuilder(takeWord());
        while (at('.') && Names.isNameStart(nextKind())) {
            advance();
            name.append('.').append(takeWord());
        }
        if (first != null) {
            while (continuesName(first)) {
                name.append(' ').append(takeWord());
            }
        }
        return name.toString();
    }

    private boolean continuesName(Keyword first) {
        return switch (first) {
            case DOUBLE -> at(PRECISION);
            case CHARACTER, CHAR, NCHAR, NATIONAL, VARCHAR, BIT, BINARY, LONG ->
                atAny(VARYING, CHARACTER, CHAR, VARCHAR, RAW, VARBINARY, LARGE, OBJECT);
            case TINYINT, SMALLINT, MEDIUMINT, INT, INTEGER, BIGINT, DECIMAL, NUMERIC, FLOAT ->
                atAny(UNSIGNED, SIGNED, ZEROFILL);
            case SIGNED, UNSIGNED -> atAny(INTEGER, INT);
            case INTERVAL -> isIntervalWord();
            default -> false;
        };
    }

    private boolean isIntervalWord() {
        return atAny(YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, TO);
    }

    private String suffixWords(String name) {
        StringBuilder words = new StringBuilder();
        while (isSuffix(name)) {
            words.append(' ').append(takeWord());
            if (at('(') && (name.startsWith("INTERVAL") || name.startsWith("TIME"))) {
                skipParenthesised();
            }
        }
        if (atAny(CHARACTER) && next(SET)) {
            advance();
            advance();
            advance();
        } else if (name.contains("CHAR") && at(CHARSET)) {
            advance();
            advance();
        }
        return words.toString();
    }

    private boolean isSuffix(String name) {
        if (atAny(UNSIGNED, SIGNED, ZEROFILL)) {
            return true;
        }
        if (name.startsWith("TIME")) {
            return atAny(WITH, WITHOUT) && (next(TIME) || next(LOCAL) || next(TIMEZONE))
                    || atAny(TIME, ZONE, LOCAL, TIMEZONE);
        }
        if (name.startsWith("INTERVAL")) {
            return isIntervalWord();
        }
        return name.equals("CHARACTER") && at(VARYING);
    }

    private void angleFields(List<TypeField> fields) {
        expect('<');
        do {
            fields.add(field());
        } while (accept(','));
        closeAngle();
    }

    private void closeAngle() {
        if (halfClosed) {
            halfClosed = false;
            advance();
        } else if (at(SHIFT_RIGHT)) {
            halfClosed = true;
        } else {
            expect('>');
        }
    }

    /** {@code name type}, {@code name: type}, or a mere type. */
    private TypeField field() {
        int mark = mark();
        Identifier name = isFieldName() ? grammar.names.anyName() : null;
        accept(':');
        DataType type = type();
        skipFieldOptions();
        return new TypeField(name, type, rangeFrom(mark));
    }

    private boolean isFieldName() {
        if (next(':')) {
            return true;
        }
        boolean isWord = at(Kind.WORD) || at(Kind.QUOTED);
        Keyword keyword = cursor.keyword(0);
        return isWord
                && nextKind() == Kind.WORD
                && !(keyword != null && continuesAfter(keyword))
                && !atOption(nextKeyword());
    }

    private boolean continuesAfter(Keyword first) {
        advance();
        boolean continues = continuesName(first) || first.name().startsWith("TIME") && isSuffix(first.name());
        cursor.index--;
        return continues;
    }

    private static boolean atOption(@Nullable Keyword keyword) {
        return keyword == NOT || keyword == NULL || keyword == COMMENT || keyword == OPTIONS || keyword == COLLATE;
    }

    private void skipFieldOptions() {
        while (true) {
            if (accept(NOT, NULL) || accept(NULL)) {
                continue;
            }
            if (accept(COMMENT) || accept(COLLATE)) {
                advance();
            } else if (at(OPTIONS) && next('(')) {
                advance();
                skipParenthesised();
            } else {
                return;
            }
        }
    }

    /** {@code (10, 2)}, {@code (max)}, {@code ('a', 'b')}, or types and fields for types that hold others. */
    private void roundParameters(String name, List<Expression> parameters, List<TypeField> fields) {
        if (holdsTypes(name)) {
            fields.addAll(parenthesised(this::field));
        } else {
            parameters.addAll(parenthesised(this::parameter));
        }
    }

    private static boolean holdsTypes(String name) {
        return switch (name) {
            case "ARRAY",
                    "ROW",
                    "STRUCT",
                    "MAP",
                    "OBJECT",
                    "NULLABLE",
                    "LOWCARDINALITY",
                    "TUPLE",
                    "NESTED",
                    "UNION",
                    "VARIANT",
                    "SIMPLEAGGREGATEFUNCTION" -> true;
            default -> false;
        };
    }

    private Expression parameter() {
        int mark = mark();
        if (at(Kind.NUMBER) && (next(',') || next(')')) || at(Kind.STRING) && (next(',') || next(')'))) {
            return grammar.literals.literal();
        }
        skipUntil(() -> at(','));
        if (mark == mark()) {
            throw error("a type parameter");
        }
        return new Expression.Symbol(rangeFrom(mark).of(cursor.sql), rangeFrom(mark));
    }

    private int arrayDimensions() {
        int dimensions = 0;
        while (true) {
            if (at('[') && (next(']') || nextKind() == Kind.NUMBER && cursor.at(2, ']'))) {
                advance();
                accept(Kind.NUMBER);
                expect(']');
                dimensions++;
            } else if ((at(ARRAY) || at(LIST) && (next(AS) || next(')') || next(LIST))) && dimensions == 0) {
                advance();
                dimensions++;
            } else {
                return dimensions;
            }
        }
    }
}
