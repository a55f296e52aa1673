package io.tailwater.lineage.sql.parse;

/** Finds the end of numbers: {@code 1}, {@code 1.5e-3}, {@code .5}, {@code 0xFF}, {@code 0x}, {@code 1_000}, {@code 10L}. */
final class NumberScanner {

    private NumberScanner() {}

    /** The offset behind the number that starts at {@code start}; digits only when {@code afterDot}. */
    static int end(String sql, int start, boolean afterDot) {
        int end = start;
        if (!afterDot && at(sql, end) == '0' && (at(sql, end + 1) | 32) == 'x' && isHexOrEnd(at(sql, end + 2))) {
            end += 2;
            while (isHex(at(sql, end))) {
                end++;
            }
            return end;
        }
        end = digits(sql, end);
        if (afterDot) {
            return end;
        }
        if (at(sql, end) == '.' && at(sql, end + 1) != '.') {
            end = digits(sql, end + 1);
        }
        return exponent(sql, end);
    }

    private static int exponent(String sql, int end) {
        if ((at(sql, end) | 32) != 'e') {
            return end;
        }
        int digit = end + 1;
        if (at(sql, digit) == '+' || at(sql, digit) == '-') {
            digit++;
        }
        return isDigit(at(sql, digit)) ? digits(sql, digit) : end;
    }

    private static int digits(String sql, int start) {
        int end = start;
        while (isDigit(at(sql, end)) || at(sql, end) == '_' && isDigit(at(sql, end + 1)) && end > start) {
            end++;
        }
        return end;
    }

    /** Whether the letters at {@code index} are a type suffix: {@code 1L}, {@code 1.0BD}. */
    static boolean isSuffix(String sql, int index) {
        return suffixEnd(sql, index) > index;
    }

    /** The offset behind a type suffix at {@code index}, or {@code index}. */
    static int suffixEnd(String sql, int index) {
        char first = Character.toUpperCase(at(sql, index));
        int end = index;
        if (first == 'B' && Character.toUpperCase(at(sql, index + 1)) == 'D') {
            end = index + 2;
        } else if (first == 'L'
                || first == 'S'
                || first == 'Y'
                || first == 'D'
                || first == 'F'
                || first == 'K'
                || first == 'M'
                || first == 'G') {
            end = index + 1;
        }
        return Character.isLetterOrDigit(at(sql, end)) || at(sql, end) == '_' ? index : end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c | 32) >= 'a' && (c | 32) <= 'f';
    }

    /** A digit, or what ends an empty binary string, {@code 0x}. */
    private static boolean isHexOrEnd(char c) {
        return isHex(c) || !(Character.isLetterOrDigit(c) || c == '_' || c == '$');
    }

    private static char at(String sql, int index) {
        return index < sql.length() ? sql.charAt(index) : 0;
    }
}
