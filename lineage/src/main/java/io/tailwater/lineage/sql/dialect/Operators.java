package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.tree.Operator.Kind.*;

import io.tailwater.lineage.sql.tree.Operator;
import java.util.HashMap;
import java.util.Map;

/** The infix operators written with symbols, and the symbols that are no operators. */
public final class Operators {

    /** The code of an operator that no dialect knows by itself. */
    public static final int CUSTOM = Symbols.code("<op>");

    private Operators() {}

    /** Symbols of more than one character that separate and bind, but do not compute. */
    static final String[] PUNCTUATION = {
        "::", "::!", "=>", "..", ":=", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "{|", "!!"
    };

    /** Operators that every dialect reads alike; reading a foreign one does no harm. */
    static Map<Integer, Infix> common() {
        Map<Integer, Infix> infixes = new HashMap<>();
        add(infixes, ASSIGN, Precedence.ASSIGN, ":=", "+=", "-=", "*=", "/=", "%=", "|=", "&=");
        add(infixes, EQUAL, Precedence.COMPARE, "=", "==");
        add(infixes, NOT_EQUAL, Precedence.COMPARE, "<>", "!=", "^=");
        add(infixes, NULL_SAFE_EQUAL, Precedence.COMPARE, "<=>");
        add(infixes, COMPARE, Precedence.COMPARE, "<", "<=", ">", ">=", "!<", "!>");
        add(infixes, COMMUTATIVE_ARITHMETIC, Precedence.ADD, "+");
        add(infixes, ARITHMETIC, Precedence.ADD, "-");
        add(infixes, COMMUTATIVE_ARITHMETIC, Precedence.MULTIPLY, "*");
        add(infixes, ARITHMETIC, Precedence.MULTIPLY, "/", "%", "//");
        add(infixes, ARITHMETIC, Precedence.POWER, "**");
        add(infixes, CONCATENATE, Precedence.OTHER, "||");
        add(infixes, BITWISE, Precedence.OTHER, "&", "|", "^", "<<", ">>", "#");
        add(infixes, EXTRACT, Precedence.OTHER, "->", "->>", "#>", "#>>");
        add(
                infixes,
                OTHER,
                Precedence.OTHER,
                "@>",
                "<@",
                "&&",
                "~",
                "~*",
                "!~",
                "!~*",
                "~~",
                "~~*",
                "!~~",
                "!~~*",
                "@@",
                "@@@",
                "@?",
                "#-");
        add(
                infixes,
                OTHER,
                Precedence.OTHER,
                "-|-",
                "&<",
                "&>",
                "|>>",
                "<<|",
                "&<|",
                "|&>",
                "<->",
                "<#>",
                "<%",
                "%>",
                "<<%",
                "%>>",
                "^@",
                "##",
                "~=",
                "?|",
                "?&",
                "|||",
                "@-@",
                "<op>");
        return infixes;
    }

    static void add(Map<Integer, Infix> infixes, Operator.Kind kind, int precedence, String... symbols) {
        for (String symbol : symbols) {
            infixes.put(Symbols.code(symbol), new Infix(new Operator(kind, symbol), precedence));
        }
    }
}
