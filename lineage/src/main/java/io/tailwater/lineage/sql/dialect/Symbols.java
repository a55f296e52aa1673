package io.tailwater.lineage.sql.dialect;

/** Punctuation and operators as numbers: up to four ASCII characters packed into one int, so that a single character is its own code. */
public final class Symbols {

    /** The longest symbol there can be. */
    public static final int MAX_LENGTH = 4;

    private Symbols() {}

    /** The code of {@code symbol}, which has one to four ASCII characters. */
    public static int code(String symbol) {
        if (symbol.isEmpty() || symbol.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("not a symbol: " + symbol);
        }
        int code = 0;
        for (int i = 0; i < symbol.length(); i++) {
            code = append(code, symbol.charAt(i));
        }
        return code;
    }

    /** The code of a symbol made longer by one character. */
    public static int append(int code, char next) {
        return code << 8 | next & 0x7f;
    }
}
